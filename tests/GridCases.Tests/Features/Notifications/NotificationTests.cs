using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Notifications;
using GridCases.Features.Outbox;
using GridCases.Features.Work;
using GridCases.Jobs;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.Notifications;

/// <summary>Notices leave through the outbox and reach a role in a unit, an organisation, or a user.</summary>
[OnBothDatabases]
public class NotificationTests(Store store)
{
    private static readonly DeliverOutbox.Command Deliver = new();

    private City _city = null!;

    [SetUp]
    public async Task Build() => _city = await City.NewAsync(store);

    [TearDown]
    public ValueTask Remove() => _city.DisposeAsync();

    [Test]
    public async Task A_notice_comes_once_to_the_role_in_the_unit_and_each_reads_it_for_himself()
    {
        var @case = await _city.SubmittedAsync();
        Assert.That(await _city.AsAsync("village1", new CountUnread.Query()), Is.Zero, "it is still in the outbox");
        Assert.That(await _city.Application.SendAsync(Deliver), Is.EqualTo(new DeliverOutbox.Result(1, 0)));
        Assert.That(await _city.Application.SendAsync(Deliver), Is.EqualTo(new DeliverOutbox.Result(0, 0)));

        var notice = (await _city.AsAsync("village1", new ListNotifications.Query())).Items.Single();
        Assert.That((notice.Kind, notice.CaseId, notice.Read), Is.EqualTo((NoticeKind.CaseArrived, @case.Id, false)));
        Assert.That(notice.Text, Does.Contain(@case.Number));
        foreach (var other in new[] { "grid1", "village9", "village1.lead", "town1", "mediator.p1" })
            Assert.That((await _city.AsAsync(other, new ListNotifications.Query())).Items, Is.Empty, other);

        Assert.That((await _city.AsAsync("village9", new MarkNotificationsRead.Command([notice.Id]))).Marked, Is.Zero, "somebody else's");
        Assert.That((await _city.AsAsync("village1", new MarkNotificationsRead.Command([notice.Id]))).Marked, Is.EqualTo(1));
        Assert.That((await _city.AsAsync("village1", new MarkNotificationsRead.Command())).Marked, Is.Zero);
        Assert.That(await _city.AsAsync("village1", new CountUnread.Query()), Is.Zero);
        Assert.That((await _city.AsAsync("village1", new ListNotifications.Query { Unread = true })).Items, Is.Empty);
        Assert.That((await _city.AsAsync("village1", new ListNotifications.Query())).Items.Single().Read, Is.True);
    }

    [Test]
    public async Task An_organisation_is_told_of_a_case_assigned_to_it()
    {
        var organisation = (await _city.PersonAsync("mediator.p1")).Organisations.Single();
        var @case = await _city.SubmittedAsync();
        await _city.ActAsync("village1", @case, new AcceptCase());
        await _city.ActAsync("village1", @case, new AssignMediation.Command(MediationTrack.Peoples, organisation, null, null));
        await _city.Application.SendAsync(Deliver);
        Assert.That(await _city.AsAsync("mediator.p1", new CountUnread.Query()), Is.EqualTo(1));
        Assert.That(await _city.AsAsync("mediator.p9", new CountUnread.Query()), Is.Zero);
    }

    [Test]
    public async Task A_case_that_comes_back_to_a_grid_is_told_to_its_head_and_its_assistants()
    {
        var @case = await _city.SubmittedAsync();
        await _city.ActAsync("village1", @case, new ReturnCase("缺少当事人信息"));
        await _city.Application.SendAsync(Deliver);

        foreach (var here in new[] { "grid1", "assistant.990101001001001" })
        {
            var notice = (await _city.AsAsync(here, new ListNotifications.Query())).Items.Single();
            Assert.That((notice.Kind, notice.CaseId), Is.EqualTo((NoticeKind.CaseReturned, @case.Id)), here);
            Assert.That(notice.Text, Does.Contain(@case.Number).And.Contain("缺少当事人信息"), here);
            Assert.That(await _city.AsAsync(here, new CountUnread.Query()), Is.EqualTo(1), here);
        }

        Assert.That((await _city.AsAsync("assistant.990101001001002", new ListNotifications.Query())).Items, Is.Empty);
    }

    [Test]
    public async Task Who_asks_for_more_time_is_heard_by_the_next_supervisor_up_where_the_unit_has_none()
    {
        await _city.LeftAsync("village1.lead");
        var @case = await MoreTimeAskedAsync();

        Assert.That((await _city.AsAsync("town1.lead", new ListNotifications.Query())).Items.Select(n => n.Kind), Is.EqualTo(new[] { NoticeKind.ExtensionRequested }));
        Assert.That((await _city.AsAsync("town1.lead", new ListCases.Query { Mine = true })).Items.Select(c => c.Id), Is.EqualTo(new[] { @case.Id }));
        Assert.That((await _city.AsAsync("district1.lead", new ListCases.Query { Mine = true })).Items, Is.Empty, "only the next one");

        await _city.CameBackAsync("village1.lead");
        Assert.That((await _city.AsAsync("town1.lead", new ListCases.Query { Mine = true })).Items, Is.Empty);
        Assert.That((await _city.AsAsync("village1.lead", new ListCases.Query { Mine = true })).Items, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Where_nobody_supervises_up_to_the_city_the_administrators_hear_who_asks_for_more_time()
    {
        foreach (var lead in new[] { "village1.lead", "town1.lead", "district1.lead", "city.lead" })
            await _city.LeftAsync(lead);
        await MoreTimeAskedAsync();
        Assert.That((await _city.AsAsync("admin", new ListNotifications.Query())).Items.Select(n => n.Kind), Is.EqualTo(new[] { NoticeKind.ExtensionRequested }));
    }

    [Test]
    public async Task They_page_newest_first()
    {
        for (var i = 0; i < 5; i++)
        {
            _city.At(2, 2, 10, i);
            await _city.SubmittedAsync();
        }

        await _city.Application.SendAsync(Deliver);
        var first = await _city.AsAsync("village1", new ListNotifications.Query { Limit = 3 });
        var rest = await _city.AsAsync("village1", new ListNotifications.Query { Limit = 3, Cursor = first.Next });
        Assert.That((first.Items.Count, rest.Items.Count, rest.Next), Is.EqualTo((3, 2, (string?)null)));
        Assert.That(first.Items.Concat(rest.Items).Select(n => n.CreatedAt), Is.Ordered.Descending);
    }

    [Test]
    public async Task Two_servers_deliver_each_notice_once()
    {
        for (var i = 0; i < 30; i++)
            await _city.SubmittedAsync();
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => _city.Application.SendAsync(Deliver))));
        Assert.That(results.Sum(r => r.Failed), Is.Zero);
        Assert.That(await _city.AsAsync("village1", new CountUnread.Query()), Is.EqualTo(30));
    }

    [Test]
    public async Task A_server_that_died_after_claiming_loses_nothing()
    {
        await _city.SubmittedAsync();
        var db = _city.Application.NewDb();
        await db.ExecuteAsync(new Sql("UPDATE Outbox SET ClaimedUntil = @until, Attempts = 1"), new { until = (await db.ClockAsync(default)).AddMinutes(2) });
        Assert.That((await _city.Application.SendAsync(Deliver)).Delivered, Is.Zero);
        await _city.ClaimsRunOutAsync("Outbox");
        Assert.That((await _city.Application.SendAsync(Deliver)).Delivered, Is.EqualTo(1));
    }

    [Test]
    public async Task What_cannot_be_delivered_is_tried_ever_more_seldom_and_then_given_up_and_does_not_stop_the_rest()
    {
        await _city.SubmittedAsync();
        await _city.Application.NewDb().ExecuteAsync(new Sql("UPDATE Outbox SET PayloadJson = 'no json'"));
        await _city.SubmittedAsync();

        Assert.That(await _city.Application.SendAsync(Deliver), Is.EqualTo(new DeliverOutbox.Result(1, 1)));
        Assert.That(await _city.Application.SendAsync(Deliver), Is.EqualTo(new DeliverOutbox.Result(0, 0)), "not at once again");
        var waits = new List<double> { await WaitAsync() };
        while (waits.Count < DeliverOutbox.MostAttempts)
        {
            await _city.ClaimsRunOutAsync("Outbox");
            Assert.That(await _city.Application.SendAsync(Deliver), Is.EqualTo(new DeliverOutbox.Result(0, 1)));
            waits.Add(await WaitAsync());
        }

        Assert.That(waits, Is.EqualTo(Enumerable.Range(0, DeliverOutbox.MostAttempts).Select(n => Math.Pow(2, n))).Within(1), "minutes, each time twice as many");
        await _city.ClaimsRunOutAsync("Outbox");
        Assert.That(await _city.Application.SendAsync(Deliver), Is.EqualTo(new DeliverOutbox.Result(0, 0)), "it is given up");

        async Task<double> WaitAsync()
        {
            var db = _city.Application.NewDb();
            return (await db.QuerySingleAsync<DateTimeOffset>(new Sql("SELECT ClaimedUntil FROM Outbox WHERE DeliveredAt IS NULL")) - await db.ClockAsync(default)).TotalMinutes;
        }
    }

    [Test]
    public async Task What_has_served_its_time_is_purged()
    {
        var db = _city.Application.NewDb();
        await db.ExecuteAsync(
            new Sql("INSERT INTO IdempotencyKey (UserName, Route, KeyValue, BodySha256, CreatedAt) VALUES ('grid1', 'POST /x', 'k', 'h', @Now)"), new { _city.Now });
        await _city.SubmittedAsync();
        await _city.Application.SendAsync(Deliver);
        await _city.AsAsync("village1", new MarkNotificationsRead.Command());

        _city.At(2, 9, 8);
        Assert.That(await _city.Application.SendAsync(new PurgeExpired.Command()), Is.EqualTo(new PurgeExpired.Result(0, 0, 0, 0, 0, 0, 0)));
        _city.At(2, 9, 10);
        Assert.That(await _city.Application.SendAsync(new PurgeExpired.Command()), Is.EqualTo(new PurgeExpired.Result(1, 0, 0, 0, 0, 0, 0)));
        _city.At(8, 2);
        Assert.That(await _city.Application.SendAsync(new PurgeExpired.Command()), Is.EqualTo(new PurgeExpired.Result(0, 1, 0, 0, 0, 0, 0)));
        Assert.That((await _city.AsAsync("village1", new ListNotifications.Query())).Items, Is.Empty);
    }

    [Test]
    public async Task A_notice_tells_who_sent_the_case_what_is_to_be_done_and_why()
    {
        var organisation = (await _city.PersonAsync("mediator.p1")).Organisations.Single();
        var @case = await _city.SubmittedAsync();
        await _city.ActAsync("village1", @case, new AcceptCase());
        await _city.ActAsync("village1", @case, new AssignMediation.Command(MediationTrack.Peoples, organisation, null, null));
        await _city.ActAsync("mediator.p1", @case, new RefuseAssignment("与一方是亲戚"));
        await _city.Application.SendAsync(Deliver);

        var (grid, mediator) = ((await _city.PersonAsync("grid1")).DisplayName, (await _city.PersonAsync("mediator.p1")).DisplayName);
        Assert.That(await TextsAsync("village1"), Is.EquivalentTo(new[] { $"案件 {@case.Number} 被{mediator}退回到您这里。理由：与一方是亲戚", $"案件 {@case.Number} 由{grid}上报，请受理" }));
        Assert.That(await TextsAsync("mediator.p1"), Is.EqualTo(new[] { $"案件 {@case.Number} 已转到您这里，请办理" }), "who does not see the case any more reads nothing of its journal");
    }

    [Test]
    public async Task A_request_for_more_time_says_who_for_what_how_long_and_why_and_the_answer_too()
    {
        var @case = await MoreTimeAskedAsync();
        var officer = (await _city.PersonAsync("village1")).DisplayName;
        Assert.That(await TextsAsync("village1.lead"), Is.EqualTo(new[] { $"案件 {@case.Number}：{officer}申请把办理期限延长 2 天，请审批。理由：需要实地核查" }));

        var asked = (await _city.AsAsync("village1.lead", new GetCase.Query(@case.Id))).Extensions.Single();
        await _city.ActAsync("village1.lead", @case, new DecideExtension(asked.Id, true, 1, "只同意一天"));
        await _city.Application.SendAsync(Deliver);
        Assert.That(await TextsAsync("village1"), Does.Contain($"案件 {@case.Number} 的延期申请已获准，延长 1 天。理由：只同意一天"));
    }

    [Test]
    public async Task Opening_a_case_reads_its_notices_for_whoever_opens_it_and_no_others()
    {
        var (opened, other) = (await _city.SubmittedAsync(), await _city.SubmittedAsync());
        await _city.Application.SendAsync(Deliver);

        var page = await _city.AsAsync("village1", new GetCasePage.Query(opened.Id));
        Assert.That(page.Frame.Unread, Is.EqualTo(1), "the page says already what is left");
        var left = (await _city.AsAsync("village1", new ListNotifications.Query { Unread = true })).Items;
        Assert.That(left.Select(n => n.CaseId), Is.EqualTo(new Guid?[] { other.Id }));
        await _city.AsAsync("village1", new GetCasePage.Query(opened.Id));
        Assert.That(await _city.AsAsync("village1", new CountUnread.Query()), Is.EqualTo(1));
        Assert.That((await _city.AsAsync("grid1", new GetCasePage.Query(opened.Id))).Frame.Unread, Is.Zero);
    }

    private async Task<List<string>> TextsAsync(string user) => [.. (await _city.AsAsync(user, new ListNotifications.Query())).Items.Select(n => n.Text)];

    private async Task<CaseView> MoreTimeAskedAsync()
    {
        var @case = await _city.SubmittedAsync();
        var accepted = await _city.ActAsync("village1", @case, new AcceptCase());
        var clock = accepted.Clocks.Single(c => c.Kind == ClockKind.Handling);
        await _city.ActAsync("village1", @case, new RequestExtension(clock.Id, 2, "需要实地核查", null));
        await _city.Application.SendAsync(Deliver);
        return accepted;
    }
}
