namespace GridCases.Domain;

/// <summary>Which kind of organisation mediates on which track.</summary>
public static class OrganisationTracks
{
    /// <summary>Whether an organisation of this kind works on the track. Social organisations and volunteers are found on each.</summary>
    public static bool WorksOn(this OrganisationKind kind, MediationTrack track) => kind switch
    {
        OrganisationKind.PeoplesMediationCommittee => track is MediationTrack.Peoples,
        OrganisationKind.AdministrativeOrgan or OrganisationKind.PublicSecurityOrgan => track is MediationTrack.Administrative,
        OrganisationKind.CourtAnnexed => track is MediationTrack.Judicial,
        OrganisationKind.SocialOrganisation or OrganisationKind.Volunteers => true,
    };
}
