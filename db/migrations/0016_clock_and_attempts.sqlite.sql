-- 0016 clock and attempts (sqlite): a clock that jumps, and guesses made side by side. Twin: 0016_clock_and_attempts.sqlserver.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- KnownAt: the instant of the last sweep whose clock was believed. ToldAt: when administrators were last told of a clock that is not, by the database's clock.
CREATE TABLE ClockWatch (
    Id INTEGER NOT NULL CONSTRAINT PK_ClockWatch PRIMARY KEY,
    KnownAt TEXT NULL,
    ToldAt TEXT NULL
) STRICT;
INSERT INTO ClockWatch (Id) VALUES (1);

-- Tries that were let through and whose end is not known yet; those of a server that died are forgotten a while after PendingAt, the last of them.
ALTER TABLE SignInFailure ADD COLUMN Pending INTEGER NOT NULL DEFAULT 0;
ALTER TABLE SignInFailure ADD COLUMN PendingAt TEXT NULL;

-- The instant of the journal's last line, before which no further one is dated.
ALTER TABLE DisputeCase ADD COLUMN LastEventAt TEXT NULL;
UPDATE DisputeCase SET LastEventAt = (SELECT e.[At] FROM CaseEvent e WHERE e.CaseId = DisputeCase.Id AND e.Sequence = DisputeCase.LastEventSequence);
