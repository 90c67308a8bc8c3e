using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Organisations;

/// <summary>How many open cases each mediator has in hand, by category, in the organisations that may take a case of a unit: for whoever assigns one. A load, not a ranking.</summary>
public static class ListMediatorLoads
{
    /// <param name="Unit">The unit whose case is to be assigned.</param>
    [AllowedTo(Role.CentreOfficer, Role.Supervisor)]
    public sealed record Query(UnitCode Unit) : IQuery<IReadOnlyList<Load>>;

    /// <summary>Open cases of one category in a mediator's hands.</summary>
    public sealed record Load
    {
        public Guid OrganisationId { get; init; }
        public string UserName { get; init; } = "";
        public Category Category { get; init; }
        public int Cases { get; init; }
    }

    internal sealed class Handler(Db db, Caller caller, TimeProvider time) : IRequestHandler<Query, IReadOnlyList<Load>>
    {
        // The organisations are those that ListOrganisations shows the caller for the unit.
        private static readonly Sql Find = new($"""
            SELECT c.MediationOrganisationId AS OrganisationId, c.MediationMediator AS UserName, c.Category, COUNT(*) AS Cases
            FROM Organisation o
            JOIN Unit n ON n.Code = o.UnitCode
            JOIN DisputeCase c ON c.MediationOrganisationId = o.Id
            WHERE {CaseConditions.IsOpen} AND c.MediationMediator IS NOT NULL AND c.State IN ('Assigned', 'InMediation', 'AgreementReached', 'ConfirmationPending', 'MediationFailed')
                AND ((o.UnitCode >= @Unit AND o.UnitCode < @UnitEnd) OR (@Unit >= n.Code AND @Unit < n.RangeEnd))
                AND EXISTS (SELECT 1 FROM RoleAssignment s
                    WHERE s.UserId = @UserId AND s.FromDate <= @today AND (s.ToDate IS NULL OR s.ToDate >= @today)
                    AND ((o.UnitCode >= s.UnitCode AND o.UnitCode < s.UnitEnd) OR (s.UnitCode >= n.Code AND s.UnitCode < n.RangeEnd)))
            GROUP BY c.MediationOrganisationId, c.MediationMediator, c.Category
            ORDER BY c.MediationOrganisationId, c.MediationMediator, c.Category
            """);

        public async Task<IReadOnlyList<Load>> Handle(Query query, CancellationToken cancellationToken)
        {
            var batch = db.Batch();
            var loads = Ask(batch, query.Unit, caller, time.GetUtcNow());
            await batch.RunAsync(cancellationToken);
            return loads;
        }

        /// <summary>Asks for them in a batch.</summary>
        internal static Rows<Load> Ask(ReadBatch batch, UnitCode unit, Caller caller, DateTimeOffset now) =>
            batch.Read<Load>(Find, new { Unit = unit, caller.UserId, today = LocalTime.Day(now) });
    }
}
