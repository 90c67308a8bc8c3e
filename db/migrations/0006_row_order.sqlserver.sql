-- SQL Server lays the rows of a table down in the order of its clustered key, and sorts a uniqueidentifier by its last six bytes first, which are
-- random in ours: every new row went to a page of its own. What grows with every action lies in order of arrival instead.
-- Arrival is for the server's disk alone: no text of the program names it, and SQLite keeps its rows in such an order by itself.
-- The journal, to which rows are only added, needs no such key: a heap takes them at its end.

ALTER TABLE Notification DROP CONSTRAINT FK_Notification_Outbox;
ALTER TABLE Outbox DROP CONSTRAINT PK_Outbox;
ALTER TABLE Outbox ADD Arrival bigint IDENTITY (1, 1) NOT NULL;
CREATE UNIQUE CLUSTERED INDEX IX_Outbox_Arrival ON Outbox (Arrival);
ALTER TABLE Outbox ADD CONSTRAINT PK_Outbox PRIMARY KEY NONCLUSTERED (Id);
ALTER TABLE Notification ADD CONSTRAINT FK_Notification_Outbox FOREIGN KEY (OutboxId) REFERENCES Outbox (Id);
GO

ALTER TABLE NotificationRead DROP CONSTRAINT FK_NotificationRead_Notification;
ALTER TABLE Notification DROP CONSTRAINT PK_Notification;
ALTER TABLE Notification ADD Arrival bigint IDENTITY (1, 1) NOT NULL;
CREATE UNIQUE CLUSTERED INDEX IX_Notification_Arrival ON Notification (Arrival);
ALTER TABLE Notification ADD CONSTRAINT PK_Notification PRIMARY KEY NONCLUSTERED (Id);
ALTER TABLE NotificationRead ADD CONSTRAINT FK_NotificationRead_Notification FOREIGN KEY (NotificationId) REFERENCES Notification (Id);
GO

ALTER TABLE Escalation DROP CONSTRAINT PK_Escalation;
ALTER TABLE Escalation ADD Arrival bigint IDENTITY (1, 1) NOT NULL;
CREATE UNIQUE CLUSTERED INDEX IX_Escalation_Arrival ON Escalation (Arrival);
ALTER TABLE Escalation ADD CONSTRAINT PK_Escalation PRIMARY KEY NONCLUSTERED (Id);
GO

ALTER TABLE CaseEvent DROP CONSTRAINT PK_CaseEvent;
ALTER TABLE CaseEvent ADD CONSTRAINT PK_CaseEvent PRIMARY KEY NONCLUSTERED (CaseId, Sequence);
GO

DROP INDEX IX_CaseClock_CaseId ON CaseClock;
ALTER TABLE CaseClock ADD Arrival bigint IDENTITY (1, 1) NOT NULL;
CREATE UNIQUE CLUSTERED INDEX IX_CaseClock_Arrival ON CaseClock (Arrival);
CREATE INDEX IX_CaseClock_CaseId ON CaseClock (CaseId, StartedAt);
