-- 0020 job runs (sqlite): when each recurring job last ran, and where. Twin: 0020_job_runs.sqlserver.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- One row per job and server, written again at most twice a minute. DoneAt: the end of the last run that did not fail. Failure: what kind of error ended the last one; null when it was done.
CREATE TABLE JobRun (
    Job TEXT NOT NULL CHECK (length(Job) <= 60),
    Server TEXT NOT NULL CHECK (length(Server) <= 64),
    EndedAt TEXT NOT NULL,
    Milliseconds INTEGER NOT NULL,
    DoneAt TEXT NULL,
    Failure TEXT NULL CHECK (length(Failure) <= 200),
    CONSTRAINT PK_JobRun PRIMARY KEY (Job, Server)
) STRICT;
