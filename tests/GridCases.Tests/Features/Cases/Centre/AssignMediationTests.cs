using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Organisations;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.Cases;

[OnBothDatabases]
public class AssignMediationTests(Store store)
{
    [Test]
    public async Task A_mediator_named_in_other_letters_holds_the_case_all_the_same()
    {
        await using var city = await City.NewAsync(store);
        var @case = await city.ActAsync("village1", await city.SubmittedAsync(), new AcceptCase());
        var organisations = await city.AsAsync("village1", new ListOrganisations.Query { Track = MediationTrack.Peoples, Unit = @case.Holder.UnitCode });
        var committee = organisations.Single(o => o.Mediators.Any(m => m.UserName == "mediator.p1")).Id;

        @case = await city.ActAsync("village1", @case, new AssignMediation.Command(MediationTrack.Peoples, committee, "Mediator.P1", null));

        Assert.That(@case.Holder.Mediator, Is.EqualTo("mediator.p1"));
        Assert.That((await city.AsAsync("mediator.p1", new GetActions.Query(@case.Id))).Select(a => a.Action), Does.Contain("start-mediation"));
    }
}
