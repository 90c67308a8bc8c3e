using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Notifications;
using GridCases.Features.Outbox;
using GridCases.Jobs;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.Cases;

/// <summary>A case that came back says why: in the case, in lists, in the notice, until it goes on.</summary>
[OnBothDatabases]
public class ReturnedCaseTests(Store store)
{
    private const string Reason = "甲的电话打不通，缺另一方当事人";

    private static readonly Sql StoredNotices = new("SELECT DataJson FROM Notification");
    private static readonly Sql StoredPayloads = new("SELECT PayloadJson FROM Outbox");

    private City _city = null!;

    [SetUp]
    public async Task Build() => _city = await City.NewAsync(store);

    [TearDown]
    public ValueTask Remove() => _city.DisposeAsync();

    [Test]
    public async Task A_returned_case_says_why_by_whom_and_when_until_it_is_submitted_again()
    {
        var @case = await ReturnedAsync();

        var back = await _city.LookAsync("grid1", @case.Id);
        Assert.That(back.Returned, Is.EqualTo(new ReturnedView(_city.Now, "village1", Reason, new UnitCode("990101001001"), null)));
        Assert.That(await ReturnedInListAsync("grid1"), Is.EqualTo(new[] { back.Returned }));
        Assert.That(await ReturnedInListAsync("village1.lead"), Is.EqualTo(new[] { back.Returned }), "everybody who sees it");

        await _city.ActAsync("grid1", @case, new CommentOnCase("问过了"));
        Assert.That((await _city.LookAsync("grid1", @case.Id)).Returned?.Reason, Is.EqualTo(Reason));
        await _city.ActAsync("grid1", @case, new SubmitCase());
        Assert.That((await _city.LookAsync("grid1", @case.Id)).Returned, Is.Null);
        Assert.That(await ReturnedInListAsync("village1"), Is.EqualTo(new ReturnedView?[] { null }));
    }

    [Test]
    public async Task An_organisation_that_refuses_is_named_to_the_centre_and_not_to_itself_only()
    {
        var organisation = (await _city.PersonAsync("mediator.p1")).Organisations.Single();
        var @case = await _city.SubmittedAsync();
        await _city.ActAsync("village1", @case, new AcceptCase());
        await _city.ActAsync("village1", @case, new AssignMediation.Command(MediationTrack.Peoples, organisation, null, null));
        await _city.ActAsync("mediator.p1", @case, new RefuseAssignment("人手不够"));
        await _city.Application.SendAsync(new DeliverOutbox.Command());

        var back = (await _city.LookAsync("village1", @case.Id)).Returned!;
        Assert.That((back.By, back.Reason, back.FromOrganisationId), Is.EqualTo(("mediator.p1", "人手不够", (Guid?)organisation)));
        Assert.That((await _city.AsAsync("village1", new ListNotifications.Query())).Items.Single(n => n.Kind is NoticeKind.CaseReturned).Text, Does.Contain("人手不够"));
    }

    [Test]
    public async Task The_notice_tells_the_reason_to_who_sees_the_case_and_keeps_nothing_of_it()
    {
        var @case = await ReturnedAsync();
        await _city.Application.SendAsync(new DeliverOutbox.Command());
        var told = $"案件 {@case.Number} 被{(await _city.PersonAsync("village1")).DisplayName}退回到您这里。理由：{Reason}";
        Assert.That(await NoticeAsync(), Is.EqualTo(told));

        var db = _city.Application.NewDb();
        var stored = (await db.QueryAsync<string>(StoredNotices)).Concat(await db.QueryAsync<string>(StoredPayloads));
        Assert.That(stored, Is.Not.Empty.And.None.Contains("电话"), "a reason may name people, and a notice outlives it");

        await _city.ActAsync("grid1", @case, new SubmitCase());
        Assert.That(await NoticeAsync(), Is.EqualTo(told), "answered, and what happened then is told as it was");
        _city.At(2, 3);
        await _city.ActAsync("village1", @case, new ReturnCase("又缺别的"));
        Assert.That(await NoticeAsync(), Is.EqualTo(told), "the first notice does not tell the second reason");

        async Task<string> NoticeAsync() => (await _city.AsAsync("grid1", new ListNotifications.Query())).Items.First(n => n.Kind is NoticeKind.CaseReturned).Text;
    }

    [Test]
    public async Task A_long_reason_is_shortened_in_the_notice()
    {
        await ReturnedAsync(new string('长', 1000));
        await _city.Application.SendAsync(new DeliverOutbox.Command());
        Assert.That((await _city.AsAsync("grid1", new ListNotifications.Query())).Items.Single().Text, Does.EndWith("长…").And.Length.LessThan(200));
    }

    private async Task<IEnumerable<ReturnedView?>> ReturnedInListAsync(string user) =>
        (await _city.AsAsync(user, new ListCases.Query())).Items.Select(row => row.Returned);

    private async Task<CaseView> ReturnedAsync(string reason = Reason)
    {
        var @case = await _city.SubmittedAsync();
        await _city.ActAsync("village1", @case, new ReturnCase(reason));
        return @case;
    }
}
