using System.Text.Json;
using System.Text.RegularExpressions;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;

namespace GridCases.Features.Audit;

/// <summary>What a reader did, as <c>AuditEntry.Kind</c> stores it.</summary>
public enum ReadKind
{
    /// <summary>Opened a case.</summary>
    OpenCase,

    /// <summary>Read the journal of a case.</summary>
    ReadJournal,

    /// <summary>Searched cases by a text.</summary>
    SearchCases,
}

/// <summary>Writes down who read what: one row in the append-only audit, committed before the answer leaves.</summary>
public sealed partial class ReadAudit(Db db, Caller caller, TimeProvider time)
{
    private static readonly Sql Insert = new("""
        INSERT INTO AuditEntry (Id, [At], UserName, Kind, CaseId, DetailJson) VALUES (@Id, @now, @UserName, @kind, @caseId, @detail)
        """);

    /// <summary>Somebody read a case.</summary>
    public Task CaseReadAsync(ReadKind kind, Guid caseId, CancellationToken ct) => WriteAsync(kind, caseId, null, ct);

    /// <summary>Somebody searched. What looks like an ID number or a phone is kept masked.</summary>
    public Task SearchedAsync(string text, int found, CancellationToken ct) =>
        WriteAsync(ReadKind.SearchCases, null, JsonSerializer.Serialize(new { text = PersonalNumber().Replace(text, "***"), found }, Json.Options), ct);

    private Task WriteAsync(ReadKind kind, Guid? caseId, string? detail, CancellationToken ct)
    {
        var now = time.GetUtcNow().Cut();
        return db.ExecuteAsync(Insert, new { Id = Guid.CreateVersion7(now), now, caller.UserName, kind, caseId, detail }, ct);
    }

    [GeneratedRegex(@"(?<!\d)(\d{17}[\dXx]|\d{15}|\d{11})(?!\d)")]
    private static partial Regex PersonalNumber();
}
