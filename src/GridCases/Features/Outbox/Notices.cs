using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Units;
using GridCases.Pipeline;

namespace GridCases.Features.Outbox;

/// <summary>What a notice is about; its sentence is in Texts/Notices.</summary>
public enum NoticeKind
{
    /// <summary>A case has come to you.</summary>
    CaseArrived,

    /// <summary>A case has come back to you.</summary>
    CaseReturned,

    /// <summary>A case is overdue and has come to your queue.</summary>
    Escalated,

    /// <summary>A case is overdue and nobody up to the city supervises: the orphan queue.</summary>
    Orphaned,

    /// <summary>Your request for more time was decided.</summary>
    ExtensionDecided,

    /// <summary>Somebody asks for more time.</summary>
    ExtensionRequested,

    /// <summary>A yellow or red card was issued.</summary>
    CardIssued,

    /// <summary>Sham mediation was reported and waits for a decision.</summary>
    ShamReported,

    /// <summary>A risk was proposed and waits for a centre.</summary>
    RiskProposed,

    /// <summary>A due date of your case moved with the working calendar or the policy.</summary>
    DueDateMoved,

    /// <summary>A colleague has left, and those cases are yours now.</summary>
    CasesHandedOver,

    /// <summary>Another unit was closed, and what it had to do is yours now.</summary>
    UnitMerged,

    /// <summary>The clock of a server is too far from the last known instant; deadlines stand still until it is set right or confirmed.</summary>
    ClockInDoubt,

    /// <summary>A recurring job fails and does not recover by itself.</summary>
    JobFailed,

    /// <summary>The nightly backup failed.</summary>
    BackupFailed,

    /// <summary>On the morning of a working day: what waits in a supervisor's queue, is overdue, or is due soon.</summary>
    DailyDigest,
}

/// <summary>A notice to a role in a unit, to an organisation or to one user; never only to a person where a role is meant. About one case, or about several.</summary>
public sealed record Notice(NoticeKind Kind, Guid? CaseId, UnitCode? Unit, Role? Role, Guid? OrganisationId, string? UserName, IReadOnlyDictionary<string, object?> Data);

/// <summary>Notices leave through the outbox: written with the change, delivered after it.</summary>
public static class Notices
{
    /// <summary>Kind of the outbox rows that become notifications.</summary>
    public const string OutboxKind = "Notice";

    private static readonly Sql Queue = new("INSERT INTO Outbox (Id, Kind, PayloadJson, CreatedAt, Attempts) VALUES (@Id, @Kind, @PayloadJson, @Now, 0)");

    /// <summary>Puts a notice into the outbox, in the transaction of what it tells.</summary>
    public static Write Queueing(Notice notice, CaseContext at) => Queueing(notice, at.Now);

    /// <summary>The key of a notice that is sent once, however often it is meant to be: the same for the same occasion.</summary>
    internal static Guid KeyOf(string occasion) => new(SHA256.HashData(Encoding.UTF8.GetBytes(occasion)).AsSpan(0, 16));

    private static Write Queueing(Notice notice, DateTimeOffset now) => Queueing(notice, Guid.CreateVersion7(now), now);

    /// <summary>The same under a key of its own.</summary>
    internal static Write Queueing(Notice notice, Guid id, DateTimeOffset now) =>
        new(Queue, new { Id = id, Kind = OutboxKind, PayloadJson = JsonSerializer.Serialize(notice, Json.Options), now });

    /// <summary>A notice about the system itself, to those who administer most of it: the administrators of the city, where it has any.</summary>
    /// <param name="db">Finds them.</param>
    /// <param name="kind">What is the matter.</param>
    /// <param name="data">The values of its sentence.</param>
    /// <param name="now">When that was.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static async Task<IReadOnlyList<Write>> ToAdministratorsAsync(Db db, NoticeKind kind, IReadOnlyDictionary<string, object?> data, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var serving = await ServingUnits.LoadAsync(db, LocalTime.Day(now), cancellationToken);
        return [.. serving.HighestAdministered.Select(unit => Queueing(new Notice(kind, null, unit, Role.Administrator, null, null, data), now))];
    }

    /// <summary>The notices to everybody whom a change concerns, for its transaction.</summary>
    /// <param name="db">Finds who decides.</param>
    /// <param name="change">What was done.</param>
    /// <param name="lines">How many lines the journal had before: one follows for each event, and a notice names the one that tells what happened and why.</param>
    /// <param name="at">When, and by whom.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    internal static async Task<IReadOnlyList<Write>> AboutAsync(Db db, CaseChange change, int lines, CaseContext at, CancellationToken cancellationToken)
    {
        var writes = new List<Write>();
        foreach (var notice in For(change, lines, at))
            writes.Add(Queueing(notice.Kind is NoticeKind.ExtensionRequested or NoticeKind.ShamReported ? await ToWhoDecidesAsync(db, notice, at, cancellationToken) : notice, at));
        return writes;
    }

    /// <summary>
    /// A request goes the way of an escalation: to the supervisors of the holding unit, where there is none to those of the next unit up,
    /// where there is none at all to the administrators, who can appoint one.
    /// </summary>
    private static async Task<Notice> ToWhoDecidesAsync(Db db, Notice notice, CaseContext at, CancellationToken cancellationToken)
    {
        var holder = notice.Unit!.Value;
        var serving = await ServingUnits.LoadAsync(db, holder, at.Today, cancellationToken);
        return serving.TargetFor(1, holder) is { } unit
            ? notice with { Unit = unit }
            : notice with { Unit = serving.AdministratorsOf(holder), Role = Role.Administrator };
    }

    /// <summary>Whom a change concerns. The one who made it is not told what he knows.</summary>
    private static IEnumerable<Notice> For(CaseChange change, int lines, CaseContext at)
    {
        var (before, after) = (change.Before, change.After);
        var data = new Dictionary<string, object?> { ["number"] = after.Number };
        var moved = before is null || before.Holder != after.Holder || before.State != after.State;

        // Of many cases that come together one notice tells, which whoever moves them writes.
        var comesAlone = change.Events.All(e => e.Kind is not (CaseEventKind.HandOver or CaseEventKind.MoveToSuccessor or CaseEventKind.BringOver));
        if (moved && comesAlone && CaseTransitions.IsOpen(after.State) && !CaseAuthority.IsHolder(after, at.By))
        {
            // The reason stays with the case, and is read there by those who see it.
            yield return after.Returned is { } returned
                ? ToHolder(NoticeKind.CaseReturned, after, new Dictionary<string, object?>(Because(e => e.Kind is not CaseEventKind.ClockRecomputed)) { ["returnedAt"] = returned.At })
                : ToHolder(NoticeKind.CaseArrived, after, Because(e => e.Kind is not (CaseEventKind.ClockRecomputed or CaseEventKind.Register)));
        }

        foreach (var extension in after.Extensions.Except(before?.Extensions ?? []))
        {
            yield return extension.State is ExtensionState.Requested
                ? new Notice(NoticeKind.ExtensionRequested, after.Id, DecidesOn(extension), Role.Supervisor, null, null, new Dictionary<string, object?>(Because(e => e.Kind is CaseEventKind.RequestExtension)) { ["days"] = extension.Days, ["clock"] = after.Clocks.Single(c => c.Id == extension.ClockId).Kind })
                : ToHolder(NoticeKind.ExtensionDecided, after, new Dictionary<string, object?>(Because(e => e.Kind is CaseEventKind.DecideExtension or CaseEventKind.GrantExtension)) { ["state"] = extension.State, ["days"] = extension.GrantedDays });
        }

        if (after.Sham is { } report && report.Id != before?.Sham?.Id)
            yield return new Notice(NoticeKind.ShamReported, after.Id, after.Holder.Unit, Role.Supervisor, null, null, Because(e => e.Kind is CaseEventKind.ReportSham));

        if (after.Card is { Reply: null } card && card.Id != before?.Card?.Id)
            yield return ToHolder(NoticeKind.CardIssued, after, new Dictionary<string, object?>(Because(e => e.Kind is CaseEventKind.IssueCard)) { ["color"] = card.Color, ["replyDueOn"] = card.ReplyDueOn });

        foreach (var line in change.Events.Where(e => e.Kind is CaseEventKind.ClockRecomputed && e.Get(EventKey.DueBefore) != e.Get(EventKey.DueAfter)))
        {
            yield return ToHolder(NoticeKind.DueDateMoved, after, new Dictionary<string, object?>(data)
            {
                ["clock"] = line.Get(EventKey.Clock),
                ["dueBefore"] = line.Get(EventKey.DueBefore),
                ["dueAfter"] = line.Get(EventKey.DueAfter),
                ["policy"] = line.Has(EventKey.PolicyAfter),
            });
        }

        if (after.ProposedRisk is { } risk && risk != before?.ProposedRisk)
        {
            var centre = after.Holder.Unit.AtLevel(UnitLevel.Village) ?? after.Holder.Unit;
            yield return new Notice(NoticeKind.RiskProposed, after.Id, centre, Role.CentreOfficer, null, null, new Dictionary<string, object?>(Because(e => e.Kind is CaseEventKind.ProposeRisk)) { ["risk"] = risk });
        }

        // What was done, and in which line of the journal the rest stands: it stays with the case, and is read there by those who see it.
        IReadOnlyDictionary<string, object?> Because(Func<CaseEvent, bool> isIt)
        {
            for (var i = change.Events.Length - 1; i >= 0; i--)
            {
                if (isIt(change.Events[i]))
                    return new Dictionary<string, object?>(data) { ["did"] = change.Events[i].Kind, ["line"] = lines + i + 1 };
            }

            return data;
        }

        UnitCode DecidesOn(Extension extension) => at.Policies.ById(after.Clocks.Single(c => c.Id == extension.ClockId).PolicyId).ExtensionByHigherAuthority
            ? after.Holder.Unit.Parent ?? after.Holder.Unit
            : after.Holder.Unit;
    }

    private static Notice ToHolder(NoticeKind kind, Case @case, IReadOnlyDictionary<string, object?> data)
    {
        if (@case.Holder.OrganisationId is { } organisation && CaseAuthority.HoldingRoles(@case.State).Contains(Role.Mediator))
            return new Notice(kind, @case.Id, null, null, @case.Holder.Mediator is null ? organisation : null, @case.Holder.Mediator, data);

        var role = @case.Holder.Unit.Level is UnitLevel.Grid ? Role.GridHead : Role.CentreOfficer;
        return new Notice(kind, @case.Id, @case.Holder.Unit, role, null, null, data);
    }
}
