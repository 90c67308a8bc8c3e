-- 0022 saved views (sqlite): searches that somebody keeps, for oneself or for a unit. Twin: 0022_saved_views.sqlserver.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- Query: the conditions as the search page's address has them; a person's phone or ID number is never one of them. UnitCode: whose people have it too; null for the owner alone.
CREATE TABLE SavedView (
    Id TEXT NOT NULL CONSTRAINT PK_SavedView PRIMARY KEY,
    OwnerId TEXT NOT NULL CONSTRAINT FK_SavedView_Owner REFERENCES AppUser (Id),
    UnitCode TEXT NULL CONSTRAINT FK_SavedView_Unit REFERENCES Unit (Code),
    Name TEXT NOT NULL CHECK (length(Name) <= 40),
    Query TEXT NOT NULL CHECK (length(Query) <= 1000),
    CreatedAt TEXT NOT NULL
) STRICT;
CREATE INDEX IX_SavedView_OwnerId ON SavedView (OwnerId);
CREATE INDEX IX_SavedView_UnitCode ON SavedView (UnitCode);
