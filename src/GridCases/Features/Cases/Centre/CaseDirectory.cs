using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Units;
using GridCases.Pipeline;
using GridCases.Texts;

namespace GridCases.Features.Cases;

/// <summary>Looks up whether the units, organisations and mediators that a command names exist and fit.</summary>
public sealed class CaseDirectory(Db db, OpenUnits units)
{
    private static readonly Sql FindOrganisation = new("SELECT Track, UnitCode, Kind FROM Organisation WHERE Id = @id AND (ClosedOn IS NULL OR ClosedOn > @today)");
    // Closing an organisation waits for who gives it a case, and who gives it one finds it open still when that is written.
    private static readonly Sql StaysOpen = new("UPDATE Organisation SET Name = Name WHERE Id = @id AND (ClosedOn IS NULL OR ClosedOn > @today)");
    private static readonly Sql FindMediators = new("""
        SELECT DISTINCT u.UserName FROM RoleAssignment r JOIN AppUser u ON u.Id = r.UserId
        WHERE r.Role = 'Mediator' AND r.DeputyId IS NULL AND r.OrganisationId = @organisationId AND r.FromDate <= @today AND (r.ToDate IS NULL OR r.ToDate >= @today)
        """);

    private static readonly Sql FindMediator = new("""
        SELECT DISTINCT u.UserName FROM RoleAssignment r JOIN AppUser u ON u.Id = r.UserId
        WHERE u.UserName = @mediator AND r.Role = 'Mediator' AND r.DeputyId IS NULL AND r.OrganisationId = @organisationId
        AND r.FromDate <= @today AND (r.ToDate IS NULL OR r.ToDate >= @today)
        """);

    /// <summary>The unit exists and is open.</summary>
    /// <exception cref="InvalidInput">It is not; of a closed one it is said where its cases go now.</exception>
    public Task DemandUnitAsync(UnitCode unit, string field, CancellationToken cancellationToken) => units.DemandAsync(unit, field, cancellationToken);

    /// <summary>
    /// The organisation exists, works on the track and takes cases of that unit (its own unit lies above or below it);
    /// the mediator, if one is named, serves in it today.
    /// </summary>
    /// <returns>The mediation with the mediator's user name as it is stored, however it was typed.</returns>
    /// <exception cref="InvalidInput">One of them does not exist.</exception>
    /// <exception cref="RuleViolation">The organisation does not fit.</exception>
    public async Task<Mediation> DemandMediationAsync(Mediation mediation, UnitCode centre, CaseContext at, CancellationToken cancellationToken)
    {
        if (await db.QuerySingleOrDefaultAsync<OrganisationRow>(FindOrganisation, new { id = mediation.OrganisationId, today = at.Today }, cancellationToken) is not { } organisation
            || !(organisation.UnitCode.Contains(centre) || centre.Contains(organisation.UnitCode)))
        {
            throw new InvalidInput("organisationId", Text.Field("UnknownOrganisation"));
        }

        if (organisation.Track != mediation.Track)
            throw new RuleViolation("OrganisationOfOtherTrack", organisation.Track, mediation.Track);

        await db.WriteAsync([Write.Guard(StaysOpen, new { id = mediation.OrganisationId, today = at.Today })], cancellationToken);
        mediation = mediation with { Kind = organisation.Kind };
        if (mediation.Mediator is not { } mediator)
            return mediation;

        var known = await db.QuerySingleOrDefaultAsync<string>(FindMediator, new { mediator, mediation.OrganisationId, today = at.Today }, cancellationToken);
        return mediation with { Mediator = known ?? throw new InvalidInput("mediator", Text.Field("UnknownMediator")) };
    }

    /// <summary>Whether the organisation has a mediator today besides those named.</summary>
    public async Task<bool> HasOtherMediatorAsync(Guid organisationId, IEnumerable<string> besides, CaseContext at, CancellationToken cancellationToken)
    {
        var serving = await db.QueryAsync<string>(FindMediators, new { organisationId, today = at.Today }, cancellationToken);
        return serving.Except(besides).Any();
    }

    private sealed record OrganisationRow
    {
        public MediationTrack Track { get; init; }
        public UnitCode UnitCode { get; init; }
        public OrganisationKind Kind { get; init; }
    }
}
