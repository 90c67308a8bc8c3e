-- 0008 lean indexes (sqlite): fewer pages to write per change of a case. Twin: 0008_lean_indexes.sqlserver.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- Whoever asks for a case's clocks finds the few of them by (CaseId, Status, DueAt) too.
DROP INDEX IX_CaseClock_CaseId;

-- Clocks that have ended are nine of ten: they need not lie in the order in which running ones fall due, nor in the one in which the sweep comes to them.
DROP INDEX IX_CaseClock_Status;
CREATE INDEX IX_CaseClock_Running ON CaseClock (DueAt, CaseId) WHERE Status = 'Running';
DROP INDEX IX_CaseClock_NextLookAt;
CREATE INDEX IX_CaseClock_NextLookAt ON CaseClock (NextLookAt, Id) WHERE NextLookAt IS NOT NULL;

-- A mediator looks for the open cases of an organisation: its past ones are found by CaseOrganisation.
DROP INDEX IX_DisputeCase_MediationOrganisationId;
CREATE INDEX IX_DisputeCase_MediationOrganisationId ON DisputeCase (MediationOrganisationId, Id)
    WHERE MediationOrganisationId IS NOT NULL
        AND State <> 'Closed' AND State <> 'Declined' AND State <> 'Withdrawn' AND State <> 'ReferredOut' AND State <> 'Merged' AND State <> 'Archived';

-- By the day of closing nobody looks any more since statistics are kept sums.
DROP INDEX IX_DisputeCase_ClosedAt;

-- What most rows do not have.
DROP INDEX IX_DisputeCase_MergedIntoId;
CREATE INDEX IX_DisputeCase_MergedIntoId ON DisputeCase (MergedIntoId) WHERE MergedIntoId IS NOT NULL;
DROP INDEX IX_CaseParty_IdNumberHash;
CREATE INDEX IX_CaseParty_IdNumberHash ON CaseParty (IdNumberHash) WHERE IdNumberHash IS NOT NULL;
DROP INDEX IX_CaseParty_PhoneHash;
CREATE INDEX IX_CaseParty_PhoneHash ON CaseParty (PhoneHash) WHERE PhoneHash IS NOT NULL;

-- Lists of cases in an open state start from the index of open cases; an open case, which changes its state with nearly every step, lies in no index by state.
DROP INDEX IX_DisputeCase_State;
CREATE INDEX IX_DisputeCase_Ended ON DisputeCase (State, RegisteredAt, Id) WHERE State IN ('Closed', 'Declined', 'Withdrawn', 'ReferredOut', 'Merged', 'Archived');

-- Whoever changes the holder of a case says so to its open escalations, and the sweep need not look at every one of them every minute, nor at the journal.
ALTER TABLE Escalation ADD COLUMN HolderChanged INTEGER NOT NULL DEFAULT 0;
CREATE INDEX IX_Escalation_HolderChanged ON Escalation (HolderChanged, Id) WHERE HolderChanged = 1;
DROP INDEX IX_CaseEvent_Action;
