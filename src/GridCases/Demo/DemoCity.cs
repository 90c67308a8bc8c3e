using System.Text.Json;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Installation;
using GridCases.Features.Users;
using GridCases.Pipeline;

namespace GridCases.Demo;

/// <summary>
/// The demo's fictional city, <c>db/demo/city.json</c>: units, mediation organisations and people. No such places or people exist;
/// division codes beginning with 99 are never given out.
/// </summary>
internal sealed record DemoCity
{
    public const string Password = "demo";

    /// <summary>Day from which all roles are held: before the first seeded case.</summary>
    public required DateOnly RolesFrom { get; init; }

    public required IReadOnlyList<UnitEntry> Units { get; init; }

    public required IReadOnlyList<OrganisationEntry> Organisations { get; init; }

    /// <summary>People, each with one role.</summary>
    public required IReadOnlyList<UserEntry> Users { get; init; }

    /// <summary>What a mediated case is worth here, since <see cref="RolesFrom"/>.</summary>
    public required IReadOnlyList<RateEntry> SubsidyRates { get; init; }

    public sealed record UnitEntry(UnitCode Code, string Name);

    public sealed record OrganisationEntry(Guid Id, string Name, MediationTrack Track, UnitCode UnitCode, string Kind);

    /// <summary>Somebody, and where he serves.</summary>
    public sealed record UserEntry(string UserName, string DisplayName, Role Role, UnitCode UnitCode, Guid? Organisation);

    /// <summary>A rate of the subsidy, in yuan.</summary>
    public sealed record RateEntry(AgreementForm? Form, Category? Category, decimal Amount);

    public static DemoCity Read() => JsonSerializer.Deserialize<DemoCity>(EmbeddedFiles.Read("demo/city.json"), Json.Options)!;

    /// <summary>Writes the city into an empty database and answers who lives there, by user name.</summary>
    public async Task<IReadOnlyDictionary<string, Caller>> BuildAsync(Db db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var unit in Units)
            await NewRows.AddUnitAsync(db, unit.Code, unit.Name, cancellationToken);
        foreach (var organisation in Organisations)
            await NewRows.AddOrganisationAsync(db, organisation.Id, organisation.Name, organisation.Track, organisation.UnitCode, organisation.Kind, cancellationToken);

        foreach (var rate in SubsidyRates)
            await Features.Cases.SubsidyRates.AddAsync(db, new SubsidyRate(Guid.CreateVersion7(now), RolesFrom, null, rate.Form, rate.Category, rate.Amount), cancellationToken);

        // Hashing is slow on purpose; once is enough where all passwords are the same and known.
        var hash = Passwords.Hash(Password);
        var people = new Dictionary<string, Caller>();
        foreach (var user in Users)
        {
            var role = new RoleInUnit(user.Role, user.UnitCode, user.Organisation);
            var caller = new Caller { UserId = Guid.CreateVersion7(now), UserName = user.UserName, DisplayName = user.DisplayName, Roles = [role] };
            await NewRows.AddUserAsync(db, new NewUser(caller.UserId, user.UserName, user.DisplayName, hash), role, RolesFrom, now, cancellationToken);
            people.Add(user.UserName, caller);
        }

        return people;
    }
}
