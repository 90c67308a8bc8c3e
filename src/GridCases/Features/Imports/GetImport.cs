using System.Text.Json;
using System.Text.RegularExpressions;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Imports;

/// <summary>How far an import is, what is wrong with the file, and what it would do or did. Only whoever started it may ask.</summary>
public static partial class GetImport
{
    [AllowedTo(Role.Administrator)]
    public sealed record Query(Guid Id) : IQuery<Result>;

    /// <summary>An import.</summary>
    public sealed record Result
    {
        public Guid Id { get; init; }

        public string FileName { get; init; } = "";

        public DateTimeOffset StartedAt { get; init; }

        public ImportState State { get; init; }

        /// <summary>Rows that were looked at.</summary>
        public int Done { get; init; }

        /// <summary>Rows in all; 0 until they are counted.</summary>
        public int Total { get; init; }

        /// <summary>The faults, at most 2,000.</summary>
        public IReadOnlyList<Fault> Errors { get; init; } = [];

        /// <summary>How many faults there are beside these.</summary>
        public int MoreErrors { get; init; }

        /// <summary>What was found, all sheets together.</summary>
        public SheetCounts Changes { get; init; } = new();

        /// <summary>The same by sheet; those that the file has.</summary>
        public IReadOnlyDictionary<string, SheetCounts> Sheets { get; init; } = new Dictionary<string, SheetCounts>();

        /// <summary>The first additions and changes, row by row.</summary>
        public IReadOnlyList<Change> Rows { get; init; } = [];

        /// <summary>Whether the temporary passwords can be fetched, which is once.</summary>
        public bool HasCredentials { get; init; }

        /// <summary>When they were.</summary>
        public DateTimeOffset? CredentialsTakenAt { get; init; }
    }

    /// <summary>What is wrong with a file, at its cell.</summary>
    /// <param name="Sheet">Name of the sheet; null where it is about the file.</param>
    /// <param name="Row">The row as the workbook shows it.</param>
    /// <param name="Column">Name of the column; null where it is about the row.</param>
    /// <param name="Cell">Name of the cell, such as B7.</param>
    /// <param name="Message">What is wrong and what to do.</param>
    public sealed record Fault(string? Sheet, int Row, string? Column, string? Cell, string Message);

    /// <summary>A row that is new, or a column of one that changes.</summary>
    /// <param name="Sheet">Name of the sheet.</param>
    /// <param name="Row">The row.</param>
    /// <param name="Subject">Whom or what it is about.</param>
    /// <param name="Column">The column; null where the row is new.</param>
    /// <param name="Old">What it was; null where that is not shown.</param>
    /// <param name="New">What it becomes; null for the same reason.</param>
    public sealed record Change(string Sheet, int Row, string Subject, string? Column, string? Old, string? New);

    internal sealed partial class Handler(Db db, Caller caller, ImportProgress progress) : IRequestHandler<Query, Result>
    {
        private static readonly Sql Find = new("SELECT i.* FROM CityImport i WHERE i.Id = @Id AND i.UserId = @UserId");
        private static readonly Sql FindFaults = new("SELECT Sheet, RowNumber, ColumnName, Cell, Code, ArgsJson FROM ImportFault WHERE ImportId = @Id ORDER BY Ordinal");
        private static readonly Sql FindChanges = new("SELECT Sheet, RowNumber, Subject, ColumnName, OldText, NewText FROM ImportChange WHERE ImportId = @Id ORDER BY Ordinal");

        public async Task<Result> Handle(Query query, CancellationToken cancellationToken)
        {
            var import = await db.QuerySingleOrDefaultAsync<CityImportRow>(Find, new { query.Id, caller.UserId }, cancellationToken) ?? throw new NotFound($"import {query.Id}");
            var batch = db.Batch();
            var faults = batch.Read<FaultRow>(FindFaults, new { query.Id });
            var changes = batch.Read<ChangeRow>(FindChanges, new { query.Id });
            await batch.RunAsync(cancellationToken);

            var counts = import.CountsJson is null ? [] : JsonSerializer.Deserialize<Dictionary<ImportSheet, SheetCounts>>(import.CountsJson, Json.Options)!;
            var (done, total) = import.State is ImportState.Checking or ImportState.Applying ? progress.Of(import.Id) ?? (import.State is ImportState.Applying ? 0 : import.Done, import.Total) : (import.Done, import.Total);
            return new Result
            {
                Id = import.Id,
                FileName = import.FileName,
                StartedAt = import.StartedAt,
                State = import.State,
                Done = done,
                Total = total,
                Errors = [.. faults.Select(f => new Fault(NameOf(f.Sheet), f.RowNumber, f.ColumnName, f.Cell, ImportFault.Sentence(f.Code, f.ArgsJson)))],
                MoreErrors = import.Faults - faults.Count,
                Changes = new SheetCounts
                {
                    Added = counts.Values.Sum(c => c.Added),
                    Changed = counts.Values.Sum(c => c.Changed),
                    Unchanged = counts.Values.Sum(c => c.Unchanged),
                    Missing = counts.Values.Sum(c => c.Missing),
                },
                Sheets = counts.OrderBy(c => c.Key).ToDictionary(c => NameOf(c.Key)!, c => c.Value),
                Rows = [.. changes.Select(c => new Change(NameOf(c.Sheet)!, c.RowNumber, Readable(c.Subject), c.ColumnName, c.OldText, c.NewText))],
                HasCredentials = import.SecretCipher is not null,
                CredentialsTakenAt = import.CredentialsTakenAt,
            };
        }

        private static string? NameOf(ImportSheet? sheet) => sheet is { } known ? ImportSheets.Of(known).Name : null;

        /// <summary>A role is kept by its name and said in the reader's language.</summary>
        private static string Readable(string subject) => RoleName().Replace(subject, role => Text.Find("Words", role.Groups[1].Value) ?? role.Value);

        [GeneratedRegex(@"\{(Role\.\w+)\}$")]
        private static partial Regex RoleName();

        private sealed class FaultRow
        {
            public ImportSheet? Sheet { get; init; }
            public int RowNumber { get; init; }
            public string? ColumnName { get; init; }
            public string? Cell { get; init; }
            public FaultCode Code { get; init; }
            public string? ArgsJson { get; init; }
        }

        private sealed class ChangeRow
        {
            public ImportSheet Sheet { get; init; }
            public int RowNumber { get; init; }
            public string Subject { get; init; } = "";
            public string? ColumnName { get; init; }
            public string? OldText { get; init; }
            public string? NewText { get; init; }
        }
    }
}
