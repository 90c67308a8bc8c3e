using System.Collections.Immutable;
using System.Text.Json;
using GridCases.Attachments;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;

namespace GridCases.Features.Cases;

// What a change writes of the parts of a case: what differs from before, and what it resolves beside it.
public sealed partial class CaseStore
{
    private static readonly Sql AddOrganisation = new("INSERT INTO CaseOrganisation (CaseId, OrganisationId) VALUES (@CaseId, @OrganisationId)");
    private static readonly Sql RemoveOrganisation = new("DELETE FROM CaseOrganisation WHERE CaseId = @CaseId AND OrganisationId = @OrganisationId");
    private static readonly Sql RemoveHandedOn = new("DELETE FROM HandedOnCase WHERE CaseId = @CaseId AND OrganisationId = @OrganisationId");

    private static readonly Sql InsertLink = new("INSERT INTO CaseLink (CaseId, OtherCaseId, Reason, LinkedBy, LinkedAt) VALUES (@lesser, @greater, @Reason, @UserName, @Now)");

    private static readonly Sql InsertFollowUp = new("""
        INSERT INTO FollowUp (Id, CaseId, VisitedOn, Method, Satisfaction, Note, RecordedBy, RecordedAt)
        VALUES (@Id, @CaseId, @VisitedOn, @Method, @Satisfaction, @Note, @UserName, @Now)
        """);

    private static readonly Sql SaveDrawing = new("""
        UPDATE AgreementSignature SET ImageSealed = @Content, ImageKeyCipher = @KeyCipher WHERE CaseId = @CaseId AND AgreementVersion = @AgreementVersion AND Signer = @Signer
        """);

    private static readonly Sql RemoveSignature = new("DELETE FROM AgreementSignature WHERE CaseId = @CaseId AND AgreementVersion = @AgreementVersion AND Signer = @Signer");

    private static readonly Sql InsertSessionSignature = new("""
        INSERT INTO SessionSignature (CaseId, SessionId, Signer, SignedAt, ByUser, ImageSealed, ImageKeyCipher) VALUES (@CaseId, @SessionId, @Signer, @Now, @UserName, @Content, @KeyCipher)
        """);

    private static readonly Sql GrantSubsidy = new("""
        INSERT INTO CaseSubsidy (CaseId, RateId, OrganisationId, Mediator, Amount, GrantedAt) VALUES (@CaseId, @RateId, @OrganisationId, @Mediator, @Amount, @Now)
        """);

    private static readonly Sql QueuePoliceNotice = new("INSERT INTO Outbox (Id, Kind, PayloadJson, CreatedAt, Attempts) VALUES (@Id, 'PoliceNotice', @payload, @At, 0)");

    private static readonly Sql OpenEscalation = new("""
        INSERT INTO Escalation (Id, CaseId, ClockId, [Level], UnitCode, OpenedAt, DueAt, State, CaseRegisteredAt)
        SELECT @Id, @CaseId, @ClockId, @Level, @Unit, @Now, @DueAt, 'Open', @RegisteredAt
        WHERE NOT EXISTS (SELECT 1 FROM Escalation WHERE CaseId = @CaseId AND ClockId = @ClockId AND [Level] = @Level)
        """);

    // One that was taken back opens again in its time: there is one for each clock and level, for ever.
    private static readonly Sql OpenEscalationAgain = new($"""
        UPDATE Escalation SET State = 'Open', UnitCode = @Unit, OpenedAt = @Now, DueAt = @DueAt, Resolution = NULL, ClosedBy = NULL, ClosedAt = NULL, AcknowledgedBy = NULL, AcknowledgedAt = NULL
        WHERE CaseId = @CaseId AND ClockId = @ClockId AND [Level] = @Level AND State = 'Resolved' AND Resolution = '{nameof(EscalationResolution.ClockWasWrong)}'
        """);

    private static readonly Sql TakeBackEscalations = new($"""
        UPDATE Escalation SET State = 'Resolved', Resolution = '{nameof(EscalationResolution.ClockWasWrong)}', ClosedBy = 'system', ClosedAt = @Now, HolderChanged = 0
        WHERE CaseId = @CaseId AND ClockId = @ClockId AND [Level] >= @Level
        """);

    private static readonly Sql ResolveEscalations = new("""
        UPDATE Escalation SET State = 'Resolved', Resolution = @resolution, ClosedBy = 'system', ClosedAt = @Now
        WHERE ClockId = @ClockId AND State IN ('Open', 'Acknowledged')
        """);

    // Whoever acts has taken note; what the action resolved stays resolved.
    private static readonly Sql NoteEscalation = new("""
        UPDATE Escalation SET AcknowledgedBy = @UserName, AcknowledgedAt = @Now, State = IIF(State = 'Open', 'Acknowledged', State)
        WHERE Id = @Id AND AcknowledgedBy IS NULL
        """);

    private static readonly Sql DismissEscalation = new("""
        UPDATE Escalation SET State = 'Dismissed', Resolution = @Reason, ClosedBy = @UserName, ClosedAt = @Now WHERE Id = @Id AND State IN ('Open', 'Acknowledged')
        """);

    private static readonly Sql RerouteEscalation = new("""
        UPDATE Escalation SET UnitCode = @To, State = 'Open', AcknowledgedBy = NULL, AcknowledgedAt = NULL, HolderChanged = 0 WHERE Id = @Id AND State IN ('Open', 'Acknowledged')
        """);

    private static readonly Sql ChangeHolder = new("UPDATE Escalation SET HolderChanged = 1 WHERE CaseId = @Id AND State IN ('Open', 'Acknowledged')");

    private static IEnumerable<Write> PartsOf(CaseChange change, CaseContext at)
    {
        var (before, after, id) = (change.Before, change.After, change.After.Id);
        return
        [
            .. Clocks(change, at),
            .. Differences(CaseTables.Extensions, before?.Extensions ?? [], after.Extensions, e => e.Id, (e, _) => ExtensionRow.Of(id, e)),
            .. Differences(CaseTables.Recusals, before?.Recusals ?? [], after.Recusals, r => r.UserName, (r, _) => RecusalRow.Of(id, r)),
            .. Differences(CaseTables.Attachments, before?.Attachments ?? [], after.Attachments, a => a.Id, (a, _) => AttachmentRow.Of(id, a)),
            .. Card(before?.Card, after.Card, id, at),
            .. Sham(change, at),
            .. PoliceNotice(before?.PoliceNotice, after),
            .. Agreement(change),
            .. Beside(change, at),
            .. change.Escalations.SelectMany(step => Escalation(step, after, at)),
            .. TallyWriter.Of(change),
        ];
    }

    /// <summary>Rows for what is new and changes for what differs. Parts are immutable, so an untouched one is the very same.</summary>
    private static IEnumerable<Write> Differences<TPart, TRow>(
        Table<TRow> table, ImmutableArray<TPart> before, ImmutableArray<TPart> after, Func<TPart, object> key, Func<TPart, int, TRow> row)
        where TPart : class
        where TRow : class
    {
        for (var i = 0; i < after.Length; i++)
        {
            var part = after[i];
            var known = before.FirstOrDefault(b => Equals(key(b), key(part)));
            if (known is null)
                yield return table.Adding(row(part, i));
            else if (!ReferenceEquals(known, part) && table.Changing(row(known, i), row(part, i)) is { } changing)
                yield return changing;
        }
    }

    private static IEnumerable<Write> Clocks(CaseChange change, CaseContext at)
    {
        var (before, after) = (change.Before?.Clocks ?? [], change.After.Clocks);
        foreach (var write in Differences(CaseTables.Clocks, before, after, c => c.Id, (c, _) => ClockRow.Of(change.After.Id, c)))
            yield return write;

        // What is not overdue any more has nothing to be answered for.
        foreach (var clock in after.Where(c => !c.IsOverdueAt(at.Now) && before.FirstOrDefault(b => b.Id == c.Id) is { LevelsOpened: > 0 } known && !ReferenceEquals(known, c)))
        {
            var resolution = clock.Status switch
            {
                ClockStatus.Running => EscalationResolution.Extended,
                ClockStatus.Paused => EscalationResolution.Suspended,
                ClockStatus.Met or ClockStatus.Missed or ClockStatus.Cancelled => EscalationResolution.MovedOn,
            };
            yield return new Write(ResolveEscalations, new { resolution = resolution.ToString(), at.Now, ClockId = clock.Id });
        }

        // What goes on overdue belongs to whoever supervises the new holder: the next sweep sends it there.
        if (change.Before is { } held && held.Holder.Unit != change.After.Holder.Unit && after.Any(c => c.LevelsOpened > 0))
            yield return new Write(ChangeHolder, new { change.After.Id });
    }

    private static IEnumerable<Write> Card(Card? before, Card? after, Guid id, CaseContext at)
    {
        if (before is not null && before.Id != after?.Id)
            yield return CaseTables.Cards.Changing(CardRow.Of(id, before), CardRow.Of(id, before) with { LiftedAt = at.Now })!;
        if (after is not null && before?.Id != after.Id)
            yield return CaseTables.Cards.Adding(CardRow.Of(id, after));
        else if (after is not null && CaseTables.Cards.Changing(CardRow.Of(id, before!), CardRow.Of(id, after)) is { } changing)
            yield return changing;
    }

    private static IEnumerable<Write> Sham(CaseChange change, CaseContext at)
    {
        var (before, after, id) = (change.Before?.Sham, change.After.Sham, change.After.Id);
        if (before is not null && before.Id != after?.Id)
        {
            var decided = ShamRow.Of(id, before) with { Founded = change.ShamDecision?.Founded, Note = change.ShamDecision?.Note, DecidedBy = at.By.UserName, ClosedAt = at.Now };
            yield return CaseTables.Shams.Changing(ShamRow.Of(id, before), decided)!;
        }

        if (after is not null && before?.Id != after.Id)
            yield return CaseTables.Shams.Adding(ShamRow.Of(id, after));
    }

    private static IEnumerable<Write> PoliceNotice(PoliceNotice? before, Case after)
    {
        if (after.PoliceNotice is not { } notice || notice == before)
            yield break;
        if (notice.Id == before?.Id)
        {
            yield return CaseTables.PoliceNotices.Changing(PoliceNoticeRow.Of(after.Id, before), PoliceNoticeRow.Of(after.Id, notice))!;
            yield break;
        }

        // A docking system may fetch it; until one does, the centre hands over the printed notice.
        var payload = JsonSerializer.Serialize(new { noticeId = notice.Id, caseId = after.Id, number = after.Number, unit = after.Holder.Unit }, Json.Options);
        yield return new Write(QueuePoliceNotice, new { notice.Id, payload, notice.At });
        yield return CaseTables.PoliceNotices.Adding(PoliceNoticeRow.Of(after.Id, notice));
    }

    private static IEnumerable<Write> Agreement(CaseChange change)
    {
        if (change.After.Agreement is not { } after || ReferenceEquals(change.Before?.Agreement, after))
            yield break;

        // A revision is a new row with rows of its own; the signatures under the one before stay there and count no more.
        var (id, version) = (change.After.Id, after.Version);
        var before = change.Before?.Agreement is { } known && known.Version == version ? known : null;
        if (before is null)
            yield return CaseTables.Agreements.Adding(AgreementRow.Of(id, after));
        else if (CaseTables.Agreements.Changing(AgreementRow.Of(id, before), AgreementRow.Of(id, after)) is { } changing)
            yield return changing;

        // What was taken back goes with its drawing; the journal tells that it was there.
        foreach (var gone in (before?.Signatures ?? []).Where(b => after.Signatures.All(s => s.Signer != b.Signer)))
            yield return new Write(RemoveSignature, new { CaseId = id, AgreementVersion = version, gone.Signer });

        ImmutableArray<Confirmation> Confirmations(Agreement? a) => a?.Confirmation is { } confirmation ? [confirmation] : [];
        foreach (var write in (Write[])[
            .. Differences(CaseTables.Obligations, before?.Obligations ?? [], after.Obligations, o => o.Id, (o, i) => ObligationRow.Of(id, version, i, o)),
            .. Differences(CaseTables.Signatures, before?.Signatures ?? [], after.Signatures, s => s.Signer, (s, _) => SignatureRow.Of(id, version, s)),
            .. Differences(CaseTables.Confirmations, Confirmations(before), Confirmations(after), _ => version, (c, _) => ConfirmationRow.Of(id, version, c))])
        {
            yield return write;
        }
    }

    /// <summary>What was drawn under the agreement or under the record of a meeting, sealed.</summary>
    private async Task<IEnumerable<Write>> DrawingAsync(CaseChange change, CaseContext at)
    {
        if (change.SessionSignature is { } signed)
        {
            var drawing = await SealedPicture.SealAsync(signed.Png, personal);
            return [new Write(InsertSessionSignature, new { CaseId = change.After.Id, signed.SessionId, signed.Signer, at.Now, at.By.UserName, drawing.Content, drawing.KeyCipher })];
        }

        if (change is not { SignatureImage: { } png, After: { Agreement: { } agreement } after })
            return [];
        var (content, keyCipher) = await SealedPicture.SealAsync(png, personal);
        return [new Write(SaveDrawing, new { Content = content, KeyCipher = keyCipher, CaseId = after.Id, AgreementVersion = agreement.Version, agreement.Signatures[^1].Signer })];
    }

    /// <summary>
    /// Who has the case sees it; who handed it on goes on seeing it as it stood, and who refused it sees it no more. Somebody to whom it comes back sees it again.
    /// </summary>
    private IEnumerable<Write> Sight(StoredCase stored, CaseChange change, CaseContext at)
    {
        var id = change.After.Id;
        if (change.OrganisationLeft is { } left)
        {
            yield return new Write(RemoveOrganisation, new { CaseId = id, OrganisationId = left });
            if (!change.IsRefused)
                yield return CaseTables.HandedOn.Adding(HandedOnRow.Of(stored, left, at, personal));
        }

        if (change.After.ResponsibleOrganisation is { } came && came != change.Before?.ResponsibleOrganisation)
        {
            yield return new Write(AddOrganisation, new { CaseId = id, OrganisationId = came });
            yield return new Write(RemoveHandedOn, new { CaseId = id, OrganisationId = came });
        }
    }

    /// <summary>What an action puts beside the case and the case itself does not hold.</summary>
    private static IEnumerable<Write> Beside(CaseChange change, CaseContext at)
    {
        var (after, id) = (change.After, change.After.Id);
        if (change.Session is { } session)
            yield return CaseTables.Sessions.Adding(SessionRow.Of(id, session, at));
        if (change.FollowUp is { } visit)
            yield return new Write(InsertFollowUp, new { visit.Id, CaseId = id, visit.VisitedOn, visit.Method, visit.Satisfaction, visit.Note, at.By.UserName, at.Now });
        if (change.Subsidy is { } rate && after.Mediation is { Mediator: { } mediator } mediated)
            yield return new Write(GrantSubsidy, new { CaseId = id, RateId = rate.Id, mediated.OrganisationId, Mediator = mediator, rate.Amount, at.Now });
        if (change.Link is { } link)
        {
            var (lesser, greater) = id.CompareTo(link.OtherId) < 0 ? (id, link.OtherId) : (link.OtherId, id);
            yield return new Write(InsertLink, new { lesser, greater, link.Reason, at.By.UserName, at.Now });
        }
    }

    private static Write[] Escalation(EscalationStep step, Case of, CaseContext at)
    {
        switch (step)
        {
            case EscalationStep.Opened opened:
                var row = new { Id = at.NewId(), CaseId = of.Id, opened.ClockId, opened.Level, opened.Unit, at.Now, opened.DueAt, of.RegisteredAt };
                return [new Write(OpenEscalationAgain, row), new Write(OpenEscalation, row)];
            case EscalationStep.Acknowledged noted:
                return [new Write(NoteEscalation, new { noted.Id, at.By.UserName, at.Now })];
            case EscalationStep.Dismissed dismissed:
                return [new Write(DismissEscalation, new { dismissed.Id, dismissed.Reason, at.By.UserName, at.Now })];
            case EscalationStep.Rerouted rerouted:
                return [Write.Guard(RerouteEscalation, new { rerouted.Id, rerouted.To })];
            case EscalationStep.TakenBack back:
                return [new Write(TakeBackEscalations, new { CaseId = of.Id, back.ClockId, back.Level, at.Now })];
            default:
                throw new InvalidOperationException($"{step.GetType().Name} is no known step.");
        }
    }
}

/// <summary>Why the system closed an escalation.</summary>
public enum EscalationResolution
{
    /// <summary>The step it was about is over.</summary>
    MovedOn,

    /// <summary>The case was suspended.</summary>
    Suspended,

    /// <summary>The limit was lengthened past now.</summary>
    Extended,

    /// <summary>It was opened by a clock that went ahead: the limit has not lapsed.</summary>
    ClockWasWrong,
}
