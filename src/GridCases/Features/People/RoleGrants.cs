using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Texts;

namespace GridCases.Features.People;

/// <summary>
/// Gives roles, at or below the units that the caller administers and nowhere else. What lies outside of them is answered like what does not exist, so that nobody learns
/// of another district's units and organisations by trying.
/// </summary>
public sealed class RoleGrants(Db db, CurrentCaller current, TimeProvider time)
{
    private static readonly Sql FindUnits = new("SELECT Code, Name, ClosedOn, SuccessorCode FROM Unit WHERE Code IN {codes units}");
    private static readonly Sql FindOrganisations = new("SELECT Id, Name, UnitCode, ClosedOn FROM Organisation WHERE Id IN {list ids}");

    private static readonly Sql Insert = new("""
        INSERT INTO RoleAssignment (Id, UserId, Role, UnitCode, OrganisationId, FromDate, ToDate) VALUES (@Id, @userId, @Role, @UnitCode, @OrganisationId, @From, @To)
        """);

    /// <summary>The roles as they would be held.</summary>
    /// <param name="inputs">What was asked for.</param>
    /// <param name="held">What the user holds already.</param>
    /// <param name="fieldOf">The field of an error in the input at that place.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    /// <exception cref="InvalidInput">A unit or an organisation is not there, or is closed by then.</exception>
    /// <exception cref="RuleViolation">The same role is held there on some of the days.</exception>
    internal async Task<IReadOnlyList<HeldRole>> ResolveAsync(
        IReadOnlyList<RoleInput> inputs, IReadOnlyList<HeldRole> held, Func<int, string, string> fieldOf, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var today = LocalTime.Day(now);
        var batch = db.Batch();
        var units = batch.Read<UnitRow>(FindUnits, new { units = inputs.Select(i => i.UnitCode!.Value).Distinct() });
        var organisations = batch.Read<OrganisationRow>(FindOrganisations, new { ids = inputs.Select(i => i.OrganisationId).OfType<Guid>().Distinct() });
        await batch.RunAsync(cancellationToken);

        var errors = new Dictionary<string, string[]>();
        var roles = new List<HeldRole>();
        for (var i = 0; i < inputs.Count; i++)
        {
            var input = inputs[i];
            var from = input.From ?? today;
            var unit = units.SingleOrDefault(u => u.Code == input.UnitCode && current.Caller.Administers(u.Code));
            var organisation = organisations.SingleOrDefault(o => o.Id == input.OrganisationId && current.Caller.Administers(o.UnitCode));
            if (unit is null)
                errors[fieldOf(i, "unitCode")] = [Text.Field("UnitNotYours")];
            else if (unit.ClosedOn <= (from > today ? from : today))
                errors[fieldOf(i, "unitCode")] = [Text.Field("UnitClosed", unit.SuccessorCode?.Value ?? "")];
            if (input.OrganisationId is not null && (organisation is null || organisation.ClosedOn <= (from > today ? from : today)))
                errors[fieldOf(i, "organisationId")] = [Text.Field("OrganisationNotYours")];
            else if (organisation is not null && organisation.UnitCode != input.UnitCode)
                errors[fieldOf(i, "unitCode")] = [Text.Field("UnitOfOrganisation", organisation.UnitCode.Value)];
            if (errors.Count > 0)
                continue;

            var role = new HeldRole
            {
                Id = Guid.CreateVersion7(now),
                Role = input.Role!.Value,
                UnitCode = unit!.Code,
                UnitName = unit.Name,
                OrganisationId = organisation?.Id,
                OrganisationName = organisation?.Name,
                From = from,
                To = input.To,
                State = new RoleTerm(from, input.To).On(today),
            };
            if (held.Concat(roles).FirstOrDefault(other => IsSame(other, role) && other.Term.Overlaps(role.Term)) is { } overlapped)
                throw overlapped.To is { } to ? new RuleViolation("RoleHeldUntil", role.Role, role.UnitName, overlapped.From, to) : new RuleViolation("RoleHeldSince", role.Role, role.UnitName, overlapped.From);
            roles.Add(role);
        }

        return errors.Count == 0 ? roles : throw new InvalidInput(errors);
    }

    /// <summary>Gives them.</summary>
    internal Task AddAsync(Guid userId, IEnumerable<HeldRole> roles, CancellationToken cancellationToken) =>
        db.ExecuteManyAsync(Insert, roles.Select(r => (object?)new { r.Id, userId, r.Role, r.UnitCode, r.OrganisationId, r.From, r.To }).ToList(), cancellationToken);

    /// <summary>What the audit keeps of a role.</summary>
    internal static object Kept(HeldRole role) => new { role.Id, role.Role, role.UnitCode, role.OrganisationId, role.From, role.To };

    // A deputy's days are beside the roles one holds for oneself.
    private static bool IsSame(HeldRole a, HeldRole b) => a.DeputyFor is null && (a.Role, a.UnitCode, a.OrganisationId) == (b.Role, b.UnitCode, b.OrganisationId);

    private sealed record UnitRow
    {
        public UnitCode Code { get; init; }
        public string Name { get; init; } = "";
        public DateOnly? ClosedOn { get; init; }
        public UnitCode? SuccessorCode { get; init; }
    }

    private sealed record OrganisationRow
    {
        public Guid Id { get; init; }
        public string Name { get; init; } = "";
        public UnitCode UnitCode { get; init; }
        public DateOnly? ClosedOn { get; init; }
    }
}
