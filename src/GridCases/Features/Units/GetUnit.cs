using System.Text.Json;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;

namespace GridCases.Features.Units;

/// <summary>One unit as its administrator looks after it: who serves there, its organisations, whom it lacks, what was changed.</summary>
public static class GetUnit
{
    /// <summary>The message.</summary>
    /// <param name="Unit">The unit.</param>
    [AllowedTo(Role.Administrator)]
    public sealed record Query(UnitCode? Unit) : IQuery<Result>, IUnitMessage;

    /// <summary>The unit.</summary>
    /// <param name="Unit">Its name, level, successor and gaps.</param>
    /// <param name="Closing">Who closed it and why; null while nobody did.</param>
    /// <param name="Below">Units directly below it that are open.</param>
    /// <param name="People">Who serves there today or will, by role.</param>
    /// <param name="Organisations">Mediation organisations that stand under it.</param>
    /// <param name="Changes">What administrators changed of it, the newest first.</param>
    public sealed record Result(ListUnits.Found Unit, Closing? Closing, int Below, IReadOnlyList<Serving> People, IReadOnlyList<Organisation> Organisations, IReadOnlyList<Change> Changes);

    /// <summary>Somebody who serves in the unit.</summary>
    public sealed record Serving
    {
        public string UserName { get; init; } = "";
        public string DisplayName { get; init; } = "";
        public Role Role { get; init; }
        public string? OrganisationName { get; init; }
        public DateOnly From { get; init; }
        public DateOnly? To { get; init; }

        /// <summary>Name of the colleague for whom this is a deputy.</summary>
        public string? OnBehalfOf { get; init; }
    }

    public sealed record Organisation
    {
        public Guid Id { get; init; }
        public string Name { get; init; } = "";
        public MediationTrack Track { get; init; }
        public OrganisationKind Kind { get; init; }
        public DateOnly? ClosedOn { get; init; }
    }

    /// <summary>That it was closed, or will be.</summary>
    public sealed record Closing
    {
        public string Reason { get; init; } = "";

        /// <summary>Name of the administrator.</summary>
        public string ByName { get; init; } = "";

        /// <summary>When everything was under the successor; null before.</summary>
        public DateTimeOffset? DoneAt { get; init; }
    }

    /// <summary>A change of the unit.</summary>
    /// <param name="At">When.</param>
    /// <param name="By">Name of the administrator.</param>
    /// <param name="What">The use case: <c>RenameUnit</c>.</param>
    /// <param name="Before">What it was, by field.</param>
    /// <param name="After">What it is since, by field.</param>
    public sealed record Change(DateTimeOffset At, string By, string What, IReadOnlyDictionary<string, string> Before, IReadOnlyDictionary<string, string> After);

    internal sealed class Handler(Db db, TimeProvider time) : IRequestHandler<Query, Result>
    {
        private const int MostChanges = 50;

        private static readonly Sql FindClosing = new("""
            SELECT c.Reason, u.DisplayName AS ByName, c.DoneAt FROM UnitClosing c JOIN AppUser u ON u.UserName = c.ClosedBy WHERE c.UnitCode = @unit
            """);

        private static readonly Sql CountBelow = new("SELECT COUNT(*) FROM Unit WHERE ParentCode = @unit AND (ClosedOn IS NULL OR ClosedOn > @today)");

        private static readonly Sql FindPeople = new("""
            SELECT u.UserName, u.DisplayName, r.Role, o.Name AS OrganisationName, r.FromDate AS [From], r.ToDate AS [To], p.DisplayName AS OnBehalfOf
            FROM RoleAssignment r
            JOIN AppUser u ON u.Id = r.UserId
            LEFT JOIN Organisation o ON o.Id = r.OrganisationId
            LEFT JOIN Deputy d ON d.Id = r.DeputyId
            LEFT JOIN AppUser p ON p.Id = d.UserId
            WHERE r.UnitCode = @unit AND (r.ToDate IS NULL OR (r.ToDate >= @today AND r.ToDate >= r.FromDate))
            ORDER BY r.Role, u.UserName, r.FromDate
            """);

        private static readonly Sql FindOrganisations = new("SELECT Id, Name, Track, Kind, ClosedOn FROM Organisation WHERE UnitCode = @unit ORDER BY Track, Name");

        private static readonly Sql FindChanges = new("""
            SELECT a.[At], COALESCE(u.DisplayName, a.UserName) AS ByName, a.DetailJson
            FROM AuditEntry a LEFT JOIN AppUser u ON u.UserName = a.UserName
            WHERE a.Kind = 'Change' AND a.DetailJson LIKE @about
            ORDER BY a.[At] DESC, a.Id DESC {page}
            """);

        public async Task<Result> Handle(Query request, CancellationToken cancellationToken)
        {
            var today = LocalTime.Day(time.GetUtcNow());
            var unit = request.Unit ?? throw new NotFound("unit");
            var found = await UnitRows.ReadAsync(db, unit, cancellationToken);
            var served = await ServedUnits.LoadAsync(db, [unit], today, cancellationToken);
            var batch = db.Batch();
            var closing = batch.Read<Closing>(FindClosing, new { unit });
            var below = batch.Read<int>(CountBelow, new { unit, today });
            var people = batch.Read<Serving>(FindPeople, new { unit, today });
            var organisations = batch.Read<Organisation>(FindOrganisations, new { unit });
            var changes = batch.Read<Audited>(FindChanges, new { about = $"%\"subject\":\"{unit}\"%", limit = MostChanges });
            await batch.RunAsync(cancellationToken);
            return new Result(served.Tell(found), closing.SingleOrDefault, below[0], people, organisations, [.. changes.Select(c => c.ToChange())]);
        }

        private sealed class Audited
        {
            public DateTimeOffset At { get; init; }
            public string ByName { get; init; } = "";
            public string DetailJson { get; init; } = "{}";

            public Change ToChange()
            {
                var detail = JsonElement.Parse(DetailJson);
                return new Change(At, ByName, detail.GetProperty("what").GetString()!, Fields("before"), Fields("after"));

                IReadOnlyDictionary<string, string> Fields(string name) => detail.TryGetProperty(name, out var values) && values.ValueKind is JsonValueKind.Object
                    ? values.EnumerateObject().ToDictionary(v => v.Name, v => v.Value.ToString())
                    : new Dictionary<string, string>();
            }
        }
    }
}
