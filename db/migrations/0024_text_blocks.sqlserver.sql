-- 0024 text blocks (sqlserver): what a unit writes again and again. Twin: 0024_text_blocks.sqlite.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- A text that forms offer to insert, to the unit and those below it.
CREATE TABLE TextBlock (
    Id uniqueidentifier NOT NULL CONSTRAINT PK_TextBlock PRIMARY KEY,
    UnitCode varchar(15) NOT NULL CONSTRAINT FK_TextBlock_Unit REFERENCES Unit (Code),
    Kind varchar(30) NOT NULL,
    Title nvarchar(60) NOT NULL,
    Body nvarchar(1000) NOT NULL
);
GO

CREATE INDEX IX_TextBlock_UnitCode ON TextBlock (UnitCode, Kind, Title);
GO
