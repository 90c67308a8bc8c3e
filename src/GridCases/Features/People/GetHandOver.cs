using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Pipeline;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.People;

/// <summary>What waits for somebody in person, and who of the same organisation could take it.</summary>
public static class GetHandOver
{
    /// <summary>The message.</summary>
    /// <param name="From">User name of who leaves.</param>
    [AllowedTo(Role.Administrator)]
    public sealed record Query(string? From) : IQuery<Result>;

    /// <summary>What there is to hand over.</summary>
    /// <param name="From">User name as it is stored.</param>
    /// <param name="DisplayName">The name others read.</param>
    /// <param name="Cases">What waits for that person, the oldest first.</param>
    /// <param name="Successors">Colleagues who mediate in one of these cases' organisations today.</param>
    public sealed record Result(string From, string DisplayName, IReadOnlyList<Waiting> Cases, IReadOnlyList<Successor> Successors);

    /// <summary>A case. An administrator sees of it what a list needs, no more.</summary>
    public sealed record Waiting(Guid Id, string Number, CaseState State, string OrganisationName, DateTimeOffset? DueAt);

    /// <summary>Somebody who could take over.</summary>
    public sealed record Successor
    {
        public string UserName { get; init; } = "";
        public string DisplayName { get; init; } = "";
        public string OrganisationName { get; init; } = "";

        /// <summary>Cases of the organisation that wait for this mediator already.</summary>
        public int Open { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.From).RequiredText(100).WithName(_ => Text.Field("WhoLeaves"));
    }

    internal sealed class Handler(Db db, Caller caller, TimeProvider time) : IRequestHandler<Query, Result>
    {
        private static readonly Sql FindSuccessors = new($$"""
            SELECT DISTINCT u.UserName, u.DisplayName, o.Name AS OrganisationName,
                (SELECT COUNT(*) FROM DisputeCase c WHERE c.MediationOrganisationId = o.Id AND c.MediationMediator = u.UserName
                    AND c.MediationOrganisationId IS NOT NULL AND {{CaseConditions.IsOpen}} AND c.State <> 'AwaitingVerification') AS [Open]
            FROM RoleAssignment r JOIN AppUser u ON u.Id = r.UserId JOIN Organisation o ON o.Id = r.OrganisationId
            WHERE o.Id IN {list organisations} AND r.Role = 'Mediator' AND r.DeputyId IS NULL AND r.FromDate <= @today AND (r.ToDate IS NULL OR r.ToDate >= @today) AND u.Id <> @Id
            ORDER BY u.UserName, o.Name
            """);

        public async Task<Result> Handle(Query request, CancellationToken cancellationToken)
        {
            var from = await AdministeredUsers.DemandAsync(db, request.From!, caller, cancellationToken);
            var waiting = await WaitingCases.FindAsync(db, from.UserName, caller, cancellationToken);
            var organisations = waiting.Select(w => w.OrganisationId).Distinct().ToArray();
            var successors = await db.QueryAsync<Successor>(FindSuccessors, new { organisations, from.Id, today = LocalTime.Day(time.GetUtcNow()) }, cancellationToken);
            return new Result(from.UserName, from.DisplayName, [.. waiting.Select(w => new Waiting(w.Id, w.Number, w.State, w.OrganisationName, w.DueAt))], successors);
        }
    }
}
