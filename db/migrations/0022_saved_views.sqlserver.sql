-- 0022 saved views (sqlserver): searches that somebody keeps, for oneself or for a unit. Twin: 0022_saved_views.sqlite.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- Query: the conditions as the search page's address has them; a person's phone or ID number is never one of them. UnitCode: whose people have it too; null for the owner alone.
CREATE TABLE SavedView (
    Id uniqueidentifier NOT NULL CONSTRAINT PK_SavedView PRIMARY KEY,
    OwnerId uniqueidentifier NOT NULL CONSTRAINT FK_SavedView_Owner REFERENCES AppUser (Id),
    UnitCode varchar(15) NULL CONSTRAINT FK_SavedView_Unit REFERENCES Unit (Code),
    Name nvarchar(40) NOT NULL,
    Query nvarchar(1000) NOT NULL,
    CreatedAt datetime2(3) NOT NULL
);
CREATE INDEX IX_SavedView_OwnerId ON SavedView (OwnerId);
CREATE INDEX IX_SavedView_UnitCode ON SavedView (UnitCode);
GO
