using GridCases.Domain;
using GridCases.Features.Cases;
using UserNameKeys = GridCases.Features.Users.UserNames;

namespace GridCases.Benchmarks.City;

/// <summary>
/// Who serves where. Every unit gets the organisations and the people that the demo has in any unit of that level, made from the rows of the demo's own;
/// everybody's password is the demo's. A person is found by the post held, so that a life lived by the demo's people can be lived by those of another place.
/// </summary>
public sealed class People
{
    private static readonly Dictionary<string, string> Kinds = new()
    {
        [nameof(OrganisationKind.PeoplesMediationCommittee)] = "人民调解委员会",
        [nameof(OrganisationKind.AdministrativeOrgan)] = "行政调解中心",
        [nameof(OrganisationKind.PublicSecurityOrgan)] = "治安纠纷调解室",
        [nameof(OrganisationKind.CourtAnnexed)] = "诉前调解中心",
        [nameof(OrganisationKind.SocialOrganisation)] = "社会调解中心",
        [nameof(OrganisationKind.Volunteers)] = "志愿调解队",
    };

    private readonly Dictionary<(string Unit, Post Post), Person> _serving = [];
    private readonly Dictionary<(string Unit, string Kind), string> _organisations = [];
    private readonly Dictionary<string, (string Unit, string Kind)> _organisationById = [];
    private readonly Dictionary<string, (string Unit, Post Post)> _postByUser = [];

    /// <summary>What somebody is in a unit: the role, for a mediator the kind of the organisation, and the how-manieth of these.</summary>
    public readonly record struct Post(string Role, string Kind, int Number);

    /// <summary>Somebody.</summary>
    public sealed record Person(string Id, string UserName);

    /// <summary>Rates of the subsidy, which a case may refer to as well; in both cities the same, in the same order.</summary>
    public IReadOnlyList<string> SubsidyRates { get; private init; } = [];

    /// <summary>Who is there, by the database.</summary>
    public static People Read(Store store)
    {
        var people = new People { SubsidyRates = [.. store.Query("SELECT Id FROM SubsidyRate ORDER BY Form, Category").Select(r => (string)r[0]!)] };
        foreach (var row in store.Query("SELECT Id, UnitCode, Kind FROM Organisation ORDER BY Id"))
            people.Add((string)row[0]!, (string)row[1]!, (string)row[2]!);
        foreach (var row in store.Query("""
            SELECT u.Id, u.UserName, r.Role, r.UnitCode, o.Kind FROM AppUser u JOIN RoleAssignment r ON r.UserId = u.Id
            LEFT JOIN Organisation o ON o.Id = r.OrganisationId ORDER BY u.UserName
            """))
        {
            people.Add(new Person((string)row[0]!, (string)row[1]!), (string)row[3]!, (string)row[2]!, (string?)row[4] ?? "");
        }

        return people;
    }

    /// <summary>Where a user serves, and as what.</summary>
    public (string Unit, Post Post) PostOf(string userName) => _postByUser[userName];

    /// <summary>All user names.</summary>
    public IEnumerable<string> UserNames => _postByUser.Keys;

    /// <summary>All users by id.</summary>
    public IReadOnlyDictionary<string, string> UserNamesById => field ??= _serving.Values.ToDictionary(p => p.Id, p => p.UserName);

    /// <summary>All organisations by id.</summary>
    public IReadOnlyDictionary<string, (string Unit, string Kind)> Organisations => _organisationById;

    /// <summary>Who holds a post.</summary>
    public Person At(string unit, Post post) => _serving[(unit, post)];

    /// <summary>The organisation of a kind in a unit.</summary>
    public string OrganisationAt(string unit, string kind) => _organisations[(unit, kind)];

    /// <summary>Gives all units of the plan what the demo's units have.</summary>
    public static void Settle(Store store, CityPlan plan)
    {
        var people = Read(store);
        var kinds = people._organisations.Keys.ToLookup(o => o.Unit.Length, o => o.Kind);
        var posts = people._serving.Keys.ToLookup(p => p.Unit.Length, p => p.Post);
        var (units, organisations, users, roles) = (store.TableOf("Unit"), store.TableOf("Organisation"), store.TableOf("AppUser"), store.TableOf("RoleAssignment"));
        var unitLike = store.Rows(units, "WHERE Code LIKE '9901__' LIMIT 1")[0];
        var organisationLike = store.Rows(organisations, "").DistinctBy(o => o[organisations["Kind"]]).ToDictionary(o => (string)o[organisations["Kind"]]!);
        var userLike = store.Rows(users, "LIMIT 1")[0];
        var roleLike = store.Rows(roles, "").DistinctBy(r => r[roles["Role"]]).ToDictionary(r => (string)r[roles["Role"]]!);
        var known = store.Query("SELECT Code FROM Unit").Select(r => (string)r[0]!).ToHashSet();
        var random = new Random(9901);

        store.InTransaction(() =>
        {
            foreach (var unit in plan.Units)
            {
                var code = new UnitCode(unit);
                if (known.Add(unit))
                    store.Insert(units, units.Like(unitLike, ("Code", unit), ("Name", CityPlan.NameOf(unit)), ("Level", code.Level.ToString()), ("ParentCode", unit[..(int)code.Parent!.Value.Level])));
                foreach (var kind in kinds[unit.Length].Distinct().Where(kind => !people._organisations.ContainsKey((unit, kind))).ToList())
                {
                    var id = NewId();
                    store.Insert(organisations, organisations.Like(organisationLike[kind], ("Id", id), ("UnitCode", unit), ("Name", $"{CityPlan.NameOf(unit)}{Kinds[kind]}")));
                    people.Add(id, unit, kind);
                }

                foreach (var post in posts[unit.Length].Distinct().Where(post => !people._serving.ContainsKey((unit, post))).ToList())
                {
                    var person = new Person(NewId(), $"{post.Role}{post.Kind}{post.Number}.{unit}".ToLowerInvariant());
                    store.Insert(users, users.Like(userLike, ("Id", person.Id), ("UserName", person.UserName), ("NameKey", UserNameKeys.KeyOf(person.UserName)),
                        ("DisplayName", Names.Of(random)), ("SecurityStamp", NewId())));
                    store.Insert(roles, roles.Like(roleLike[post.Role], ("Id", NewId()), ("UserId", person.Id), ("UnitCode", unit),
                        ("OrganisationId", post.Kind.Length > 0 ? people.OrganisationAt(unit, post.Kind) : null)));
                }
            }
        });
    }

    private static string NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("D");

    private void Add(string id, string unit, string kind)
    {
        _organisations.Add((unit, kind), id);
        _organisationById.Add(id, (unit, kind));
    }

    private void Add(Person person, string unit, string role, string kind)
    {
        var number = 1;
        while (_serving.ContainsKey((unit, new Post(role, kind, number))))
            number++;
        var post = new Post(role, kind, number);
        _serving.Add((unit, post), person);
        _postByUser.Add(person.UserName, (unit, post));
    }
}
