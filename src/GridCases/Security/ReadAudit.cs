using System.Text.Json;
using System.Text.RegularExpressions;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;

namespace GridCases.Security;

/// <summary>What a reader did, as <c>AuditEntry.Kind</c> stores it.</summary>
public enum ReadKind
{
    /// <summary>Opened a case.</summary>
    OpenCase,

    /// <summary>Read the journal of a case.</summary>
    ReadJournal,

    /// <summary>Downloaded an attachment, or looked at it.</summary>
    Download,

    /// <summary>Saw the parties' papers in full.</summary>
    Unmask,

    /// <summary>Read or downloaded a document of a case.</summary>
    ReadDocument,

    /// <summary>Downloaded the whole file of a case.</summary>
    DownloadCaseFile,

    /// <summary>Downloaded what of a case a court may see.</summary>
    DownloadCourtPacket,

    /// <summary>Searched cases by a text.</summary>
    SearchCases,

    /// <summary>Looked for likely duplicates of a dispute.</summary>
    FindDuplicates,

    /// <summary>Took the list of subsidies away as a file.</summary>
    ExportSubsidies,

    /// <summary>Took a list of cases away as a file.</summary>
    ExportCases,

    /// <summary>Signed in.</summary>
    SignIn,

    /// <summary>Tried to sign in with a wrong password.</summary>
    SignInFailed,

    /// <summary>Saved a deadline policy; no reading, but as much to be answered for.</summary>
    SavePolicy,

    /// <summary>Loaded a year of the working calendar, or a corrected one.</summary>
    SaveCalendar,

    /// <summary>Changed something about units, people or organisations.</summary>
    Change,

    /// <summary>Took units, organisations and people away as a workbook or a list.</summary>
    ExportCity,

    /// <summary>Fetched the temporary passwords that an import gave.</summary>
    TakeCredentials,
}

/// <summary>Writes down who read what: one row in the append-only audit, committed before the answer leaves.</summary>
public sealed partial class ReadAudit(Db db, Caller caller, TimeProvider time)
{
    private static readonly Sql Insert = new("""
        INSERT INTO AuditEntry (Id, [At], UserName, Kind, CaseId, Purpose, DetailJson) VALUES (@Id, @now, @UserName, @kind, @caseId, @purpose, @detail)
        """);

    /// <summary>Somebody read a case.</summary>
    public Task CaseReadAsync(ReadKind kind, Guid caseId, CancellationToken cancellationToken) => WriteAsync(caller.UserName, kind, caseId, null, cancellationToken);

    /// <summary>Somebody had an attachment of a case.</summary>
    public Task DownloadedAsync(Guid caseId, Guid attachmentId, CancellationToken cancellationToken) =>
        WriteAsync(caller.UserName, ReadKind.Download, caseId, JsonSerializer.Serialize(new { attachmentId }, Json.Options), cancellationToken);

    /// <summary>Somebody saw the papers of a case's parties in full, and what for.</summary>
    public Task UnmaskedAsync(Guid caseId, string purpose, CancellationToken cancellationToken) => WriteAsync(caller.UserName, ReadKind.Unmask, caseId, null, cancellationToken, purpose);

    /// <summary>Somebody read a document of a case.</summary>
    public Task DocumentReadAsync(DocumentForm form, Guid caseId, CancellationToken cancellationToken) =>
        WriteAsync(caller.UserName, ReadKind.ReadDocument, caseId, JsonSerializer.Serialize(new { form }, Json.Options), cancellationToken);

    /// <summary>Somebody searched. Of a phone or an ID number it is kept that one was looked for, and nothing of it; what looks like one among the words is masked.</summary>
    public Task SearchedAsync(string text, bool phone, bool idNumber, int found, CancellationToken cancellationToken) =>
        WriteAsync(caller.UserName, ReadKind.SearchCases, null, JsonSerializer.Serialize(new { text = Masked(text), phone, idNumber, found }, Json.Options), cancellationToken);

    /// <summary>Somebody had a dispute compared with those on file; of the parties that were typed nothing is kept.</summary>
    public Task DuplicatesSoughtAsync(string title, int found, CancellationToken cancellationToken) =>
        WriteAsync(caller.UserName, ReadKind.FindDuplicates, null, JsonSerializer.Serialize(new { text = Masked(title), found }, Json.Options), cancellationToken);

    /// <summary>Somebody took a list away as a file.</summary>
    public Task ExportedAsync(ReadKind kind, int rows, CancellationToken cancellationToken) =>
        WriteAsync(caller.UserName, kind, null, JsonSerializer.Serialize(new { rows }, Json.Options), cancellationToken);

    /// <summary>Somebody took a list of cases away as a file; what was searched is masked as in <see cref="SearchedAsync"/>.</summary>
    public Task CasesExportedAsync(string text, int rows, CancellationToken cancellationToken) =>
        WriteAsync(caller.UserName, ReadKind.ExportCases, null, JsonSerializer.Serialize(new { text = Masked(text), rows }, Json.Options), cancellationToken);

    /// <summary>A user signed in, or somebody who has not the password tried to.</summary>
    public Task SignInAsync(string userName, bool succeeded, CancellationToken cancellationToken) =>
        WriteAsync(userName, succeeded ? ReadKind.SignIn : ReadKind.SignInFailed, null, null, cancellationToken);

    /// <summary>An administrator changed the rules that deadlines follow; the detail says to what.</summary>
    internal Task RulesSavedAsync(ReadKind kind, object detail, CancellationToken cancellationToken) =>
        WriteAsync(caller.UserName, kind, null, JsonSerializer.Serialize(detail, Json.Options), cancellationToken);

    /// <summary>
    /// Somebody changed units, people or organisations. Old and new are kept as they are, so personal data and secrets are no part of them: of a phone or a password
    /// it is said only that it changed.
    /// </summary>
    /// <param name="what">The use case: <c>RenameUnit</c>.</param>
    /// <param name="unit">Where, for who may read it later; null where it is about no unit.</param>
    /// <param name="subject">Code, user name or id of what was changed.</param>
    /// <param name="before">What it was; null when it is new.</param>
    /// <param name="after">What it is now; null when it is over.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    internal Task ChangedAsync(string what, UnitCode? unit, string subject, object? before, object? after, CancellationToken cancellationToken) =>
        WriteAsync(caller.UserName, ReadKind.Change, null, JsonSerializer.Serialize(new { what, unit, subject, before, after }, Json.Options), cancellationToken);

    /// <summary>The same as a statement among others, of a change that a job makes for somebody.</summary>
    internal static Write Changing(string userName, DateTimeOffset now, string what, UnitCode? unit, string subject, object? before, object? after) =>
        new(Insert, new { Id = Guid.CreateVersion7(now), now, UserName = userName, kind = ReadKind.Change, caseId = (Guid?)null, purpose = (string?)null, detail = JsonSerializer.Serialize(new { what, unit, subject, before, after }, Json.Options) });

    /// <summary>A text without what may be an ID number or a phone, however its digits are grouped; numbers of cases stay.</summary>
    internal static string Masked(string text) => PersonalNumber().Replace(text, number => CaseNumber().IsMatch(number.Value) ? number.Value : "***");

    private Task WriteAsync(string userName, ReadKind kind, Guid? caseId, string? detail, CancellationToken cancellationToken, string? purpose = null)
    {
        var now = time.GetUtcNow().TruncatedToMilliseconds();
        return db.WriteAsync([new Write(Insert, new { Id = Guid.CreateVersion7(now), now, userName, kind, caseId, purpose, detail })], cancellationToken);
    }

    [GeneratedRegex(@"\d(?:[\s.·()（）\-‐–—－]{0,3}\d){10,}[Xx]?")]
    private static partial Regex PersonalNumber();

    [GeneratedRegex(@"^\d{10}-\d{6}$")]
    private static partial Regex CaseNumber();
}
