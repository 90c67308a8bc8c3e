using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Escalations;
using GridCases.Features.Notifications;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Work;

/// <summary>What stands around every page: where the user serves, and how much waits.</summary>
public static class GetFrame
{
    /// <summary>For whoever is signed in.</summary>
    [AllowedToSignedIn]
    public sealed record Query : IQuery<Result>;

    /// <summary>The frame.</summary>
    /// <param name="Unit">Name of the unit or, for a mediator, the organisation; empty without a role.</param>
    /// <param name="Path">Names of the units above it, from the city down.</param>
    /// <param name="Waiting">Cases that wait for the user or the user's role.</param>
    /// <param name="Escalations">Open escalations of the units the user supervises.</param>
    /// <param name="Unread">Unread notifications.</param>
    public sealed record Result(string Unit, IReadOnlyList<string> Path, int Waiting, int Escalations, int Unread);

    /// <inheritdoc/>
    public sealed class Handler(Db db, Caller caller, TimeProvider time) : IRequestHandler<Query, Result>
    {
        private static readonly Sql FindNames = new("SELECT Code, Name AS [Text] FROM Unit WHERE Code IN {codes codes} ORDER BY Code");
        private static readonly Sql FindOrganisation = new("SELECT Name FROM Organisation WHERE Id = @id");

        private static readonly Sql CountWaiting = new($"SELECT COUNT(*) FROM DisputeCase c WHERE {Waiting.IsMine}");

        private static readonly Sql CountEscalations = new($"SELECT COUNT(*) FROM Escalation e WHERE {EscalationRow.WaitsForCaller}");

        /// <inheritdoc/>
        public async Task<Result> Handle(Query request, CancellationToken ct)
        {
            var role = caller.Roles.Count == 0 ? null : caller.Roles[0];
            var now = time.GetUtcNow().Cut();
            var scope = new { scopeUser = caller.UserId, scopeDay = LocalTime.Day(now), userName = caller.UserName, now };
            var names = role is null ? [] : await db.QueryAsync<Name>(FindNames, new { codes = role.Unit.SelfAndAncestors.Select(u => u.Value).ToArray() }, ct);
            var organisation = role?.OrganisationId is { } id ? await db.QuerySingleOrDefaultAsync<string>(FindOrganisation, new { id }, ct) : null;
            var path = names.Select(n => n.Text).ToList();
            var unit = organisation ?? path.LastOrDefault() ?? "";
            if (organisation is null && path.Count > 0)
            {
                path.RemoveAt(path.Count - 1);
            }

            return new Result(
                unit,
                path,
                await db.QuerySingleAsync<int>(CountWaiting, scope, ct),
                caller.Has(Role.Supervisor) ? await db.QuerySingleAsync<int>(CountEscalations, scope, ct) : 0,
                await db.QuerySingleAsync<int>(CountUnread.Count, new { caller.UserId, caller.UserName, today = scope.scopeDay }, ct));
        }

        private sealed record Name
        {
            public UnitCode Code { get; init; }

            public string Text { get; init; } = "";
        }
    }
}
