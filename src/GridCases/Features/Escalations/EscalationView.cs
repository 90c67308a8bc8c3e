using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Texts;

namespace GridCases.Features.Escalations;

/// <summary>An escalation as it is shown, in the API and in a supervisor's queue.</summary>
public sealed record EscalationView
{
    public required Guid Id { get; init; }

    public required Guid CaseId { get; init; }

    public required string CaseNumber { get; init; }

    public required string Title { get; init; }

    /// <summary>The clock that ran out.</summary>
    public required ClockRef Clock { get; init; }

    public required int Level { get; init; }

    /// <summary>The unit whose supervisors have it; null in the orphan queue.</summary>
    public UnitCode? UnitCode { get; init; }

    /// <summary>Name of that unit.</summary>
    public string? UnitName { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>The due instant that passed.</summary>
    public required DateTimeOffset DueAt { get; init; }

    public required EscalationState State { get; init; }

    /// <summary>User name of who took note of it first.</summary>
    public string? AcknowledgedBy { get; init; }

    /// <summary>That user's name for people.</summary>
    public string? AcknowledgedByName { get; init; }

    /// <summary>Category of the case.</summary>
    public required Category Category { get; init; }

    /// <summary>Urgency of the case.</summary>
    public required Urgency Urgency { get; init; }

    /// <summary>State of the case now.</summary>
    public required CaseState CaseState { get; init; }

    /// <summary>The unit that holds the case now, or for whose centre an organisation holds it.</summary>
    public required UnitCode HolderUnitCode { get; init; }

    /// <summary>Name of the organisation that holds the case now; of the unit when none does.</summary>
    public required string HolderName { get; init; }

    /// <summary>How much the clock may still be extended, in <see cref="ExtensionUnit"/>; null when there is no maximum.</summary>
    public int? ExtensionLeft { get; init; }

    /// <summary>How the clock counts extensions: days or working days.</summary>
    public required LimitUnit ExtensionUnit { get; init; }

    /// <summary>The card the case has, if it is not lifted.</summary>
    public CardColor? Card { get; init; }

    /// <summary>Why it is closed, in the reader's language; of a dismissed one the supervisor's own words.</summary>
    public string? Resolution { get; init; }

    /// <summary>Whether the holder has asked for more time, and nobody has answered.</summary>
    public bool ExtensionAsked { get; init; }

    /// <summary>The case's other clocks in the same queue, the longest overdue first; only where the queue is asked for with one row a case.</summary>
    public IReadOnlyList<EscalationView> Also { get; init; } = [];

    /// <summary>A clock, by id and kind.</summary>
    public sealed record ClockRef(Guid Id, ClockKind Kind);
}

/// <summary>A row of Escalation, with what it takes to show it.</summary>
internal sealed record EscalationRow
{
    /// <summary>The columns, and the tables after FROM, with the escalation as <c>e</c>, its case as <c>c</c>.</summary>
    public const string Columns = """
        e.Id, e.CaseId, c.Number AS CaseNumber, c.Title, e.ClockId, k.Kind AS ClockKind, e.[Level], e.UnitCode, u.Name AS UnitName, e.OpenedAt, e.DueAt,
            e.State, e.AcknowledgedBy, a.DisplayName AS AcknowledgedByName, e.Resolution, c.Category, c.Urgency, c.State AS CaseState, c.HolderUnitCode,
            COALESCE(g.Name, v.Name) AS HolderName, s.Color AS Card, p.MaxExtension, k.Extension, k.LimitUnit,
            (SELECT COUNT(*) FROM CaseExtension x WHERE x.CaseId = c.Id AND x.State = 'Requested') AS ExtensionAsked
        """;

    /// <summary>Joined to <c>Escalation e</c>.</summary>
    public const string Joins = "JOIN DisputeCase c ON c.Id = e.CaseId JOIN CaseClock k ON k.Id = e.ClockId JOIN Unit v ON v.Code = c.HolderUnitCode "
        + "LEFT JOIN Unit u ON u.Code = e.UnitCode LEFT JOIN Organisation g ON g.Id = c.HolderOrganisationId LEFT JOIN AppUser a ON a.UserName = e.AcknowledgedBy "
        + "LEFT JOIN SupervisionCard s ON s.CaseId = c.Id AND s.LiftedAt IS NULL LEFT JOIN [Policy] p ON p.Id = k.PolicyId";

    private static readonly Sql ById = new($"SELECT {Columns} FROM Escalation e {Joins} WHERE e.Id = @id");

    public Guid Id { get; init; }
    public Guid CaseId { get; init; }
    public string CaseNumber { get; init; } = "";
    public string Title { get; init; } = "";
    public Guid ClockId { get; init; }
    public ClockKind ClockKind { get; init; }
    public int Level { get; init; }
    public UnitCode? UnitCode { get; init; }
    public string? UnitName { get; init; }
    public DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset DueAt { get; init; }
    public EscalationState State { get; init; }
    public string? AcknowledgedBy { get; init; }
    public string? AcknowledgedByName { get; init; }
    public Category Category { get; init; }
    public Urgency Urgency { get; init; }
    public CaseState CaseState { get; init; }
    public string HolderName { get; init; } = "";
    public CardColor? Card { get; init; }
    public int? MaxExtension { get; init; }
    public int Extension { get; init; }
    public LimitUnit? LimitUnit { get; init; }
    public string? Resolution { get; init; }
    public bool ExtensionAsked { get; init; }
    public UnitCode HolderUnitCode { get; init; }

    /// <summary>Whether there is still something to do about it.</summary>
    public bool IsOpen => State is EscalationState.Open or EscalationState.Acknowledged;

    /// <summary>One escalation; null when there is none.</summary>
    public static Task<EscalationRow?> FindAsync(Db db, Guid id, CancellationToken cancellationToken) => db.QuerySingleOrDefaultAsync<EscalationRow>(ById, new { id }, cancellationToken);

    /// <summary>
    /// Whether it is this supervisor's, or of a unit below. In the orphan queue it belongs to whoever supervises the holder by now.
    /// </summary>
    public bool IsOf(Caller caller) => caller.Roles.Any(r => r.Role is Role.Supervisor && r.Unit.Contains(UnitCode ?? HolderUnitCode));

    /// <summary>An entry of the case's journal about this escalation; it decides nothing about the case.</summary>
    public CaseChange Entry(Case @case, CaseEventKind kind, EventMember said) => new(
        @case,
        @case,
        [CaseEvent.Of(kind, EventKey.Escalation.Is(Id), EventKey.Clock.Is(ClockKind), EventKey.ClockId.Is(ClockId), EventKey.Level.Is(Level), said)])
    {
        IsDecision = false,
    };

    public EscalationView ToView() => new()
    {
        Id = Id,
        CaseId = CaseId,
        CaseNumber = CaseNumber,
        Title = Title,
        Clock = new EscalationView.ClockRef(ClockId, ClockKind),
        Level = Level,
        UnitCode = UnitCode,
        UnitName = UnitName,
        OpenedAt = OpenedAt,
        DueAt = DueAt,
        State = State,
        AcknowledgedBy = AcknowledgedBy,
        AcknowledgedByName = AcknowledgedByName,
        Category = Category,
        Urgency = Urgency,
        CaseState = CaseState,
        HolderUnitCode = HolderUnitCode,
        HolderName = HolderName,
        Card = Card,
        ExtensionAsked = ExtensionAsked,
        ExtensionLeft = MaxExtension is { } most ? Math.Max(0, most - Extension) : null,
        ExtensionUnit = LimitUnit ?? Domain.LimitUnit.Days,
        Resolution = State is EscalationState.Resolved && Resolution is not null ? Text.Get("Escalations", $"Resolution.{Resolution}") : Resolution,
    };
}
