using System.Text.Json;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Organisations;
using GridCases.Features.People;
using GridCases.Features.Users;
using GridCases.Pipeline;
using GridCases.Security;
using GridCases.Tests.Data;
using MediatR;
using Microsoft.Extensions.Options;

namespace GridCases.Tests.Features.People;

/// <summary>People who come, change their work and leave, as their administrators see to it.</summary>
[OnBothDatabases]
public class PeopleTests(Store store)
{
    private const string Grid = "990101001001001", OtherGrid = "990101001001002", Elsewhere = "990102001001001";
    private static readonly Guid Committee = new("0196c0de-9901-7000-8000-000000000007");
    private static readonly Guid OtherDistrictsCommittee = new("0196c0de-9901-7000-8000-000000000009");

    private static readonly Sql FindUser = new("SELECT PasswordHash, SecurityStamp, PhoneCipher, PasswordChangeRequired, DeactivatedAt FROM AppUser WHERE UserName = @userName");
    private static readonly Sql FindChanges = new("SELECT DetailJson FROM AuditEntry WHERE Kind = 'Change' AND UserName = @userName ORDER BY [At], Id");
    private static readonly Sql CountFailures = new("SELECT COUNT(*) FROM SignInFailure WHERE NameHash = @nameHash");

    private City _city = null!;

    [OneTimeSetUp]
    public async Task BuildAsync()
    {
        _city = await City.NewAsync(store);
        await CreateAsync("admin", "district.admin", Role.Administrator, "990101");
    }

    [OneTimeTearDown]
    public async Task RemoveAsync() => await _city.DisposeAsync();

    [Test]
    public async Task Who_is_new_signs_in_with_the_temporary_password_and_has_to_choose_another()
    {
        var created = await CreateAsync("district.admin", "Ｎew.Head", Role.GridHead, Grid, phone: "139 5555 0101");
        Assert.That(created.User.UserName, Is.EqualTo("New.Head"), "wide letters are narrow ones");
        Assert.That((created.User.Phone, created.User.PasswordChangeRequired), Is.EqualTo(("139 5555 0101", true)));

        var signedIn = await _city.Application.SendAsync(new SignIn.Command { UserName = "NEW.HEAD", Password = created.TemporaryPassword }, Caller.Anonymous);
        Assert.That(signedIn.UserName, Is.EqualTo("New.Head"));
        var stored = await StoredAsync("New.Head");
        Assert.That(stored.PasswordChangeRequired, Is.True);
        Assert.That(stored.PhoneCipher, Does.Not.Contain("5555").And.Not.Contain("139 "));
        Assert.That(_city.Application.Reveal(stored.PhoneCipher), Is.EqualTo("139 5555 0101"));
        Assert.That((await _city.AsAsync("admin", new ListUsers.Query { Q = "new.head" })).Items.Single().Phone, Is.EqualTo("139******0101"), "lists mask it");
    }

    [Test]
    public async Task A_user_name_is_taken_however_it_is_spelled()
    {
        await CreateAsync("admin", "taken.name", Role.GridHead, Grid);
        await RefusedAsync("UserNameTaken", () => CreateAsync("admin", "TAKEN.ＮAME", Role.GridHead, Grid));
        foreach (var wrong in new[] { "system", "System", "a", "has blank", "slash/name", "line\nbreak", "\uD800\uD800\uD800" })
            Assert.That(await FieldsAsync(() => CreateAsync("admin", wrong, Role.GridHead, Grid)), Is.EqualTo(new[] { "userName" }), wrong);
    }

    [TestCase(Role.GridHead, "990101001001", "roles[0].unitCode", Description = "a village has no grid head")]
    [TestCase(Role.CentreOfficer, Grid, "roles[0].unitCode", Description = "a grid has no centre")]
    [TestCase(Role.CentreOfficer, "9901", "roles[0].unitCode", Description = "the city has no centre")]
    [TestCase(Role.Supervisor, Grid, "roles[0].unitCode")]
    [TestCase(Role.Mediator, "990101001", "roles[0].organisationId", Description = "a mediator belongs to an organisation")]
    public async Task A_role_is_given_only_where_it_is_held(Role role, string unit, string field) =>
        Assert.That(await FieldsAsync(() => CreateAsync("admin", $"misplaced.{role}", role, unit)), Is.EqualTo(new[] { field }));

    [Test]
    public async Task A_mediator_serves_in_the_organisations_unit_and_nobody_else_in_an_organisation()
    {
        Assert.That(await FieldsAsync(() => CreateAsync("admin", "mediator.x1", Role.Mediator, "990101", Committee)), Is.EqualTo(new[] { "roles[0].unitCode" }));
        Assert.That(await FieldsAsync(() => CreateAsync("admin", "mediator.x1", Role.GridHead, Grid, Committee)), Is.EqualTo(new[] { "roles[0].organisationId" }));
        Assert.That(await FieldsAsync(() => CreateAsync("district.admin", "mediator.x1", Role.Mediator, "990102001", OtherDistrictsCommittee)),
            Is.EquivalentTo(new[] { "roles[0].unitCode", "roles[0].organisationId" }), "another district's is like none");
        var created = await CreateAsync("district.admin", "mediator.x1", Role.Mediator, "990101001", Committee);
        Assert.That(created.User.Roles.Single().OrganisationName, Is.EqualTo("锦棠街道人民调解委员会"));
    }

    [Test]
    public async Task What_lies_outside_is_answered_like_what_does_not_exist()
    {
        var outside = await ThrownAsync<InvalidInput>(() => CreateAsync("district.admin", "outside.1", Role.GridHead, Elsewhere));
        var missing = await ThrownAsync<InvalidInput>(() => CreateAsync("district.admin", "outside.1", Role.GridHead, "990101001001999"));
        Assert.That(outside.Errors, Is.EqualTo(missing.Errors));
        await ThrownAsync<NotFound>(() => _city.AsAsync("district.admin", new GetUser.Query("grid9")));
        await ThrownAsync<NotFound>(() => _city.AsAsync("district.admin", new GetUser.Query("nobody.there")));
        Assert.That((await _city.AsAsync("district.admin", new ListUsers.Query { Limit = 200 })).Items.Select(u => u.UserName), Does.Contain("grid1").And.Not.Contain("grid9").And.Not.Contain("admin"));
        await ThrownAsync<NotFound>(() => _city.AsAsync("district.admin", new ListUsers.Query { Unit = new UnitCode("990102") }));
        Assert.That((await _city.AsAsync("admin", new ListUsers.Query { Unit = new UnitCode("990102"), Limit = 200 })).Items.Select(u => u.UserName), Does.Contain("grid9").And.Not.Contain("grid1"));
    }

    [Test]
    public async Task Roles_come_overlap_never_and_end_with_the_next_request()
    {
        var created = await CreateAsync("admin", "changes.often", Role.GridHead, Grid);
        var signedIn = await _city.Application.SendAsync(new SignIn.Command { UserName = "changes.often", Password = created.TemporaryPassword }, Caller.Anonymous);
        await RefusedAsync("RoleHeldSince", () => AssignAsync("changes.often", Role.GridHead, Grid));
        var coming = await AssignAsync("changes.often", Role.GridHead, OtherGrid, from: new DateOnly(2026, 3, 1), to: new DateOnly(2026, 3, 31));
        Assert.That(coming.State, Is.EqualTo(RoleState.Coming));
        await RefusedAsync("RoleHeldUntil", () => AssignAsync("changes.often", Role.GridHead, OtherGrid, from: new DateOnly(2026, 3, 31)));
        await AssignAsync("changes.often", Role.GridHead, OtherGrid, from: new DateOnly(2026, 4, 1));

        var user = await _city.AsAsync("admin", new GetUser.Query("changes.often"));
        var first = user.Roles.Single(r => r.State is RoleState.Held);
        await _city.AsAsync("admin", new EndRole.Command { UserName = "changes.often", RoleId = first.Id });
        var found = await new Callers(_city.Application.NewDb(), _city.Application.Time, _city.Application.Machine, Options.Create(new SignIn.Settings())).FindAsync(signedIn.SessionId, CancellationToken.None);
        Assert.That(found!.Caller.Roles, Is.Empty, "over at once");
        await RefusedAsync("RoleOver", () => _city.AsAsync("admin", new EndRole.Command { UserName = "changes.often", RoleId = first.Id }));

        var taken = await _city.AsAsync("admin", new EndRole.Command { UserName = "changes.often", RoleId = coming.Id });
        Assert.That((taken.State, taken.To), Is.EqualTo((RoleState.Over, new DateOnly(2026, 2, 28))));
        await AssignAsync("changes.often", Role.GridHead, OtherGrid, from: new DateOnly(2026, 3, 1), to: new DateOnly(2026, 3, 31));
        Assert.That((await _city.AsAsync("admin", new GetUser.Query("changes.often"))).Roles, Has.Count.EqualTo(4), "nothing is deleted");
    }

    [Test]
    public async Task Who_serves_elsewhere_too_is_nobodys_account_below()
    {
        await CreateAsync("admin", "in.both", Role.GridHead, Grid);
        await AssignAsync("in.both", Role.Supervisor, "990102", from: new DateOnly(2026, 6, 1));
        foreach (var command in new IBaseRequest[]
        {
            new ResetPassword.Command("in.both"), new UnlockUser.Command("in.both"), new SignOutUser.Command("in.both"),
            new ChangeUser.Command { UserName = "in.both", DisplayName = "改名" }, new DeactivateUser.Command { UserName = "in.both", Reason = "越权" },
        })
        {
            var refused = await ThrownAsync<AccessDenied>(() => SendAsync("district.admin", command));
            Assert.That(refused.Code, Is.EqualTo(AccessDenied.ServesElsewhere), command.ToString());
        }

        Assert.That(await FieldsAsync(() => _city.AsAsync("district.admin", new ResetPasswords.Command(["grid2", "in.both"]))), Is.EqualTo(new[] { "userNames" }));
        Assert.That((await StoredAsync("grid2")).PasswordChangeRequired, Is.False, "all or none");
        var seen = await _city.AsAsync("district.admin", new GetUser.Query("in.both"));
        Assert.That((seen.ServesElsewhere, seen.Roles.Count), Is.EqualTo((true, 1)), "the other role is not shown");
        Assert.That((await _city.AsAsync("admin", new GetUser.Query("in.both"))).Roles, Has.Count.EqualTo(2));
        var elsewhere = (await _city.AsAsync("admin", new GetUser.Query("in.both"))).Roles.Single(r => r.UnitCode.Value == "990102");
        await ThrownAsync<NotFound>(() => _city.AsAsync("district.admin", new EndRole.Command { UserName = "in.both", RoleId = elsewhere.Id }));
        await _city.AsAsync("district.admin", new EndRole.Command { UserName = "in.both", RoleId = seen.Roles.Single().Id });
    }

    [Test]
    public async Task Nobody_raises_or_removes_oneself()
    {
        await RefusedAsync("OwnAccess", () => _city.AsAsync("district.admin", new AssignRole.Command { UserName = "district.admin", Role = Role.Supervisor, UnitCode = new UnitCode("990101") }));
        await RefusedAsync("OwnAccess", () => _city.AsAsync("admin", new ResetPassword.Command("admin")));
        await RefusedAsync("OwnAccess", () => _city.AsAsync("admin", new DeactivateUser.Command { UserName = "admin", Reason = "离职" }));
        var own = (await _city.AsAsync("district.admin", new GetUser.Query("district.admin"))).Roles.Single();
        await RefusedAsync("OwnAccess", () => _city.AsAsync("district.admin", new EndRole.Command { UserName = "district.admin", RoleId = own.Id }));
        Assert.That(await FieldsAsync(() => CreateAsync("district.admin", "my.friend", Role.Administrator, "9901")), Is.EqualTo(new[] { "roles[0].unitCode" }));
    }

    [Test]
    public async Task A_reset_ends_every_session_and_opens_a_locked_name()
    {
        await CreateAsync("admin", "forgetful", Role.GridHead, Grid);
        var before = await StoredAsync("forgetful");
        for (var i = 0; i < 5; i++)
            await ThrownAsync<NotSignedIn>(() => _city.Application.SendAsync(new SignIn.Command { UserName = "forgetful", Password = "guess" }, Caller.Anonymous));
        Assert.That((await _city.AsAsync("admin", new GetUser.Query("forgetful"))).LockedUntil, Is.Not.Null);

        var reset = await _city.AsAsync("admin", new ResetPassword.Command("forgetful"));
        var after = await StoredAsync("forgetful");
        Assert.That(after.SecurityStamp, Is.Not.EqualTo(before.SecurityStamp));
        Assert.That(after.PasswordHash, Is.Not.EqualTo(before.PasswordHash).And.Not.Contain(reset.TemporaryPassword));
        await _city.Application.SendAsync(new SignIn.Command { UserName = "forgetful", Password = reset.TemporaryPassword.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant() }, Caller.Anonymous);
    }

    [Test]
    public async Task Unlocking_forgets_the_wrong_guesses_of_that_name_alone()
    {
        await CreateAsync("admin", "mistyper", Role.GridHead, Grid);
        for (var i = 0; i < 5; i++)
            await ThrownAsync<NotSignedIn>(() => _city.Application.SendAsync(new SignIn.Command { UserName = "mistyper", Password = "guess" }, Caller.Anonymous));
        await ThrownAsync<NotSignedIn>(() => _city.Application.SendAsync(new SignIn.Command { UserName = "village9", Password = "guess" }, Caller.Anonymous));
        Assert.That(await CountAsync("MISTYPER"), Is.Positive);

        Assert.That((await _city.AsAsync("admin", new UnlockUser.Command("mistyper"))).LockedUntil, Is.Null);
        Assert.That((await CountAsync("MISTYPER"), await CountAsync("VILLAGE9")), Is.EqualTo((0, 1)).Or.EqualTo((0, 2)));
        await ThrownAsync<NotSignedIn>(() => _city.Application.SendAsync(new SignIn.Command { UserName = "mistyper", Password = "guess" }, Caller.Anonymous));

        async Task<int> CountAsync(string key) => await _city.Application.NewDb().QuerySingleAsync<int>(CountFailures, new { nameHash = HexHash.OfText(key) });
    }

    [Test]
    public async Task Who_has_left_signs_in_no_more_holds_no_role_and_can_come_back()
    {
        var created = await CreateAsync("admin", "leaver", Role.GridHead, Grid);
        await AssignAsync("leaver", Role.GovernanceAssistant, Grid, from: new DateOnly(2026, 5, 1));
        var before = await StoredAsync("leaver");

        var left = await _city.AsAsync("district.admin", new DeactivateUser.Command { UserName = "leaver", Reason = "退休" });
        Assert.That((left.User.DeactivatedAt, left.User.Roles.Count), Is.EqualTo((_city.Now, 2)));
        Assert.That(left.User.Roles.Select(r => r.State), Is.All.EqualTo(RoleState.Over));
        Assert.That((await StoredAsync("leaver")).SecurityStamp, Is.Not.EqualTo(before.SecurityStamp));
        await ThrownAsync<NotSignedIn>(() => _city.Application.SendAsync(new SignIn.Command { UserName = "leaver", Password = created.TemporaryPassword }, Caller.Anonymous));
        await RefusedAsync("UserDeactivated", () => AssignAsync("leaver", Role.GridHead, Grid));
        await RefusedAsync("UserDeactivated", () => _city.AsAsync("admin", new ResetPassword.Command("leaver")));

        var back = await _city.AsAsync("district.admin", new ReactivateUser.Command("leaver"));
        await _city.Application.SendAsync(new SignIn.Command { UserName = "leaver", Password = back.TemporaryPassword }, Caller.Anonymous);
        await AssignAsync("leaver", Role.GridHead, Grid);
        await RefusedAsync("UserNotDeactivated", () => _city.AsAsync("admin", new ReactivateUser.Command("leaver")));
    }

    [Test]
    public async Task A_leavers_cases_go_to_a_colleague_in_the_same_act_and_deputies_end_with_the_role()
    {
        await CreateAsync("admin", "mediator.leaver", Role.Mediator, "990101001", Committee);
        await _city.AsAsync("district.admin", new AppointDeputy.Command("mediator.leaver", "mediator.p2", new DateOnly(2026, 2, 2), new DateOnly(2026, 2, 20)));
        var @case = await _city.SubmittedAsync();
        await _city.ActAsync("village1", @case, new AcceptCase());
        await _city.ActAsync("village1", @case, new AssignMediation.Command(MediationTrack.Peoples, Committee, "mediator.leaver", null));
        Assert.That((await _city.AsAsync("admin", new GetUser.Query("mediator.p2"))).Roles.Count(r => r is { DeputyFor: "mediator.leaver", State: RoleState.Held }), Is.EqualTo(1));
        var standsIn = (await _city.AsAsync("admin", new GetUser.Query("mediator.p2"))).Roles.Single(r => r.DeputyFor is not null);
        await RefusedAsync("RoleOfDeputy", () => _city.AsAsync("admin", new EndRole.Command { UserName = "mediator.p2", RoleId = standsIn.Id }));

        Assert.That(await FieldsAsync(() => _city.AsAsync("district.admin", new DeactivateUser.Command { UserName = "mediator.leaver", Reason = "退休", HandOverTo = "nobody.there" })), Is.EqualTo(new[] { "handOverTo" }));
        Assert.That((await StoredAsync("mediator.leaver")).DeactivatedAt, Is.Null, "both or neither");
        var left = await _city.AsAsync("district.admin", new DeactivateUser.Command { UserName = "mediator.leaver", Reason = "退休", HandOverTo = "mediator.p1" });
        Assert.That(left.HandedOver!.Moved, Is.EqualTo(new[] { @case.Id }));
        Assert.That((await _city.LookAsync("mediator.p1", @case.Id)).Holder.Mediator, Is.EqualTo("mediator.p1"));
        Assert.That((await _city.AsAsync("admin", new GetUser.Query("mediator.p2"))).Roles.Count(r => r is { DeputyFor: "mediator.leaver", State: RoleState.Held }), Is.Zero);
    }

    [Test]
    public async Task Every_change_is_audited_with_old_and_new_and_without_phone_or_password()
    {
        await CreateAsync("admin", "second.admin", Role.Administrator, "990101");
        var created = await CreateAsync("second.admin", "audited", Role.GridHead, Grid, phone: "13955550202");
        await _city.AsAsync("second.admin", new ChangeUser.Command { UserName = "audited", DisplayName = "改名后", Phone = "13955550303" });
        await _city.AsAsync("second.admin", new ChangeUser.Command { UserName = "audited", DisplayName = "改名后" });
        var role = created.User.Roles.Single();
        await _city.AsAsync("second.admin", new EndRole.Command { UserName = "audited", RoleId = role.Id, On = new DateOnly(2026, 2, 20) });
        await _city.AsAsync("second.admin", new AssignRole.Command { UserName = "audited", Role = Role.GridHead, UnitCode = new UnitCode(Grid), From = new DateOnly(2026, 2, 21) });
        var slips = await _city.AsAsync("second.admin", new ResetPasswords.Command(["audited"]));
        await _city.AsAsync("second.admin", new SignOutUser.Command("audited"));
        await _city.AsAsync("second.admin", new UnlockUser.Command("audited"));
        await _city.AsAsync("second.admin", new DeactivateUser.Command { UserName = "audited", Reason = "调离" });
        await _city.AsAsync("second.admin", new ReactivateUser.Command("audited"));

        var changes = await _city.Application.NewDb().QueryAsync<string>(FindChanges, new { userName = "second.admin" });
        var byWhat = changes.ToLookup(c => JsonDocument.Parse(c).RootElement.GetProperty("what").GetString());
        Assert.That(byWhat.Select(what => what.Key), Is.EquivalentTo(new[]
        {
            "CreateUser", "ChangeUser", "EndRole", "AssignRole", "ResetPassword", "SignOutUser", "UnlockUser", "DeactivateUser", "ReactivateUser",
        }));
        Assert.That(changes, Has.Count.EqualTo(9), "a change that changes nothing is none");
        Assert.That(changes, Is.All.Contain("\"subject\":\"audited\"").And.All.Contain("\"unit\":\"990101001001001\""));
        Assert.That(byWhat["ChangeUser"].Single(), Does.Contain("\"before\":{\"displayName\":\"新人\"}").And.Contain("\"after\":{\"displayName\":\"改名后\",\"phoneChanged\":true}"));
        Assert.That(byWhat["EndRole"].Single(), Does.Contain("\"to\":null").And.Contain("\"to\":\"2026-02-20\""));
        Assert.That(byWhat["DeactivateUser"].Single(), Does.Contain("调离"));
        Assert.That(string.Concat(changes), Does.Not.Contain("139555").And.Not.Contain(created.TemporaryPassword).And.Not.Contain(slips.Single().TemporaryPassword).And.Not.Contain("sha256"));
    }

    [Test]
    public async Task An_organisation_comes_is_renamed_and_closed_when_it_has_no_case_in_hand()
    {
        var made = await _city.AsAsync("district.admin", new CreateOrganisation.Command
        {
            Name = "梨溪镇老娘舅工作室", Kind = OrganisationKind.SocialOrganisation, Track = MediationTrack.Peoples, UnitCode = new UnitCode("990101002"),
        });
        await RefusedAsync("OrganisationExists", () => _city.AsAsync("admin", new CreateOrganisation.Command
        {
            Name = " 梨溪镇老娘舅工作室 ", Kind = OrganisationKind.Volunteers, Track = MediationTrack.Peoples, UnitCode = new UnitCode("990101002"),
        }));
        Assert.That(await FieldsAsync(() => _city.AsAsync("admin", new CreateOrganisation.Command
        {
            Name = "法院", Kind = OrganisationKind.CourtAnnexed, Track = MediationTrack.Peoples, UnitCode = new UnitCode("990101"),
        })), Is.EqualTo(new[] { "track" }));
        await ThrownAsync<NotFound>(() => _city.AsAsync("district.admin", new CreateOrganisation.Command
        {
            Name = "越界", Kind = OrganisationKind.Volunteers, Track = MediationTrack.Peoples, UnitCode = new UnitCode("990102"),
        }));
        await ThrownAsync<NotFound>(() => _city.AsAsync("district.admin", new ChangeOrganisation.Command { OrganisationId = OtherDistrictsCommittee, Name = "越界" }));

        await CreateAsync("district.admin", "old.uncle", Role.Mediator, "990101002", made.Id);
        await _city.AsAsync("district.admin", new ChangeOrganisation.Command { OrganisationId = made.Id, Name = "梨溪镇调解工作室" });
        var closed = await _city.AsAsync("district.admin", new ChangeOrganisation.Command { OrganisationId = made.Id, ClosedOn = new DateOnly(2026, 2, 2) });
        Assert.That((closed.Name, closed.ClosedOn, closed.Mediators.Count), Is.EqualTo(("梨溪镇调解工作室", (DateOnly?)new DateOnly(2026, 2, 2), 0)));
        Assert.That((await _city.AsAsync("admin", new ListOrganisations.Query())).Select(o => o.Id), Does.Not.Contain(made.Id));
        Assert.That((await _city.AsAsync("admin", new ListOrganisations.Query { Closed = true })).Select(o => o.Id), Does.Contain(made.Id));
        Assert.That((await _city.AsAsync("admin", new SearchOrganisations.Query { Unit = new UnitCode("990101002"), Closed = true })).Items.Select(o => o.Id), Does.Contain(made.Id));
        Assert.That(await FieldsAsync(() => CreateAsync("admin", "too.late", Role.Mediator, "990101002", made.Id)), Is.EqualTo(new[] { "roles[0].organisationId" }));
    }

    [Test]
    public async Task An_organisation_with_a_case_in_hand_stays_open_and_a_closed_one_is_given_none()
    {
        var made = await _city.AsAsync("admin", new CreateOrganisation.Command
        {
            Name = "桂香社区调解室", Kind = OrganisationKind.PeoplesMediationCommittee, Track = MediationTrack.Peoples, UnitCode = new UnitCode("990101001001"),
        });
        var @case = await _city.SubmittedAsync();
        await _city.ActAsync("village1", @case, new AcceptCase());
        await _city.ActAsync("village1", @case, new AssignMediation.Command(MediationTrack.Peoples, made.Id, null, null));
        await RefusedAsync("OrganisationHasCases", () => _city.AsAsync("admin", new ChangeOrganisation.Command { OrganisationId = made.Id, ClosedOn = new DateOnly(2026, 3, 1) }));

        await _city.ActAsync("district1.lead", @case, new TakeOverCase("调解室撤销"));
        await _city.AsAsync("admin", new ChangeOrganisation.Command { OrganisationId = made.Id, ClosedOn = new DateOnly(2026, 2, 2) });
        var next = await _city.SubmittedAsync();
        await _city.ActAsync("village1", next, new AcceptCase());
        Assert.That(await FieldsAsync(() => _city.ActAsync("village1", next, new AssignMediation.Command(MediationTrack.Peoples, made.Id, null, null))), Is.EqualTo(new[] { "organisationId" }));
    }

    [Test]
    public async Task Organisations_and_users_page_by_keyset()
    {
        var names = new List<string>();
        string? cursor = null;
        do
        {
            var page = await _city.AsAsync("admin", new ListUsers.Query { Cursor = cursor, Limit = 30 });
            names.AddRange(page.Items.Select(u => u.UserName));
            cursor = page.Next;
        }
        while (cursor is not null);
        var whole = (await _city.AsAsync("admin", new ListUsers.Query { Limit = 200 })).Items.Select(u => u.UserName).ToList();
        Assert.That(names, Is.EqualTo(whole).And.Unique);
        Assert.That(await FieldsAsync(() => _city.AsAsync("admin", new ListUsers.Query { Cursor = "§" })), Is.EqualTo(new[] { "cursor" }));

        var first = await _city.AsAsync("admin", new SearchOrganisations.Query { Limit = 5 });
        var second = await _city.AsAsync("admin", new SearchOrganisations.Query { Limit = 5, Cursor = first.Next });
        Assert.That(first.Items.Concat(second.Items).Select(o => o.Id).Distinct().Count(), Is.EqualTo(10));
        Assert.That(await FieldsAsync(() => _city.AsAsync("admin", new SearchOrganisations.Query { Cursor = "x" })), Is.EqualTo(new[] { "cursor" }));
    }

    private Task<CreateUser.Result> CreateAsync(string by, string userName, Role role, string unit, Guid? organisation = null, string? phone = null) => _city.AsAsync(by, new CreateUser.Command
    {
        UserName = userName,
        DisplayName = "新人",
        Phone = phone,
        Roles = [new RoleInput { Role = role, UnitCode = new UnitCode(unit), OrganisationId = organisation }],
    });

    private Task<HeldRole> AssignAsync(string userName, Role role, string unit, DateOnly? from = null, DateOnly? to = null) =>
        _city.AsAsync("admin", new AssignRole.Command { UserName = userName, Role = role, UnitCode = new UnitCode(unit), From = from, To = to });

    private async Task SendAsync(string by, IBaseRequest command) => await (Task)typeof(City).GetMethod(nameof(City.AsAsync))!
        .MakeGenericMethod(command.GetType().GetInterfaces().Single(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequest<>)).GetGenericArguments()[0])
        .Invoke(_city, [by, command])!;

    private async Task<User> StoredAsync(string userName) => await _city.Application.NewDb().QuerySingleAsync<User>(FindUser, new { userName });

    private static async Task<T> ThrownAsync<T>(Func<Task> act)
        where T : Exception
    {
        try
        {
            await act();
        }
        catch (T expected)
        {
            return expected;
        }

        throw new AssertionException($"{typeof(T).Name} was expected and nothing was thrown");
    }

    private static async Task RefusedAsync(string rule, Func<Task> act) => Assert.That((await ThrownAsync<RuleViolation>(act)).Code, Is.EqualTo(rule));

    private static async Task<IEnumerable<string>> FieldsAsync(Func<Task> act) => (await ThrownAsync<InvalidInput>(act)).Errors.Keys;

    private sealed class User
    {
        public string PasswordHash { get; init; } = "";
        public string SecurityStamp { get; init; } = "";
        public string? PhoneCipher { get; init; }
        public bool PasswordChangeRequired { get; init; }
        public DateTimeOffset? DeactivatedAt { get; init; }
    }
}
