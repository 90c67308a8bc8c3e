using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Deadlines;
using GridCases.Features.Escalations;
using GridCases.Features.Imports;
using GridCases.Features.Installation;
using GridCases.Features.Notifications;
using GridCases.Features.Organisations;
using GridCases.Features.People;
using GridCases.Features.Subsidies;
using GridCases.Features.Units;
using GridCases.Features.Users;
using GridCases.Jobs;
using GridCases.Pipeline;
using GridCases.Tests.Data;
using GridCases.Tests.Features.Deadlines;
using static GridCases.Tests.Features.Imports.Workbooks;

namespace GridCases.Tests.Features;

/// <summary>
/// The same thing asked for several times at once. On SQLite one writer goes after the other; on SQL Server, where each reads what was committed when it began to read, what has to
/// hold is held by a unique key, a version, a condition in the update or a row that is held (docs/adr/0018).
/// </summary>
[OnBothDatabases]
public class AtOnceTests(Store store)
{
    private const int Many = 8;

    private static readonly UnitCode Village = new("990101001001"), Grid = new("990101001001001");
    private static readonly Guid Committee = new("0196c0de-9901-7000-8000-000000000007");
    private static readonly DateOnly Today = new(2026, 2, 2);

    private City _city = null!;

    [OneTimeSetUp]
    public async Task Build() => _city = await City.NewAsync(store);

    /// <summary>Each test has cases, people and days of its own.</summary>
    [SetUp]
    public void Begin() => _city.At(2, 2);

    [OneTimeTearDown]
    public async Task Remove() => await _city.DisposeAsync();

    [Test]
    public async Task Notices_are_marked_read_as_often_as_one_likes_and_counted_once()
    {
        await _city.Application.SendAsync(new DeliverOutbox.Command());
        await _city.AsAsync("village1", new MarkNotificationsRead.Command());
        for (var i = 0; i < 12; i++)
            await _city.SubmittedAsync();
        await _city.Application.SendAsync(new DeliverOutbox.Command());

        var marked = await AllDoneAsync(_ => _city.AsAsync("village1", new MarkNotificationsRead.Command()));

        Assert.That(marked.Sum(m => m.Marked), Is.EqualTo(12));
    }

    [Test]
    public async Task A_deputy_is_appointed_once()
    {
        await OnceAsync(_ => _city.AsAsync("admin", new AppointDeputy.Command("mediator.p1", "mediator.p2", Today, Today.AddDays(3))), nameof(RuleViolation));

        Assert.That(await CountAsync("Deputy WHERE ToDate = '2026-02-05'"), Is.EqualTo(1));
        Assert.That(await CountAsync("RoleAssignment WHERE DeputyId IS NOT NULL AND ToDate = '2026-02-05'"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_deputy_is_ended_once_and_on_record_once()
    {
        var deputy = await _city.AsAsync("admin", new AppointDeputy.Command("mediator.a1", "mediator.s1", Today, Today.AddDays(4)));

        await AllDoneAsync(_ => _city.AsAsync("admin", new EndDeputy.Command { Id = deputy.Id }));

        Assert.That(await CountAsync("RoleAssignment WHERE DeputyId IS NOT NULL AND ToDate = '2026-02-06'"), Is.Zero);
        Assert.That(await CountAsync("AuditEntry WHERE DetailJson LIKE '%EndDeputy%'"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_role_is_given_once()
    {
        await OnceAsync(_ => _city.AsAsync("admin", new AssignRole.Command { UserName = "grid1", Role = Role.GridHead, UnitCode = new("990101001001003") }), nameof(RuleViolation));

        Assert.That(await CountAsync("RoleAssignment WHERE UnitCode = '990101001001003' AND UserId = (SELECT Id FROM AppUser WHERE UserName = 'grid1')"), Is.EqualTo(1));
    }

    [Test]
    public Task A_user_name_is_taken_once() => OnceAsync(
        n => _city.AsAsync("admin", new CreateUser.Command { UserName = n % 2 == 0 ? "another.head" : "ANOTHER.head", DisplayName = "新网格长", Roles = [new RoleInput { Role = Role.GridHead, UnitCode = Grid }] }),
        nameof(RuleViolation));

    [Test]
    public async Task An_organisation_is_added_once()
    {
        await OnceAsync(
            _ => _city.AsAsync("admin", new CreateOrganisation.Command { Name = "一次调委会", Kind = OrganisationKind.PeoplesMediationCommittee, Track = MediationTrack.Peoples, UnitCode = Village }), nameof(RuleViolation));
        Assert.That(await CountAsync("Organisation WHERE Name = '一次调委会'"), Is.EqualTo(1));
    }

    [Test]
    public Task A_unit_is_added_once() => OnceAsync(_ => _city.AsAsync("admin", new CreateUnit.Command(new("990101001001077"), "新网格")), nameof(RuleViolation));

    [Test]
    public async Task A_unit_is_closed_once_and_what_it_has_moves_once()
    {
        await OnceAsync(_ => _city.AsAsync("admin", new CloseUnit.Command(Today, new("990102001001002"), "Decree") { Unit = new("990102001001001") }), nameof(RuleViolation));

        await AllDoneAsync(_ => _city.Application.SendAsync(new ApplyClosings.Command()));

        Assert.That(await CountAsync("RoleAssignment r JOIN AppUser u ON u.Id = r.UserId WHERE u.UserName = 'grid9' AND r.UnitCode = '990102001001002'"), Is.EqualTo(1));
    }

    [Test]
    public async Task Each_saved_policy_is_a_version_of_its_own_and_only_the_last_goes_on()
    {
        var saved = await AllDoneAsync(n => _city.AsAsync("admin", Rules.Acceptance(4 + n, new DateOnly(2026, 12, 1))));

        Assert.That(saved.Select(s => s.Policy.Version).Order(), Is.EqualTo(Enumerable.Range(2, Many)));
        Assert.That(await CountAsync("Policy WHERE Stage = 'Acceptance' AND EffectiveTo IS NULL"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_year_of_the_calendar_saved_several_times_is_there_once()
    {
        await AllDoneAsync(_ => _city.AsAsync("admin", Rules.Year2027));

        Assert.That((await CountAsync("CalendarYear WHERE [Year] = 2027"), await CountAsync("CalendarDay WHERE [Year] = 2027")), Is.EqualTo((1, 11)));
    }

    [Test]
    public Task A_subsidy_is_set_once_for_a_day() =>
        OnceAsync(_ => _city.AsAsync("admin", new SetSubsidyRate.Command(Today, null, AgreementForm.Oral, null, 50)), nameof(RuleViolation));

    [Test]
    public async Task Cases_registered_at_once_have_serials_without_a_gap()
    {
        var before = int.Parse((await _city.SubmittedAsync()).Number[^6..]);

        var cases = await AllDoneAsync(_ => _city.SubmittedAsync());

        Assert.That(cases.Select(c => int.Parse(c.Number[^6..])).Order(), Is.EqualTo(Enumerable.Range(before + 1, Many)));
    }

    [Test]
    public async Task Of_two_cases_merged_into_each_other_one_is_merged()
    {
        for (var round = 0; round < 4; round++)
        {
            var (a, b) = (await RegisteredAsync(), await RegisteredAsync());
            var outcomes = await AtOnceAsync(
                n => _city.AsAsync("grid1", new MergeCase.Command(n == 0 ? b.Id : a.Id, "one dispute") { CaseId = n == 0 ? a.Id : b.Id, ExpectedVersion = a.Version }), 2);

            Assert.That(outcomes.Count(o => o.Refusal is null), Is.EqualTo(1), string.Join(", ", outcomes.Select(o => o.Refusal)));
            Assert.That(new[] { (await _city.LookAsync("auditor", a.Id)).State, (await _city.LookAsync("auditor", b.Id)).State }.Count(s => s == CaseState.Merged), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Two_cases_are_linked_once_from_whichever_side()
    {
        var (a, b) = (await _city.SubmittedAsync(), await _city.SubmittedAsync());

        await OnceAsync(
            n => _city.AsAsync("village1", new LinkCases.Command(n % 2 == 0 ? b.Id : a.Id, "one fence") { CaseId = n % 2 == 0 ? a.Id : b.Id, ExpectedVersion = 1 }),
            nameof(RuleViolation), nameof(StaleVersion));

        Assert.That(await CountAsync($"CaseLink WHERE CaseId IN ('{a.Id}', '{b.Id}')"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_card_is_issued_once()
    {
        var @case = await _city.SubmittedAsync();

        await OnceAsync(
            _ => _city.AsAsync("village1.lead", new IssueCard(CardColor.Yellow, Today.AddDays(3), "请尽快办理") { CaseId = @case.Id, ExpectedVersion = @case.Version }), nameof(StaleVersion), nameof(RuleViolation));

        Assert.That(await CountAsync($"SupervisionCard WHERE CaseId = '{@case.Id}'"), Is.EqualTo(1));
    }

    [Test]
    public async Task An_escalation_is_acknowledged_once_and_on_record_once()
    {
        var @case = await _city.SubmittedAsync();
        var escalation = await EscalationAsync(@case, 6);

        await OnceAsync(_ => _city.AsAsync("village1.lead", new AcknowledgeEscalation("已知悉") { EscalationId = escalation }), nameof(RuleViolation));

        Assert.That(await CountAsync($"CaseEvent WHERE [Action] = 'AcknowledgeEscalation' AND CaseId = '{@case.Id}'"), Is.EqualTo(1));
    }

    [Test]
    public async Task Escalations_acknowledged_in_batches_are_counted_once()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 4; i++)
        {
            _city.At(2, 2);
            ids.Add(await EscalationAsync(await _city.SubmittedAsync(), 6));
        }

        var results = await AllDoneAsync(n => _city.AsAsync("village1.lead", new AcknowledgeEscalations.Command(n % 2 == 0 ? ids : [.. Enumerable.Reverse(ids)], null)));

        Assert.That(results.Sum(r => r.Acknowledged), Is.EqualTo(4));
    }

    [Test]
    public async Task More_time_is_granted_once_on_one_escalation()
    {
        var @case = await AcceptedAsync();
        var escalation = await EscalationAsync(@case, 10);

        await OnceAsync(_ => _city.AsAsync("village1.lead", new GrantExtension(2, "还需两天") { EscalationId = escalation }), nameof(RuleViolation));

        Assert.That((await _city.LookAsync("village1", @case.Id)).Extensions.Select(e => e.GrantedDays), Is.EqualTo(new[] { 2 }));
    }

    [Test]
    public async Task What_waits_for_a_mediator_goes_over_once()
    {
        for (var i = 0; i < 4; i++)
            await AssignedAsync("mediator.p1");

        var done = await AllDoneAsync(_ => _city.AsAsync("admin", new HandOver.Command("mediator.p1", "mediator.p2", "Moves away")));

        Assert.That(done.Sum(d => d.Moved.Count), Is.EqualTo(4));
    }

    [Test]
    public async Task A_user_is_deactivated_once()
    {
        var leaver = new CreateUser.Command
        {
            UserName = "leaver",
            DisplayName = "要走的",
            Roles = [new RoleInput { Role = Role.Mediator, UnitCode = new("990101001"), OrganisationId = Committee }],
        };
        await _city.AsAsync("admin", leaver);
        var @case = await AssignedAsync("leaver");

        await OnceAsync(_ => _city.AsAsync("admin", new DeactivateUser.Command { UserName = "leaver", Reason = "Moves away", HandOverTo = "mediator.p2" }), nameof(RuleViolation));

        Assert.That(await CountAsync($"CaseEvent WHERE [Action] = 'HandOver' AND CaseId = '{@case.Id}'"), Is.EqualTo(1));
    }

    [Test]
    public async Task An_organisation_that_is_closed_has_no_case_given_to_it_at_the_same_time()
    {
        for (var round = 0; round < 4; round++)
        {
            var organisation = await _city.AsAsync(
                "admin", new CreateOrganisation.Command { Name = $"调委会 {round}", Kind = OrganisationKind.PeoplesMediationCommittee, Track = MediationTrack.Peoples, UnitCode = Village });
            var @case = await AcceptedAsync();

            var outcomes = await AtOnceAsync<object>(
                async n => n == 0
                    ? await _city.AsAsync("admin", new ChangeOrganisation.Command { OrganisationId = organisation.Id, ClosedOn = Today })
                    : await _city.AsAsync("village1", new AssignMediation.Command(MediationTrack.Peoples, organisation.Id, null, null) { CaseId = @case.Id, ExpectedVersion = @case.Version }),
                2);

            Assert.That(outcomes.Count(o => o.Refusal is null), Is.EqualTo(1), string.Join(", ", outcomes.Select(o => o.Refusal)));
        }
    }

    [Test]
    public async Task An_import_is_applied_once_and_its_passwords_are_told_once()
    {
        var import = await UploadAsync(Of(UnitRows(["990101001001088", "新网格"]), PersonRows(["new.head", "新网格长", "13912345678"]), RoleRows(["new.head", "网格长", "990101001001088", null, "2026-01-01"])));

        await OnceAsync(_ => _city.AsAsync("admin", new ApplyImport.Command(import)), nameof(RuleViolation));
        Assert.That((await AllDoneAsync(_ => _city.Application.SendAsync(new ContinueImports.Command()))).Sum(r => r.Continued), Is.EqualTo(1));
        var told = await OnceAsync(_ => _city.AsAsync("admin", new TakeCredentials.Command(import)), nameof(Gone));

        Assert.That(told.Credentials.Select(c => c.UserName), Is.EqualTo(new[] { "new.head" }));
        Assert.That(await CountAsync("RoleAssignment r JOIN AppUser u ON u.Id = r.UserId WHERE u.UserName = 'new.head'"), Is.EqualTo(1));
    }

    [Test]
    public async Task Two_imports_of_one_new_organisation_add_it_once()
    {
        var applied = await CountAsync("CityImport WHERE State = 'Applied'");
        var file = Of(OrganisationRows(["新调委会", "人民调解委员会", "Peoples", Village.Value]));
        var imports = new[] { await UploadAsync(file), await UploadAsync(file) };
        foreach (var import in imports)
            await _city.AsAsync("admin", new ApplyImport.Command(import));

        await AllDoneAsync(_ => _city.Application.SendAsync(new ContinueImports.Command()));
        await _city.Application.SendAsync(new ContinueImports.Command());

        Assert.That(await CountAsync("Organisation WHERE Name = '新调委会'"), Is.EqualTo(1));
        Assert.That(await CountAsync("CityImport WHERE State = 'Applied'"), Is.EqualTo(applied + 2));
    }

    [Test]
    public async Task A_session_is_ended_once()
    {
        var signedIn = await _city.Application.SendAsync(new SignIn.Command { UserName = "grid1", Password = "demo" }, Caller.Anonymous);

        await OnceAsync(_ => _city.AsAsync("grid1", new EndSession.Command(signedIn.SessionId)), nameof(NotFound));
    }

    [Test]
    public async Task An_account_saved_in_several_windows_has_what_one_of_them_says()
    {
        await AllDoneAsync(n => _city.AsAsync("grid1", new SaveAccount.Command { Phone = $"1391234567{n}", LargeType = n % 2 == 0 }));

        var account = await _city.AsAsync("grid1", new GetAccount.Query());
        Assert.That(account.LargeType, Is.EqualTo((account.Phone![^1] - '0') % 2 == 0), "phone and letters of one window");
    }

    [Test]
    public async Task An_app_is_begun_with_one_secret()
    {
        var begun = await AllDoneAsync(_ => _city.AsAsync("town1", new SetUpSecondFactor.Begin()));

        Assert.That(begun.Select(b => b.Secret).Distinct(), Has.Exactly(1).Items);
    }

    [Test]
    public async Task A_recovery_code_is_taken_once()
    {
        var begun = await _city.AsAsync("grid2", new SetUpSecondFactor.Begin());
        var confirmed = await OnceAsync(_ => _city.AsAsync("grid2", new SetUpSecondFactor.Confirm(CodeOf(begun.Secret!))), nameof(InvalidInput));

        await OnceAsync(
            _ => _city.Application.SendAsync(new SignIn.Command { UserName = "grid2", Password = "demo", Code = confirmed.RecoveryCodes[0] }, Caller.Anonymous), nameof(NotSignedIn), nameof(Throttled));
    }

    [Test]
    public async Task A_user_is_linked_once_with_an_identity() => await OnceAsync(
        n => _city.AsAsync("admin", new LinkExternalLogin.Command($"subject-{n % 2}", "https://id.example.cn") { UserName = "grid1" }), nameof(RuleViolation));

    [Test]
    public async Task A_unit_renamed_by_several_has_one_of_the_names_and_each_change_on_record_begins_where_the_one_before_ended()
    {
        await AllDoneAsync(n => _city.AsAsync("admin", new RenameUnit.Command($"网格 {n}") { Unit = Grid }));

        var changes = await _city.Application.NewDb().QueryAsync<string>(new Sql("SELECT DetailJson FROM AuditEntry WHERE DetailJson LIKE '%RenameUnit%' ORDER BY Id"));
        var steps = changes.Select(c => System.Text.Json.JsonDocument.Parse(c).RootElement).Select(c => (Before: c.GetProperty("before").GetProperty("name").GetString(), After: c.GetProperty("after").GetProperty("name").GetString())).ToList();
        Assert.That(steps.Select(s => s.Before), Is.Unique);
        Assert.That(steps.Select(s => s.Before).Intersect(steps.Select(s => s.After)).Count(), Is.EqualTo(Many - 1));
    }

    [Test]
    public async Task A_first_administrator_is_made_once()
    {
        await using var application = await StartedApplication.OnAnEmptyFolderAsync(store, _city.Now);
        var command = new CreateFirstAdministrator.Command { UserName = "root", Password = "a long enough password", CityCode = "9902", CityName = "某市" };

        var made = await AllDoneAsync(_ => application.SendAsync(command));

        Assert.That(made.Count(m => m), Is.EqualTo(1));
    }

    private static string CodeOf(string secret)
    {
        const string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(secret.Select(c => Convert.ToString(digits.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        byte[] bytes = [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(8 * i, 8), 2))];
        return Rfc6238.CodeAt(bytes, Rfc6238.StepAt(new DateTimeOffset(2026, 2, 2, 1, 0, 0, TimeSpan.Zero)));
    }

    /// <summary>The escalation of a case whose clock has lapsed by that day of February.</summary>
    private async Task<Guid> EscalationAsync(CaseView @case, int day)
    {
        _city.At(2, day);
        await _city.SweepAsync();
        return (await _city.QueueAsync("village1.lead", new ListEscalations.Query { Limit = 200 })).Single(e => e.CaseId == @case.Id).Id;
    }

    private Task<CaseView> RegisteredAsync() => _city.AsAsync("grid1", new RegisterCase.Command
    {
        Title = "宅基地界址",
        Category = Category.Neighbours,
        Place = new RegisterCase.PlaceInput(Grid, null, null, null),
        Parties = [new RegisterCase.PartyInput(PartyRole.Applicant, PartyKind.Person, "甲", null, null, null, null)],
    });

    private async Task<CaseView> AcceptedAsync() => await _city.ActAsync("village1", await _city.SubmittedAsync(), new AcceptCase());

    private async Task<CaseView> AssignedAsync(string mediator) =>
        await _city.ActAsync("village1", await AcceptedAsync(), new AssignMediation.Command(MediationTrack.Peoples, Committee, mediator, null));

    private async Task<Guid> UploadAsync(byte[] content)
    {
        var id = Guid.CreateVersion7(_city.Now);
        await using var file = await _city.Application.Attachments.ReceiveAsync(id, new MemoryStream(content), 1 << 24, CancellationToken.None);
        await _city.AsAsync("admin", new StartImport.Command { Id = id, FileName = "city.xlsx", SealedKey = file.KeyCipher });
        await file.KeepAsync(CancellationToken.None);
        await _city.Application.SendAsync(new ContinueImports.Command());
        return id;
    }

    private Task<int> CountAsync(string what) => _city.Application.NewDb().QuerySingleAsync<int>(new Sql($"SELECT COUNT(*) FROM {what}"));

    /// <summary>Does it many times at once: once it is done, and the others are told so.</summary>
    private static async Task<T> OnceAsync<T>(Func<int, Task<T>> work, params string[] refusals)
    {
        var outcomes = await AtOnceAsync(work, Many);
        var told = string.Join(", ", outcomes.Select(o => o.Refusal ?? "done"));
        Assert.That(outcomes.Select(o => o.Refusal).OfType<string>(), Has.Exactly(Many - 1).Items.And.All.AnyOf([.. refusals]), told);
        return outcomes.Single(o => o.Refusal is null).Result!;
    }

    /// <summary>Does it many times at once: each time it is done.</summary>
    private static async Task<IReadOnlyList<T>> AllDoneAsync<T>(Func<int, Task<T>> work)
    {
        var outcomes = await AtOnceAsync(work, Many);
        Assert.That(outcomes.Select(o => o.Refusal), Is.All.Null);
        return [.. outcomes.Select(o => o.Result!)];
    }

    private static async Task<(T? Result, string? Refusal)[]> AtOnceAsync<T>(Func<int, Task<T>> work, int times)
    {
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var all = Enumerable.Range(0, times).Select(n => Task.Run(async () =>
        {
            await begin.Task;
            try
            {
                return (await work(n), (string?)null);
            }
            catch (Exception e) when (e is not AssertionException)
            {
                return (default(T?), e.GetType().Name);
            }
        })).ToArray();
        begin.SetResult();
        return await Task.WhenAll(all);
    }
}
