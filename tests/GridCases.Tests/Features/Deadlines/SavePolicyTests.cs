using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Deadlines;
using GridCases.Jobs;
using GridCases.Pipeline;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.Deadlines;

/// <summary>An administrator changes the deadlines, having seen beforehand what that does.</summary>
[OnBothDatabases]
public class SavePolicyTests(Store store)
{
    private static readonly Sql Audited = new("SELECT UserName, DetailJson FROM AuditEntry WHERE Kind = 'SavePolicy'");
    private static readonly DateOnly Monday = new(2026, 2, 2);

    private City _city = null!;

    [SetUp]
    public async Task Build() => _city = await City.NewAsync(store);

    [TearDown]
    public ValueTask Remove() => _city.DisposeAsync();

    [Test]
    public async Task A_new_version_ends_the_former_one_the_day_before_and_is_on_record()
    {
        var saved = await _city.AsAsync("admin", Rules.Acceptance(2, new DateOnly(2026, 3, 1)));

        var versions = (await _city.AsAsync("auditor", new ListPolicies.Query())).Where(p => p.Stage == ClockKind.Acceptance).ToList();
        Assert.That(versions.Select(v => (v.Version, v.EffectiveTo, v.Limit)), Is.EqualTo(new[]
        {
            (1, (DateOnly?)new DateOnly(2026, 2, 28), (Limit?)Limit.WorkingDays(3)), (2, null, Limit.WorkingDays(2)),
        }));
        Assert.That(versions[1].Id, Is.EqualTo(saved.Policy.Id));
        var audit = await _city.Application.NewDb().QuerySingleAsync<AuditRow>(Audited);
        Assert.That(audit.UserName, Is.EqualTo("admin"));
        Assert.That(audit.DetailJson, Does.Contain(saved.Policy.Id.ToString()).And.Contain("\"effectiveFrom\":\"2026-03-01\""));
        Assert.That((await RunsAsync()).Single(), Has.Property("State").EqualTo(ListClockRuns.Stage.Waiting).And.Property("StartedBy").EqualTo("admin"));
    }

    [Test]
    public async Task A_preview_tells_what_saving_then_does_and_changes_nothing()
    {
        var @case = await _city.SubmittedAsync();
        _city.At(2, 4);
        await _city.SubmittedAsync("grid2", "990101001001002");
        var rule = Rules.Acceptance(1, new DateOnly(2026, 2, 4));

        var effect = await _city.AsAsync("admin", Rules.Asked(rule));
        Assert.That((effect.Cases, effect.Clocks), Is.EqualTo((2, 4)));
        Assert.That((effect.Before, effect.After), Is.EqualTo((new RulePreview.Lights(2, 0, 0), new RulePreview.Lights(1, 0, 1))), "three working days from Monday, warned one before; then one, without a warning");
        Assert.That((effect.TurnRed.Count, effect.TurnRed.Numbers.Single(), effect.Earlier.Count, effect.Later.Count), Is.EqualTo((1, @case.Number, 2, 0)));
        Assert.That((await _city.LookAsync("village1", @case.Id)).Light, Is.EqualTo(Light.Green));

        await _city.AsAsync("admin", rule);
        Assert.That(await ContinueAsync(), Is.EqualTo(new ContinueClockRuns.Result(1, 2, 0)));
        Assert.That((await _city.LookAsync("village1", @case.Id)).Light, Is.EqualTo(Light.Red));
        var back = await _city.AsAsync("auditor", Rules.Asked(Rules.Acceptance(3, new DateOnly(2026, 2, 4))));
        Assert.That((back.TurnBack.Count, back.TurnBack.Numbers.Single(), back.Later.Count), Is.EqualTo((1, @case.Number, 2)));
    }

    [Test]
    public async Task A_preview_counts_only_the_cases_of_the_administrators_own_subtree()
    {
        await _city.SubmittedAsync();
        await _city.SubmittedAsync("grid9", "990102001001001");
        var rule = Rules.Asked(Rules.Acceptance(1, Monday));
        Assert.That((await _city.AsAsync("admin", rule)).Cases, Is.EqualTo(2));

        await _city.Application.NewDb().ExecuteAsync(new Sql("""
            UPDATE RoleAssignment SET UnitCode = '990102' WHERE UserId = (SELECT Id FROM AppUser WHERE UserName = 'admin')
            """));
        var effect = await _city.AsAsync("admin", rule);
        Assert.That((effect.Cases, effect.Earlier.Count), Is.EqualTo((1, 1)));
        Assert.That(effect.Earlier.Numbers.Single(), Does.StartWith("9901022026"));
        var admin = await _city.PersonAsync("admin");
        Assert.ThrowsAsync<AccessDenied>(() => _city.Application.SendAsync(Rules.Acceptance(1, Monday), admin), "what holds for the whole city is not a district's to change");
    }

    [TestCase("district1.lead")]
    [TestCase("auditor")]
    public async Task Nobody_but_an_administrator_saves(string userName)
    {
        var caller = await _city.PersonAsync(userName);
        Assert.ThrowsAsync<AccessDenied>(() => _city.Application.SendAsync(Rules.Acceptance(1, Monday), caller));
    }

    [Test]
    public async Task What_cannot_be_a_rule_is_refused_field_by_field_with_what_to_do()
    {
        var admin = await _city.PersonAsync("admin");
        var wrong = Rules.Acceptance(3661, Monday.AddDays(-1)) with
        {
            WarningLead = new(3700, null),
            LaterLevels = [new(5, LimitUnit.WorkingDays), new(2, LimitUnit.WorkingDays), new(10, LimitUnit.WorkingDays), new(11, LimitUnit.WorkingDays)],
            MaxExtension = -1,
            Entrustment = Entrustment.PreFiling,
        };
        var refused = Assert.ThrowsAsync<InvalidInput>(() => _city.Application.SendAsync(wrong, admin))!;
        Assert.That(refused.Errors.Keys, Is.EquivalentTo(new[]
        {
            "limit.amount", "effectiveFrom", "warningLead.amount", "warningLead.unit", "warningLead", "laterLevels", "maxExtension", "track",
        }));
        Assert.That(refused.Errors["laterLevels"], Has.Length.EqualTo(2));

        var dated = Assert.ThrowsAsync<InvalidInput>(() => _city.Application.SendAsync(Rules.Acceptance(3, Monday) with { Stage = ClockKind.Performance }, admin))!;
        Assert.That(dated.Errors.Keys, Is.EqualTo(new[] { "limit" }));
        var empty = Assert.ThrowsAsync<InvalidInput>(() => _city.Application.SendAsync(new SavePolicy.Command(), admin))!;
        Assert.That(empty.Errors.Keys, Is.EquivalentTo(new[] { "stage", "effectiveFrom", "warningLead" }));
    }

    [Test]
    public async Task A_version_before_one_that_is_to_come_would_overlap_and_is_a_conflict()
    {
        await _city.AsAsync("admin", Rules.Acceptance(2, new DateOnly(2026, 3, 1)));
        var admin = await _city.PersonAsync("admin");
        Assert.That(Assert.ThrowsAsync<RuleViolation>(() => _city.Application.SendAsync(Rules.Acceptance(1, Monday), admin))!.Code, Is.EqualTo("PolicyBeginsLater"));
        Assert.That(Assert.ThrowsAsync<RuleViolation>(() => _city.Application.SendAsync(Rules.Asked(Rules.Acceptance(1, Monday)), admin))!.Code, Is.EqualTo("PolicyBeginsLater"));
    }

    [Test]
    public async Task A_rule_for_some_cases_moves_theirs_and_no_others()
    {
        var neighbours = await _city.SubmittedAsync();
        await _city.AsAsync("admin", Rules.Acceptance(5, Monday) with { Category = Category.Labour });
        Assert.That(await ContinueAsync(), Is.EqualTo(new ContinueClockRuns.Result(1, 0, 0)));
        await _city.AsAsync("admin", Rules.Acceptance(5, Monday) with { Category = Category.Neighbours });
        Assert.That(await ContinueAsync(), Is.EqualTo(new ContinueClockRuns.Result(1, 1, 0)));
        var clock = (await _city.LookAsync("village1", neighbours.Id)).Clocks.Single(c => c.Kind == ClockKind.Acceptance);
        Assert.That(LocalTime.Day(clock.DueAt), Is.EqualTo(new DateOnly(2026, 2, 9)));
    }

    private Task<ContinueClockRuns.Result> ContinueAsync() => _city.Application.SendAsync(new ContinueClockRuns.Command());

    private Task<IReadOnlyList<ListClockRuns.Run>> RunsAsync() => _city.AsAsync("admin", new ListClockRuns.Query());

    private sealed class AuditRow
    {
        public string UserName { get; init; } = "";
        public string DetailJson { get; init; } = "";
    }
}
