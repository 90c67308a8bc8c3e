using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Notifications;
using GridCases.Features.Outbox;
using GridCases.Jobs;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.Cases;

/// <summary>Mediation by public-security organs: 30 days, and at most 30 more, which the next-higher authority gives.</summary>
[OnBothDatabases]
public class PublicSecurityTests(Store store)
{
    [Test]
    public async Task The_supervisor_one_level_up_is_asked_and_decides_the_own_one_cannot()
    {
        await using var city = await City.NewAsync(store);
        var @case = await city.ActAsync("village1", await city.SubmittedAsync(), new AcceptCase());
        var room = (await city.PersonAsync("mediator.s1")).Organisations.Single();
        @case = await city.ActAsync("village1", @case, new AssignMediation.Command(MediationTrack.Administrative, room, "mediator.s1", null));
        var clock = @case.Clocks.Single(c => c.Kind == ClockKind.Mediation);
        Assert.That(LocalTime.Day(clock.DueAt), Is.EqualTo(new DateOnly(2026, 3, 4)));

        @case = await city.ActAsync("mediator.s1", @case, new RequestExtension(clock.Id, 30, "伤情鉴定", null));
        await city.Application.SendAsync(new DeliverOutbox.Command());
        var request = @case.Extensions.Single().Id;
        foreach (var (supervisor, asked) in new[] { ("village1.lead", false), ("town1.lead", true) })
        {
            var notices = (await city.AsAsync(supervisor, new ListNotifications.Query())).Items;
            Assert.That(notices.Any(n => n.Kind == NoticeKind.ExtensionRequested), Is.EqualTo(asked), supervisor);
        }

        var refused = Assert.ThrowsAsync<RuleViolation>(() => city.ActAsync("village1.lead", @case, new DecideExtension(request, true, null, null)))!;
        Assert.That(refused.Code, Is.EqualTo("ExtensionByHigherAuthority"));
        @case = await city.ActAsync("town1.lead", @case, new DecideExtension(request, true, null, null));
        Assert.That(LocalTime.Day(@case.Clocks.Single(c => c.Id == clock.Id).DueAt), Is.EqualTo(new DateOnly(2026, 4, 3)));
    }
}
