-- 0017 heartbeat (sqlserver): what readiness writes, to know that one can. Twin: 0017_heartbeat.sqlite.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- One row, written again and again by every server.
CREATE TABLE Heartbeat (
    Id int NOT NULL CONSTRAINT PK_Heartbeat PRIMARY KEY CONSTRAINT CK_Heartbeat_One CHECK (Id = 1),
    WrittenAt datetime2(3) NOT NULL
);
INSERT INTO Heartbeat (Id, WrittenAt) VALUES (1, '2026-01-01T00:00:00.000');
