-- 0016 clock and attempts (sqlserver): a clock that jumps, and guesses made side by side. Twin: 0016_clock_and_attempts.sqlite.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- KnownAt: the instant of the last sweep whose clock was believed. ToldAt: when administrators were last told of a clock that is not, by the database's clock.
CREATE TABLE ClockWatch (
    Id int NOT NULL CONSTRAINT PK_ClockWatch PRIMARY KEY,
    KnownAt datetime2(3) NULL,
    ToldAt datetime2(3) NULL
);
INSERT INTO ClockWatch (Id) VALUES (1);
GO

-- Tries that were let through and whose end is not known yet; those of a server that died are forgotten a while after PendingAt, the last of them.
ALTER TABLE SignInFailure ADD Pending int NOT NULL CONSTRAINT DF_SignInFailure_Pending DEFAULT 0;
ALTER TABLE SignInFailure ADD PendingAt datetime2(3) NULL;
GO

-- The instant of the journal's last line, before which no further one is dated.
ALTER TABLE DisputeCase ADD LastEventAt datetime2(3) NULL;
GO
UPDATE DisputeCase SET LastEventAt = (SELECT e.[At] FROM CaseEvent e WHERE e.CaseId = DisputeCase.Id AND e.Sequence = DisputeCase.LastEventSequence);
GO
