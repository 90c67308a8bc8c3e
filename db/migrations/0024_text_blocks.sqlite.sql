-- 0024 text blocks (sqlite): what a unit writes again and again. Twin: 0024_text_blocks.sqlserver.sql.
-- Applied once, and never edited afterwards: the migrator refuses a changed script.

-- A text that forms offer to insert, to the unit and those below it.
CREATE TABLE TextBlock (
    Id TEXT NOT NULL CONSTRAINT PK_TextBlock PRIMARY KEY,
    UnitCode TEXT NOT NULL CONSTRAINT FK_TextBlock_Unit REFERENCES Unit (Code),
    Kind TEXT NOT NULL,
    Title TEXT NOT NULL CHECK (length(Title) <= 60),
    Body TEXT NOT NULL CHECK (length(Body) <= 1000)
) STRICT;

CREATE INDEX IX_TextBlock_UnitCode ON TextBlock (UnitCode, Kind, Title);
