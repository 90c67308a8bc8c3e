using GridCases.Domain;

namespace GridCases.Tests.Domain.Cases;

/// <summary>Who stands in for a colleague may do what the colleague may.</summary>
public class DeputyTests
{
    private static readonly Actor Deputy = new("mediator.j1",
        [new RoleInUnit(Role.Mediator, SampleCity.District, SampleCity.Court), new RoleInUnit(Role.Mediator, SampleCity.Town, SampleCity.PeoplesCommittee) { OnBehalfOf = "mediator.p1" }]);

    [Test]
    public void A_deputy_of_the_mediator_acts_on_the_case_and_it_is_known_for_whom()
    {
        var scenario = Scenario.Begin().InMediation();

        Assert.That(scenario.Case.ActionsFor(Deputy, scenario.Now), Is.EquivalentTo(scenario.Case.ActionsFor(SampleCity.Mediator, scenario.Now).Except([CaseAction.Recuse])));
        var change = scenario.Case.FailMediation("No common ground", true, scenario.At(Deputy));
        Assert.That(CaseAuthority.PrincipalOf(CaseEventKind.FailMediation, change, Deputy), Is.EqualTo("mediator.p1"));
        Assert.That(CaseAuthority.PrincipalOf(CaseEventKind.FailMediation, change, SampleCity.Mediator), Is.Null);
        Assert.That(CaseAuthority.PrincipalOf(CaseEventKind.Comment, change, Deputy), Is.Null, "the deputy's own roles allow that");
    }

    [Test]
    public void A_deputy_of_another_mediator_does_not() =>
        Assert.That(Scenario.Begin().InMediation().Case.ActionsFor(new Actor("mediator.j1", [new RoleInUnit(Role.Mediator, SampleCity.Town, SampleCity.PeoplesCommittee) { OnBehalfOf = "mediator.p2" }]), Scenario.Begin().Now),
            Does.Not.Contain(CaseAction.RecordSession));

    [Test]
    public void Who_begins_to_mediate_for_an_absent_colleague_makes_the_colleague_the_mediator()
    {
        var scenario = Scenario.Begin().Assigned().Do(Deputy, (c, at) => c.StartMediation(Scenario.Consents(), MediatorChoice.Accepted, at));

        Assert.That((scenario.Case.Mediation!.Mediator, scenario.Case.Holder.Mediator), Is.EqualTo(("mediator.p1", "mediator.p1")));
    }

    [Test]
    public void Nobody_acts_who_stepped_aside_and_nobody_for_who_did()
    {
        var assigned = Scenario.Begin().Assigned().Do(SampleCity.Mediator, (c, at) => c.Recuse("A cousin", true, at));
        Assert.That(assigned.Case.ActionsFor(Deputy, assigned.Now), Does.Not.Contain(CaseAction.StartMediation), "for who stepped aside");

        var mediated = Scenario.Begin().InMediation();
        var recused = mediated.Case with { Recusals = [new Recusal("mediator.j1", "A cousin", mediated.Now)] };
        Assert.That(recused.ActionsFor(Deputy, mediated.Now), Is.Empty, "who stepped aside");
    }
}
