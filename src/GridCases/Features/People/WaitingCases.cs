using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;

namespace GridCases.Features.People;

/// <summary>The cases that may wait for a mediator in person, in organisations of an administrator's area; <see cref="Case.IsBoundTo"/> then says it of each.</summary>
internal static class WaitingCases
{
    private static readonly Sql Find = new("""
        SELECT c.Id, c.Number, c.State, c.NextDueAt AS DueAt, o.Id AS OrganisationId, o.Name AS OrganisationName
        FROM CaseOrganisation h
        JOIN Organisation o ON o.Id = h.OrganisationId
        JOIN Unit t ON o.UnitCode >= t.Code AND o.UnitCode < t.RangeEnd
        JOIN DisputeCase c ON c.Id = h.CaseId AND c.MediationOrganisationId = h.OrganisationId
        WHERE t.Code IN {codes tops}
            AND h.OrganisationId IN (SELECT r.OrganisationId FROM RoleAssignment r JOIN AppUser u ON u.Id = r.UserId WHERE u.UserName = @userName AND r.DeputyId IS NULL)
            AND (c.MediationMediator = @userName OR c.CompletedHolderMediator = @userName)
            AND (c.State IN ('Assigned', 'InMediation', 'AgreementReached', 'ConfirmationPending', 'MediationFailed')
                OR (c.State = 'AwaitingVerification' AND c.CompletedHolderMediator = @userName)
                OR (c.State IN ('AwaitingVerification', 'Closed') AND EXISTS (SELECT 1 FROM CaseClock k
                    WHERE k.CaseId = c.Id AND k.Kind = 'Performance' AND k.Status IN ('Running', 'Paused'))))
        ORDER BY c.Id
        """);

    public static Task<IReadOnlyList<Row>> FindAsync(Db db, string userName, Caller administrator, CancellationToken cancellationToken) =>
        db.QueryAsync<Row>(Find, new { userName, tops = administrator.UnitsOf(Role.Administrator) }, cancellationToken);

    internal sealed class Row
    {
        public Guid Id { get; init; }
        public string Number { get; init; } = "";
        public CaseState State { get; init; }
        public DateTimeOffset? DueAt { get; init; }
        public Guid OrganisationId { get; init; }
        public string OrganisationName { get; init; } = "";
    }
}
