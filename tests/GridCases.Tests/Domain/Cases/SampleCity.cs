using GridCases.Domain;

namespace GridCases.Tests.Domain.Cases;

/// <summary>Who acts in the tests of a case: the people of one line of units, and a neighbour's.</summary>
internal static class SampleCity
{
    public static readonly UnitCode City = new("9901"), District = new("990101"), Town = new("990101001"), Village = new("990101001001"), Grid = new("990101001001001");

    public static readonly Guid PeoplesCommittee = new("0196c0de-9901-7000-8000-000000000007");
    public static readonly Guid Court = new("0196c0de-9901-7000-8000-000000000003");

    /// <summary>An id that nothing has.</summary>
    public static readonly Guid Stranger = new("0196c0de-0000-7000-9000-00000000ffff");

    public static readonly Actor GridHead = With("grid1", Role.GridHead, Grid);
    public static readonly Actor VillageOfficer = With("village1", Role.CentreOfficer, Village);
    public static readonly Actor VillageLead = With("village1.lead", Role.Supervisor, Village);
    public static readonly Actor TownOfficer = With("town1", Role.CentreOfficer, Town);
    public static readonly Actor TownLead = With("town1.lead", Role.Supervisor, Town);
    public static readonly Actor DistrictOfficer = With("district1", Role.CentreOfficer, District);
    public static readonly Actor CityLead = With("city.lead", Role.Supervisor, City);
    public static readonly Actor Mediator = With("mediator.p1", Role.Mediator, Town, PeoplesCommittee);
    public static readonly Actor OtherMediator = With("mediator.p2", Role.Mediator, Town, PeoplesCommittee);
    public static readonly Actor CourtMediator = With("mediator.j1", Role.Mediator, District, Court);
    public static readonly Actor Auditor = With("auditor", Role.Auditor, City);
    public static readonly Actor Administrator = With("admin", Role.Administrator, City);
    public static readonly Actor Agency = With("agency", Role.Agency, District);

    public static readonly Actor[] Everybody =
    [
        GridHead, VillageOfficer, VillageLead, TownOfficer, TownLead, DistrictOfficer, CityLead, Mediator, OtherMediator, CourtMediator, Auditor, Administrator, Agency,
    ];

    public static readonly PolicyBook Policies = new(DefaultPolicies.All);

    public static readonly Mediation AtPeoplesCommittee = new(MediationTrack.Peoples, PeoplesCommittee, null, null);
    public static readonly Mediation AtCourt = new(MediationTrack.Judicial, Court, null, Entrustment.PreFiling);

    public static readonly Party Applicant = new(new("0196c0de-0000-7000-9000-000000000001"), PartyRole.Applicant, PartyKind.Person);
    public static readonly Party Respondent = new(new("0196c0de-0000-7000-9000-000000000002"), PartyRole.Respondent, PartyKind.Person);
    public static readonly Party Helper = new(new("0196c0de-0000-7000-9000-000000000003"), PartyRole.Representative, PartyKind.Person);

    public static Actor With(string name, Role role, UnitCode unit, Guid? organisation = null) => new(name, [new RoleInUnit(role, unit, organisation)]);
}
