-- 0008 lean indexes (sqlserver): fewer pages to write per change of a case. Twin: 0008_lean_indexes.sqlite.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- Whoever asks for a case's clocks finds the few of them by (CaseId, Status, DueAt) too.
DROP INDEX IX_CaseClock_CaseId ON CaseClock;

-- Clocks that have ended are nine of ten: they need not lie in the order in which running ones fall due, nor in the one in which the sweep comes to them.
DROP INDEX IX_CaseClock_Status ON CaseClock;
CREATE INDEX IX_CaseClock_Running ON CaseClock (DueAt, CaseId) WHERE Status = N'Running';
DROP INDEX IX_CaseClock_NextLookAt ON CaseClock;
CREATE INDEX IX_CaseClock_NextLookAt ON CaseClock (NextLookAt, Id) WHERE NextLookAt IS NOT NULL;

-- A mediator looks for the open cases of an organisation: its past ones are found by CaseOrganisation.
DROP INDEX IX_DisputeCase_MediationOrganisationId ON DisputeCase;
CREATE INDEX IX_DisputeCase_MediationOrganisationId ON DisputeCase (MediationOrganisationId, Id)
    WHERE MediationOrganisationId IS NOT NULL
        AND State <> N'Closed' AND State <> N'Declined' AND State <> N'Withdrawn' AND State <> N'ReferredOut' AND State <> N'Merged' AND State <> N'Archived';

-- By the day of closing nobody looks any more since statistics are kept sums.
DROP INDEX IX_DisputeCase_ClosedAt ON DisputeCase;

-- What most rows do not have.
DROP INDEX IX_DisputeCase_MergedIntoId ON DisputeCase;
CREATE INDEX IX_DisputeCase_MergedIntoId ON DisputeCase (MergedIntoId) WHERE MergedIntoId IS NOT NULL;
DROP INDEX IX_CaseParty_IdNumberHash ON CaseParty;
CREATE INDEX IX_CaseParty_IdNumberHash ON CaseParty (IdNumberHash) WHERE IdNumberHash IS NOT NULL;
DROP INDEX IX_CaseParty_PhoneHash ON CaseParty;
CREATE INDEX IX_CaseParty_PhoneHash ON CaseParty (PhoneHash) WHERE PhoneHash IS NOT NULL;

-- Lists of cases in an open state start from the index of open cases; an open case, which changes its state with nearly every step, lies in no index by state.
DROP INDEX IX_DisputeCase_State ON DisputeCase;
CREATE INDEX IX_DisputeCase_Ended ON DisputeCase (State, RegisteredAt, Id) WHERE State IN (N'Closed', N'Declined', N'Withdrawn', N'ReferredOut', N'Merged', N'Archived');

-- Whoever changes the holder of a case says so to its open escalations, and the sweep need not look at every one of them every minute, nor at the journal.
ALTER TABLE Escalation ADD HolderChanged bit NOT NULL CONSTRAINT DF_Escalation_HolderChanged DEFAULT 0;
GO
CREATE INDEX IX_Escalation_HolderChanged ON Escalation (HolderChanged, Id) WHERE HolderChanged = 1;
DROP INDEX IX_CaseEvent_Action ON CaseEvent;
