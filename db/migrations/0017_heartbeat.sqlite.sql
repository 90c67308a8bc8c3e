-- 0017 heartbeat (sqlite): what readiness writes, to know that one can. Twin: 0017_heartbeat.sqlserver.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- One row, written again and again by every server.
CREATE TABLE Heartbeat (
    Id INTEGER NOT NULL CONSTRAINT PK_Heartbeat PRIMARY KEY CHECK (Id = 1),
    WrittenAt TEXT NOT NULL
) STRICT;
INSERT INTO Heartbeat (Id, WrittenAt) VALUES (1, '2026-01-01T00:00:00.000Z');
