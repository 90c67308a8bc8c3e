using GridCases.Domain;

namespace GridCases.Tests.Domain.People;

/// <summary>Where roles are held, on which days, and which organisation works on which track.</summary>
public sealed class RolePlacesTests
{
    [TestCase(Role.GridHead, "Grid")]
    [TestCase(Role.GovernanceAssistant, "Grid Village")]
    [TestCase(Role.CentreOfficer, "Village Township District")]
    [TestCase(Role.Supervisor, "Village Township District City")]
    [TestCase(Role.Administrator, "Village Township District City")]
    [TestCase(Role.Auditor, "Village Township District City")]
    [TestCase(Role.Agency, "Village Township District City")]
    [TestCase(Role.Mediator, "Grid Village Township District City")]
    public void A_role_is_held_where_its_work_is(Role role, string levels) => Assert.That(
        Enum.GetValues<UnitLevel>().Where(level => role.MayBeHeldAt(level)).OrderDescending().Select(level => level.ToString()), Is.EqualTo(levels.Split(' ')));

    [TestCase(OrganisationKind.PeoplesMediationCommittee, "Peoples")]
    [TestCase(OrganisationKind.AdministrativeOrgan, "Administrative")]
    [TestCase(OrganisationKind.PublicSecurityOrgan, "Administrative")]
    [TestCase(OrganisationKind.CourtAnnexed, "Judicial")]
    [TestCase(OrganisationKind.SocialOrganisation, "Peoples Administrative Judicial")]
    [TestCase(OrganisationKind.Volunteers, "Peoples Administrative Judicial")]
    public void An_organisation_works_on_the_track_of_its_kind(OrganisationKind kind, string tracks) => Assert.That(
        Enum.GetValues<MediationTrack>().Where(track => kind.WorksOn(track)).Select(track => track.ToString()), Is.EqualTo(tracks.Split(' ')));

    [TestCase("2026-02-01", null, "2026-02-10", null, true)]
    [TestCase("2026-02-01", "2026-02-10", "2026-02-10", null, true, Description = "the last day is included")]
    [TestCase("2026-02-01", "2026-02-09", "2026-02-10", null, false)]
    [TestCase("2026-02-10", null, "2026-02-01", "2026-02-09", false)]
    [TestCase("2026-02-10", "2026-02-09", "2026-02-01", null, false, Description = "taken back before it began")]
    public void Terms_overlap_when_they_have_a_day_in_common(string from, string? to, string otherFrom, string? otherTo, bool overlap)
    {
        var (term, other) = (Term(from, to), Term(otherFrom, otherTo));
        Assert.That((term.Overlaps(other), other.Overlaps(term)), Is.EqualTo((overlap, overlap)));
    }

    [TestCase("2026-02-01", null, RoleState.Held)]
    [TestCase("2026-02-02", "2026-02-02", RoleState.Held, Description = "both days are included")]
    [TestCase("2026-01-01", "2026-02-01", RoleState.Over)]
    [TestCase("2026-02-03", null, RoleState.Coming)]
    [TestCase("2026-02-03", "2026-02-02", RoleState.Over, Description = "taken back before it began")]
    public void A_term_is_over_running_or_to_come(string from, string? to, RoleState state) => Assert.That(Term(from, to).On(Today), Is.EqualTo(state));

    [Test]
    public void Ended_at_once_it_was_held_until_yesterday() => Assert.That(Term("2026-01-01", null).EndedOn(null, Today), Is.EqualTo(Term("2026-01-01", "2026-02-01")));

    [TestCase("2026-02-02")]
    [TestCase("2026-03-01")]
    public void Ended_before_it_was_held_a_day_it_has_none(string from)
    {
        var ended = Term(from, null).EndedOn(null, Today);
        Assert.That((ended.On(Today), ended.Overlaps(Term("2020-01-01", null))), Is.EqualTo((RoleState.Over, false)));
    }

    [Test]
    public void What_is_over_is_not_ended_again_and_an_end_does_not_prolong()
    {
        Assert.That(Assert.Throws<RuleViolation>(() => Term("2026-01-01", "2026-02-01").EndedOn(null, Today))!.Code, Is.EqualTo("RoleOver"));
        Assert.That(Assert.Throws<RuleViolation>(() => Term("2026-01-01", "2026-02-10").EndedOn(new DateOnly(2026, 2, 11), Today))!.Code, Is.EqualTo("RoleEndsEarlier"));
        Assert.That(Term("2026-01-01", "2026-02-10").EndedOn(new DateOnly(2026, 2, 5), Today).To, Is.EqualTo(new DateOnly(2026, 2, 5)));
    }

    private static DateOnly Today => new(2026, 2, 2);

    private static RoleTerm Term(string from, string? to) => new(DateOnly.ParseExact(from, "yyyy-MM-dd"), to is null ? null : DateOnly.ParseExact(to, "yyyy-MM-dd"));
}
