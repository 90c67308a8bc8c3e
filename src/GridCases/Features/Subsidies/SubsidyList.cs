using System.Text.Json.Serialization;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;

namespace GridCases.Features.Subsidies;

/// <summary>A subsidy that was granted for one case. Of the dispute it tells the number and the category, nothing of its parties.</summary>
public sealed record SubsidyRow
{
    public Guid CaseId { get; init; }

    public string Number { get; init; } = "";

    public Category Category { get; init; }

    /// <summary>Form of the agreement.</summary>
    public AgreementForm Form { get; init; }

    /// <summary>The organisation that mediated.</summary>
    public string OrganisationName { get; init; } = "";

    /// <summary>Who mediated (user name).</summary>
    public string Mediator { get; init; } = "";

    public string? MediatorName { get; init; }

    /// <summary>Yuan.</summary>
    public decimal Amount { get; init; }

    /// <summary>When the case was archived.</summary>
    public DateTimeOffset GrantedAt { get; init; }

    /// <summary>When it was paid.</summary>
    public DateTimeOffset? PaidAt { get; init; }

    /// <summary>Who recorded the payment (user name).</summary>
    public string? PaidBy { get; init; }

    /// <summary>Whether the caller may record the payment now: a supervisor at or above the case's unit, not the mediator.</summary>
    public bool Payable { get; init; }

    [JsonIgnore]
    internal UnitCode OriginUnitCode { get; init; }
}

public interface ISubsidyFilter : IUnitMessage
{
    /// <summary>Granted on this local day or later.</summary>
    DateOnly? From { get; }

    /// <summary>Granted on this local day or before.</summary>
    DateOnly? To { get; }

    /// <summary>Only those paid, or only those not.</summary>
    bool? Paid { get; }
}

/// <summary>
/// Reads granted subsidies: a supervisor those of cases in the own subtree, an administrator those of organisations there, always case by case.
/// </summary>
public sealed class SubsidyList(Db db, CurrentCaller current, TimeProvider time)
{
    private const string From = """
        FROM CaseSubsidy s JOIN DisputeCase c ON c.Id = s.CaseId JOIN Organisation o ON o.Id = s.OrganisationId
        """;

    private const string Matching = """
        WHERE EXISTS (SELECT 1 FROM RoleAssignment r
                WHERE r.UserId = @scopeUser AND r.FromDate <= @scopeDay AND (r.ToDate IS NULL OR r.ToDate >= @scopeDay)
                AND ((r.Role IN ('Supervisor', 'Auditor') AND c.OriginUnitCode >= r.UnitCode AND c.OriginUnitCode < r.UnitEnd)
                    OR (r.Role = 'Administrator' AND o.UnitCode >= r.UnitCode AND o.UnitCode < r.UnitEnd)))
            AND (@unit IS NULL OR (c.OriginUnitCode >= @unit AND c.OriginUnitCode < @unitEnd))
            AND (@start IS NULL OR s.GrantedAt >= @start) AND (@end IS NULL OR s.GrantedAt < @end)
            AND (@paid IS NULL OR @paid = IIF(s.PaidAt IS NULL, 0, 1))
        """;

    private const string Shown = """
        SELECT s.CaseId, c.Number, c.Category, a.Form, o.Name AS OrganisationName, s.Mediator, u.DisplayName AS MediatorName, s.Amount, s.GrantedAt, s.PaidAt, s.PaidBy,
            c.OriginUnitCode
        """;

    private const string LookedUp = """
        LEFT JOIN AppUser u ON u.UserName = s.Mediator
        JOIN CaseAgreement a ON a.CaseId = s.CaseId AND a.Version = (SELECT MAX(v.Version) FROM CaseAgreement v WHERE v.CaseId = s.CaseId)
        """;

    private static readonly Sql Find = new($$"""
        {{Shown}} {{From}} {{LookedUp}} {{Matching}}
            AND (@at IS NULL OR s.GrantedAt < @at OR (s.GrantedAt = @at AND s.CaseId < @id))
        ORDER BY s.GrantedAt DESC, s.CaseId DESC {page}
        """);

    private static readonly Sql Sum = new($"SELECT COUNT(*) AS [Count], COALESCE(SUM(s.Amount), 0.0) AS Amount {From} {Matching}");
    private static readonly Sql FindOne = new($"{Shown} {From} {LookedUp} WHERE s.CaseId = @caseId");
    private static readonly Sql FindOwn = new($$"""
        {{Shown}} {{From}} {{LookedUp}} WHERE s.Mediator = @userName ORDER BY s.GrantedAt DESC, s.CaseId DESC {page}
        """);

    /// <summary>The newest first, from behind a key on.</summary>
    public async Task<IReadOnlyList<SubsidyRow>> FindAsync(ISubsidyFilter filter, PageKey? key, int limit, CancellationToken cancellationToken) =>
        Told(await db.QueryAsync<SubsidyRow>(Find, Asked(filter, key, limit), cancellationToken));

    /// <summary>How many there are in all, and their sum in yuan.</summary>
    public Task<Total> SumAsync(ISubsidyFilter filter, CancellationToken cancellationToken) => db.QuerySingleAsync<Total>(Sum, Asked(filter, null, 1), cancellationToken);

    /// <summary>That of one case; null when none was granted.</summary>
    public async Task<SubsidyRow?> FindOneAsync(Guid caseId, CancellationToken cancellationToken) =>
        Told(await db.QueryAsync<SubsidyRow>(FindOne, new { caseId }, cancellationToken)).SingleOrDefault();

    /// <summary>The caller's own, the newest first.</summary>
    public async Task<IReadOnlyList<SubsidyRow>> FindOwnAsync(int limit, CancellationToken cancellationToken) =>
        Told(await db.QueryAsync<SubsidyRow>(FindOwn, new { userName = current.Caller.UserName, limit }, cancellationToken));

    private object Asked(ISubsidyFilter filter, PageKey? key, int limit) => new
    {
        scopeUser = current.Caller.UserId,
        scopeDay = LocalTime.Day(time.GetUtcNow()),
        unit = filter.Unit,
        start = filter.From is { } from ? LocalTime.StartOfDay(from) : (DateTimeOffset?)null,
        end = filter.To is { } to ? LocalTime.StartOfDay(to.AddDays(1)) : (DateTimeOffset?)null,
        paid = filter.Paid,
        at = key?.At,
        id = key?.Id,
        limit,
    };

    private List<SubsidyRow> Told(IReadOnlyList<SubsidyRow> rows)
    {
        var units = current.Caller.UnitsOf(Role.Supervisor);
        return [.. rows.Select(r => r with { Payable = r.PaidAt is null && r.Mediator != current.Caller.UserName && units.Any(u => u.Contains(r.OriginUnitCode)) })];
    }

    /// <summary>How many, and their sum in yuan.</summary>
    public sealed class Total
    {
        public int Count { get; init; }

        /// <summary>Yuan.</summary>
        public decimal Amount { get; init; }
    }
}
