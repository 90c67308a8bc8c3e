-- 0020 job runs (sqlserver): when each recurring job last ran, and where. Twin: 0020_job_runs.sqlite.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- One row per job and server, written again at most twice a minute. DoneAt: the end of the last run that did not fail. Failure: what kind of error ended the last one; null when it was done.
CREATE TABLE JobRun (
    Job nvarchar(60) NOT NULL,
    Server nvarchar(64) NOT NULL,
    EndedAt datetime2(3) NOT NULL,
    Milliseconds bigint NOT NULL,
    DoneAt datetime2(3) NULL,
    Failure nvarchar(200) NULL,
    CONSTRAINT PK_JobRun PRIMARY KEY (Job, Server)
);
GO
