using System.Text.Json;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Deadlines;

/// <summary>The deadline policies, past and future versions too: by stage, the most general row first.</summary>
public static class ListPolicies
{
    /// <summary>The message.</summary>
    [AllowedTo(Role.Administrator, Role.Auditor)]
    public sealed record Query : IQuery<IReadOnlyList<Row>>;

    /// <summary>A policy; a null criterion matches everything.</summary>
    public sealed record Row
    {
        /// <summary>What is measured.</summary>
        public ClockKind Stage { get; init; }

        /// <summary>Version of the rule.</summary>
        public int Version { get; init; }

        /// <summary>First day.</summary>
        public DateOnly EffectiveFrom { get; init; }

        /// <summary>Last day.</summary>
        public DateOnly? EffectiveTo { get; init; }

        /// <summary>Level of the unit that must act.</summary>
        public UnitLevel? UnitLevel { get; init; }

        /// <summary>Track.</summary>
        public MediationTrack? Track { get; init; }

        /// <summary>How a court entrusted it.</summary>
        public Entrustment? Entrustment { get; init; }

        /// <summary>Category.</summary>
        public Category? Category { get; init; }

        /// <summary>Risk.</summary>
        public Risk? Risk { get; init; }

        /// <summary>Urgency.</summary>
        public Urgency? Urgency { get; init; }

        /// <summary>The limit, in <see cref="LimitUnit"/>; null when the thing has a due date of its own.</summary>
        public int? LimitAmount { get; init; }

        /// <summary>Unit of the limit.</summary>
        public LimitUnit? LimitUnit { get; init; }

        /// <summary>How long before the due date it warns, in <see cref="WarningUnit"/>.</summary>
        public int WarningAmount { get; init; }

        /// <summary>Unit of the warning lead.</summary>
        public LimitUnit WarningUnit { get; init; }

        /// <summary>The most all extensions may amount to; 0 for none, null for no maximum.</summary>
        public int? MaxExtension { get; init; }

        /// <summary>Whether an extension needs the parties' agreement.</summary>
        public bool ExtensionNeedsPartiesConsent { get; init; }

        /// <summary>Whether it escalates when overdue.</summary>
        public bool Escalates { get; init; }

        /// <summary>When levels 2, 3 and 4 open, counted from the due date.</summary>
        public IReadOnlyList<Limit> LaterLevels => JsonSerializer.Deserialize<Limit[]>(Ladder, Json.Options) ?? [];

        internal string Ladder { get; init; } = "[]";
    }

    internal sealed class Handler(Db db) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        private static readonly Sql All = new(
            """
            SELECT [Stage], [Version], [EffectiveFrom], [EffectiveTo], [UnitLevel], [Track], [Entrustment], [Category], [Risk], [Urgency],
              [LimitAmount], [LimitUnit], [WarningAmount], [WarningUnit], [MaxExtension], [ExtensionNeedsPartiesConsent], [Escalates], [LaterLevels] AS [Ladder]
            FROM [Policy]
            ORDER BY [Stage], [Track], [Entrustment], [UnitLevel], [Category], [Risk], [Urgency], [EffectiveFrom]
            """);

        public Task<IReadOnlyList<Row>> Handle(Query request, CancellationToken cancellationToken) => db.QueryAsync<Row>(All, null, cancellationToken);
    }
}
