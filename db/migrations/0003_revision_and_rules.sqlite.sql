-- 0003 revision and rules (sqlite): what any write of a case raises, which parts a case has, and a number that tells whether the rules have changed.
-- Twin: 0003_revision_and_rules.sqlserver.sql. Applied once, and never edited afterwards: the migrator refuses a changed script.

-- Version is what people decided on; Revision is raised by every write of the case, the sweep's and a link's from the other side too, and guards each.
-- Parts: which of the tables beside the case hold something of it (CaseParts in the program), so that the empty ones are not asked.
ALTER TABLE DisputeCase ADD COLUMN Revision INTEGER NOT NULL DEFAULT 1;
ALTER TABLE DisputeCase ADD COLUMN Parts INTEGER NOT NULL DEFAULT 0;
UPDATE DisputeCase SET Revision = Version, Parts =
      CASE WHEN EXISTS (SELECT 1 FROM CaseExtension p WHERE p.CaseId = DisputeCase.Id) THEN 1 ELSE 0 END
    + CASE WHEN EXISTS (SELECT 1 FROM SupervisionCard p WHERE p.CaseId = DisputeCase.Id AND p.LiftedAt IS NULL) THEN 2 ELSE 0 END
    + CASE WHEN EXISTS (SELECT 1 FROM CaseRecusal p WHERE p.CaseId = DisputeCase.Id) THEN 4 ELSE 0 END
    + CASE WHEN EXISTS (SELECT 1 FROM ShamReport p WHERE p.CaseId = DisputeCase.Id AND p.ClosedAt IS NULL) THEN 8 ELSE 0 END
    + CASE WHEN EXISTS (SELECT 1 FROM PoliceNotice p WHERE p.CaseId = DisputeCase.Id) THEN 16 ELSE 0 END
    + CASE WHEN EXISTS (SELECT 1 FROM CaseAttachment p WHERE p.CaseId = DisputeCase.Id) THEN 32 ELSE 0 END
    + CASE WHEN EXISTS (SELECT 1 FROM CaseLink p WHERE p.CaseId = DisputeCase.Id)
        OR EXISTS (SELECT 1 FROM CaseLink p WHERE p.OtherCaseId = DisputeCase.Id) THEN 64 ELSE 0 END
    + CASE WHEN EXISTS (SELECT 1 FROM CaseAgreement p WHERE p.CaseId = DisputeCase.Id) THEN 128 ELSE 0 END;

-- The open clocks, along which a run over them walks when the rules have changed.
CREATE INDEX IX_CaseClock_Open ON CaseClock (Id) WHERE Status IN ('Running', 'Paused');

-- One row, Id 1. Version rises with every change of a policy or of the working calendar, whoever makes it: who has read the rules at a version need not read them again.
CREATE TABLE RuleSet (
    Id INTEGER NOT NULL CONSTRAINT PK_RuleSet PRIMARY KEY,
    Version INTEGER NOT NULL
) STRICT;
INSERT INTO RuleSet (Id, Version) VALUES (1, 1);
CREATE TRIGGER TR_Policy_Insert AFTER INSERT ON Policy BEGIN
    UPDATE RuleSet SET Version = Version + 1;
END;
CREATE TRIGGER TR_Policy_Update AFTER UPDATE ON Policy BEGIN
    UPDATE RuleSet SET Version = Version + 1;
END;
CREATE TRIGGER TR_Policy_Delete AFTER DELETE ON Policy BEGIN
    UPDATE RuleSet SET Version = Version + 1;
END;
CREATE TRIGGER TR_CalendarYear_Insert AFTER INSERT ON CalendarYear BEGIN
    UPDATE RuleSet SET Version = Version + 1;
END;
CREATE TRIGGER TR_CalendarYear_Update AFTER UPDATE ON CalendarYear BEGIN
    UPDATE RuleSet SET Version = Version + 1;
END;
CREATE TRIGGER TR_CalendarYear_Delete AFTER DELETE ON CalendarYear BEGIN
    UPDATE RuleSet SET Version = Version + 1;
END;
CREATE TRIGGER TR_CalendarDay_Insert AFTER INSERT ON CalendarDay BEGIN
    UPDATE RuleSet SET Version = Version + 1;
END;
CREATE TRIGGER TR_CalendarDay_Update AFTER UPDATE ON CalendarDay BEGIN
    UPDATE RuleSet SET Version = Version + 1;
END;
CREATE TRIGGER TR_CalendarDay_Delete AFTER DELETE ON CalendarDay BEGIN
    UPDATE RuleSet SET Version = Version + 1;
END;
