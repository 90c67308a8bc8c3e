using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.People;
using GridCases.Pipeline;

namespace GridCases.Features.Organisations;

/// <summary>A message of an administrator about one organisation. To whoever does not administer its unit, the organisation is not there.</summary>
public interface IOrganisationMessage
{
    /// <summary>The organisation, from the address.</summary>
    Guid OrganisationId { get; }
}

/// <summary>Reads organisations for their administrators, and hides all others.</summary>
public sealed class OrganisationRecords(Db db, CurrentCaller current, TimeProvider time) : IMessageGuard
{
    private static readonly Sql FindOne = new("""
        SELECT o.Id, o.Name, o.Track, o.Kind, o.UnitCode, n.Name AS UnitName, o.ClosedOn FROM Organisation o JOIN Unit n ON n.Code = o.UnitCode WHERE o.Id = @id
        """);

    private static readonly Sql FindMediators = new("""
        SELECT DISTINCT u.UserName, u.DisplayName FROM RoleAssignment r JOIN AppUser u ON u.Id = r.UserId
        WHERE r.OrganisationId = @id AND r.Role = 'Mediator' AND r.DeputyId IS NULL AND r.FromDate <= @today AND (r.ToDate IS NULL OR r.ToDate >= @today)
        ORDER BY u.UserName
        """);

    // What two changes of one organisation wait for one another with.
    private static readonly Sql Hold = new("UPDATE Organisation SET Name = Name WHERE Id = @id");

    public Task CheckAsync(object message, Caller caller, CancellationToken cancellationToken) =>
        message is IOrganisationMessage about ? CheckAsync(message.GetType(), about.OrganisationId, caller, cancellationToken) : Task.CompletedTask;

    public Task CheckAsync(Type message, Guid subject, Caller caller, CancellationToken cancellationToken) =>
        message.IsAssignableTo(typeof(IOrganisationMessage)) ? FindAsync(subject, cancellationToken) : Task.CompletedTask;

    /// <summary>The organisation, as it is listed, with who mediates there today.</summary>
    /// <exception cref="NotFound">There is none, or its unit lies in no subtree that the caller administers.</exception>
    internal async Task<ListOrganisations.Organisation> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var batch = db.Batch();
        var found = batch.Read<Row>(FindOne, new { id });
        var mediators = batch.Read<ListOrganisations.Mediator>(FindMediators, new { id, today = LocalTime.Day(time.GetUtcNow()) });
        await batch.RunAsync(cancellationToken);
        return found.SingleOrDefault is { } row && current.Caller.Administers(row.UnitCode)
            ? new(row.Id, row.Name, row.Track, row.Kind, row.UnitCode, row.UnitName, mediators, row.ClosedOn)
            : throw new NotFound($"organisation {id}");
    }

    /// <summary>The organisation, of which nobody else changes anything until the transaction ends.</summary>
    internal async Task<ListOrganisations.Organisation> HoldAsync(Guid id, CancellationToken cancellationToken)
    {
        await db.ExecuteAsync(Hold, new { id }, cancellationToken);
        return await FindAsync(id, cancellationToken);
    }

    private sealed class Row
    {
        public Guid Id { get; init; }
        public string Name { get; init; } = "";
        public MediationTrack Track { get; init; }
        public OrganisationKind Kind { get; init; }
        public UnitCode UnitCode { get; init; }
        public string UnitName { get; init; } = "";
        public DateOnly? ClosedOn { get; init; }
    }
}
