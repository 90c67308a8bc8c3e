using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Notifications;
using GridCases.Pipeline;

namespace GridCases.Features.Cases;

/// <summary>Loads a case whole and saves what an action changed: row, clocks, agreement, journal, notices, all in the caller's transaction.</summary>
public sealed class CaseStore(Db db)
{
    /// <summary>What <c>previousHash</c> is in the first line of a journal.</summary>
    public static readonly string NoHash = new('0', 64);

    private static readonly Sql FindCase = new("SELECT * FROM DisputeCase WHERE Id = @id");
    private static readonly Sql FindParties = new("SELECT * FROM CaseParty WHERE CaseId = @id ORDER BY Ordinal");
    private static readonly Sql FindClocks = new("SELECT * FROM CaseClock WHERE CaseId = @id ORDER BY StartedAt, Id");
    private static readonly Sql FindExtensions = new("SELECT * FROM CaseExtension WHERE CaseId = @id ORDER BY RequestedAt, Id");
    private static readonly Sql FindCard = new("SELECT * FROM SupervisionCard WHERE CaseId = @id AND LiftedAt IS NULL");
    private static readonly Sql FindRecusals = new("SELECT UserName, Reason, RecusedAt FROM CaseRecusal WHERE CaseId = @id ORDER BY RecusedAt");
    private static readonly Sql FindSham = new("SELECT Id, Reason, ReportedBy, ReportedAt FROM ShamReport WHERE CaseId = @id AND ClosedAt IS NULL");
    private static readonly Sql FindPoliceNotices = new("SELECT * FROM PoliceNotice WHERE CaseId = @id ORDER BY CreatedAt, Id");
    private static readonly Sql FindAttachments = new("SELECT * FROM CaseAttachment WHERE CaseId = @id ORDER BY AttachedAt, Id");
    private static readonly Sql FindLinks = new("""
        SELECT OtherCaseId FROM CaseLink WHERE CaseId = @id UNION ALL SELECT CaseId FROM CaseLink WHERE OtherCaseId = @id
        """);
    private static readonly Sql FindAgreement = new("""
        SELECT Version, Form, Terms, Amount, MadeAt, EffectiveAt FROM CaseAgreement
        WHERE CaseId = @id AND Version = (SELECT MAX(Version) FROM CaseAgreement WHERE CaseId = @id)
        """);
    private static readonly Sql FindObligations = new("SELECT * FROM AgreementObligation WHERE CaseId = @id AND AgreementVersion = @version ORDER BY Ordinal");
    private static readonly Sql FindSignatures = new("SELECT Signer, SignedAt, ByUser, How FROM AgreementSignature WHERE CaseId = @id AND AgreementVersion = @version ORDER BY SignedAt, Signer");
    private static readonly Sql FindConfirmation = new("SELECT * FROM CaseConfirmation WHERE CaseId = @id AND AgreementVersion = @version");

    private static readonly Sql InsertCase = new("""
        INSERT INTO DisputeCase (Id, Number, Version, State, Suspended, ExpectedResumeOn, Title, Summary, Category, OccurredOn, Source, Urgency, Scale,
            PeopleInvolved, AmountInDispute, PlaceUnitCode, PlaceAddressCipher, Latitude, Longitude, Risk, ProposedRisk, RiskSponsor, OriginUnitCode,
            HolderUnitCode, HolderOrganisationId, HolderMediator, Route, Track, Entrustment, MediationOrganisationId, MediationMediator, CompletedState,
            CompletedHolderUnitCode, CompletedHolderOrganisationId, CompletedHolderMediator, CompletedRoute, Outcome, ReopenedCount,
            RegisteredAt, RegisteredBy, ClosedAt, MergedIntoId, NextWarnAt, NextDueAt, LastEventSequence, LastEventHash,
            ProposedViolence, Violence, Prevention, MediationOrganisationKind, MediatorChoice, NextSessionAt, NextSessionPlace, NextSessionLink)
        VALUES (@Id, @Number, @Version, @State, @Suspended, @ExpectedResumeOn, @Title, @Summary, @Category, @OccurredOn, @Source, @Urgency, @Scale,
            @PeopleInvolved, @AmountInDispute, @PlaceUnitCode, @PlaceAddressCipher, @Latitude, @Longitude, @Risk, @ProposedRisk, @RiskSponsor, @OriginUnitCode,
            @HolderUnitCode, @HolderOrganisationId, @HolderMediator, @Route, @Track, @Entrustment, @MediationOrganisationId, @MediationMediator, @CompletedState,
            @CompletedHolderUnitCode, @CompletedHolderOrganisationId, @CompletedHolderMediator, @CompletedRoute, @Outcome, @ReopenedCount,
            @RegisteredAt, @RegisteredBy, @ClosedAt, @MergedIntoId, @NextWarnAt, @NextDueAt, @LastEventSequence, @LastEventHash,
            @ProposedViolence, @Violence, @Prevention, @MediationOrganisationKind, @MediatorChoice, @NextSessionAt, @NextSessionPlace, @NextSessionLink)
        """);

    private static readonly Sql UpdateCase = new("""
        UPDATE DisputeCase SET Version = Version + 1, State = @State, Suspended = @Suspended, ExpectedResumeOn = @ExpectedResumeOn, Title = @Title,
            Summary = @Summary, Category = @Category, Risk = @Risk, ProposedRisk = @ProposedRisk, RiskSponsor = @RiskSponsor,
            HolderUnitCode = @HolderUnitCode, HolderOrganisationId = @HolderOrganisationId, HolderMediator = @HolderMediator, Route = @Route, Track = @Track,
            Entrustment = @Entrustment, MediationOrganisationId = @MediationOrganisationId, MediationMediator = @MediationMediator,
            CompletedState = @CompletedState, CompletedHolderUnitCode = @CompletedHolderUnitCode, CompletedHolderOrganisationId = @CompletedHolderOrganisationId,
            CompletedHolderMediator = @CompletedHolderMediator, CompletedRoute = @CompletedRoute, Outcome = @Outcome, ReopenedCount = @ReopenedCount,
            ClosedAt = @ClosedAt, MergedIntoId = @MergedIntoId, NextWarnAt = @NextWarnAt, NextDueAt = @NextDueAt,
            LastEventSequence = @LastEventSequence, LastEventHash = @LastEventHash, ProposedViolence = @ProposedViolence, Violence = @Violence,
            Prevention = @Prevention, MediationOrganisationKind = @MediationOrganisationKind, MediatorChoice = @MediatorChoice,
            NextSessionAt = @NextSessionAt, NextSessionPlace = @NextSessionPlace, NextSessionLink = @NextSessionLink
        WHERE Id = @Id AND Version = @Version
        """);

    private static readonly Sql InsertParty = new("""
        INSERT INTO CaseParty (Id, CaseId, Ordinal, Role, Kind, Name, Sex, IdNumberCipher, IdNumberHash, PhoneCipher, PhoneHash, AddressCipher)
        VALUES (@Id, @CaseId, @Ordinal, @Role, @Kind, @Name, @Sex, @IdNumberCipher, @IdNumberHash, @PhoneCipher, @PhoneHash, @AddressCipher)
        """);

    private static readonly Sql InsertClock = new("""
        INSERT INTO CaseClock (Id, CaseId, Kind, UnitCode, SubjectId, StartedAt, LimitAmount, LimitUnit, FixedDueOn, Extension, Pauses, PolicyId,
            PolicyVersion, DueAt, WarnAt, Provisional, Status, EndedAt, LevelsOpened, LevelsBeforeDue, NextLookAt)
        VALUES (@Id, @CaseId, @Kind, @UnitCode, @SubjectId, @StartedAt, @LimitAmount, @LimitUnit, @FixedDueOn, @Extension, @Pauses, @PolicyId,
            @PolicyVersion, @DueAt, @WarnAt, @Provisional, @Status, @EndedAt, @LevelsOpened, @LevelsBeforeDue, @NextLookAt)
        """);

    private static readonly Sql UpdateClock = new("""
        UPDATE CaseClock SET LimitAmount = @LimitAmount, LimitUnit = @LimitUnit, Extension = @Extension, Pauses = @Pauses, PolicyId = @PolicyId,
            PolicyVersion = @PolicyVersion, DueAt = @DueAt, WarnAt = @WarnAt, Provisional = @Provisional, Status = @Status, EndedAt = @EndedAt,
            LevelsOpened = @LevelsOpened, LevelsBeforeDue = @LevelsBeforeDue, NextLookAt = @NextLookAt
        WHERE Id = @Id
        """);

    private static readonly Sql ResolveEscalations = new("""
        UPDATE Escalation SET State = 'Resolved', Resolution = @Resolution, ClosedBy = 'system', ClosedAt = @Now
        WHERE CaseId = @CaseId AND ClockId = @ClockId AND State IN ('Open', 'Acknowledged')
        """);

    private static readonly Sql UpdateConsent = new("UPDATE CaseParty SET ConsentGiven = @Given, ConsentHow = @How, ConsentAt = @At WHERE Id = @Id");
    private static readonly Sql RememberOrganisation = new("""
        INSERT INTO CaseOrganisation (CaseId, OrganisationId)
        SELECT @CaseId, @OrganisationId WHERE NOT EXISTS (SELECT 1 FROM CaseOrganisation WHERE CaseId = @CaseId AND OrganisationId = @OrganisationId)
        """);

    private static readonly Sql InsertEvent = new("""
        INSERT INTO CaseEvent (CaseId, Sequence, [At], ByUser, [Action], DataJson, PreviousHash, Hash)
        VALUES (@CaseId, @Sequence, @At, @By, @Action, @DataJson, @PreviousHash, @Hash)
        """);

    private static readonly Sql InsertExtension = new("""
        INSERT INTO CaseExtension (Id, CaseId, ClockId, Days, Reason, PartiesAgree, State, GrantedDays, RequestedBy, RequestedAt, DecidedBy, DecidedAt, Note)
        VALUES (@Id, @CaseId, @ClockId, @Days, @Reason, @PartiesAgree, @State, @GrantedDays, @RequestedBy, @RequestedAt, @DecidedBy, @DecidedAt, @Note)
        """);

    private static readonly Sql UpdateExtension = new("""
        UPDATE CaseExtension SET State = @State, GrantedDays = @GrantedDays, DecidedBy = @DecidedBy, DecidedAt = @DecidedAt, Note = @Note WHERE Id = @Id
        """);

    private static readonly Sql InsertSession = new("""
        INSERT INTO CaseSession (Id, CaseId, HeldAt, Place, Note, Concession, Online, RecordedBy, RecordedAt, Kind, Participants, Others, Link)
        VALUES (@Id, @CaseId, @HeldAt, @Place, @Note, @Concession, @Online, @By, @Now, @Kind, @Participants, @Others, @Link)
        """);

    private static readonly Sql InsertFollowUp = new("""
        INSERT INTO FollowUp (Id, CaseId, VisitedOn, Method, Satisfaction, Note, RecordedBy, RecordedAt)
        VALUES (@Id, @CaseId, @VisitedOn, @Method, @Satisfaction, @Note, @By, @Now)
        """);

    private static readonly Sql InsertCard = new("""
        INSERT INTO SupervisionCard (Id, CaseId, Color, Note, ReplyDueOn, IssuedBy, IssuedAt)
        VALUES (@Id, @CaseId, @Color, @Note, @ReplyDueOn, @IssuedBy, @IssuedAt)
        """);

    private static readonly Sql AnswerCard = new("UPDATE SupervisionCard SET Reply = @Reply, RepliedAt = @RepliedAt WHERE Id = @Id");
    private static readonly Sql LiftCard = new("UPDATE SupervisionCard SET LiftedAt = @Now WHERE Id = @Id");

    private static readonly Sql InsertAgreement = new("""
        INSERT INTO CaseAgreement (CaseId, Version, Form, Terms, Amount, Sha256, MadeAt, EffectiveAt)
        VALUES (@CaseId, @Version, @Form, @Terms, @Amount, @Sha256, @MadeAt, @EffectiveAt)
        """);

    private static readonly Sql UpdateAgreement = new("UPDATE CaseAgreement SET EffectiveAt = @EffectiveAt WHERE CaseId = @CaseId AND Version = @Version");
    private static readonly Sql InsertObligation = new("""
        INSERT INTO AgreementObligation (Id, CaseId, AgreementVersion, Ordinal, PartyId, [Text], DueOn, Amount)
        VALUES (@Id, @CaseId, @Version, @Ordinal, @PartyId, @Text, @DueOn, @Amount)
        """);

    private static readonly Sql UpdateObligation = new("UPDATE AgreementObligation SET PerformedOn = @PerformedOn WHERE Id = @Id");
    private static readonly Sql InsertSignature = new("""
        INSERT INTO AgreementSignature (CaseId, AgreementVersion, Signer, SignedAt, ByUser, How) VALUES (@CaseId, @Version, @Signer, @At, @By, @How)
        """);

    private static readonly Sql InsertRecusal = new("INSERT INTO CaseRecusal (CaseId, UserName, Reason, RecusedAt) VALUES (@CaseId, @UserName, @Reason, @At)");
    private static readonly Sql InsertSham = new("INSERT INTO ShamReport (Id, CaseId, Reason, ReportedBy, ReportedAt) VALUES (@Id, @CaseId, @Reason, @By, @At)");
    private static readonly Sql CloseSham = new("UPDATE ShamReport SET Founded = @Founded, Note = @Note, DecidedBy = @By, ClosedAt = @Now WHERE Id = @Id");

    private static readonly Sql InsertPoliceNotice = new("INSERT INTO PoliceNotice (Id, CaseId, Prevention, CreatedBy, CreatedAt) VALUES (@Id, @CaseId, @Prevention, @By, @At)");
    private static readonly Sql QueuePoliceNotice = new("INSERT INTO Outbox (Id, Kind, PayloadJson, CreatedAt, Attempts) VALUES (@Id, 'PoliceNotice', @payload, @At, 0)");
    private static readonly Sql DeliverPoliceNotice = new("""
        UPDATE PoliceNotice SET DeliveredOn = @DeliveredOn, ReceivedBy = @ReceivedBy, Reference = @Reference, RecordedBy = @RecordedBy WHERE Id = @Id
        """);

    private static readonly Sql InsertAttachment = new("""
        INSERT INTO CaseAttachment (Id, CaseId, Kind, PartyId, Name, MediaType, Length, Sha256, KeyCipher, Concession, AttachedBy, AttachedAt)
        VALUES (@Id, @CaseId, @Kind, @PartyId, @Name, @MediaType, @Length, @Sha256, @KeyCipher, @Concession, @AttachedBy, @AttachedAt)
        """);

    private static readonly Sql WithdrawAttachment = new("""
        UPDATE CaseAttachment SET WithdrawnBy = @WithdrawnBy, WithdrawnAt = @WithdrawnAt, WithdrawnReason = @WithdrawnReason WHERE Id = @Id
        """);

    private static readonly Sql InsertConfirmation = new("""
        INSERT INTO CaseConfirmation (CaseId, AgreementVersion, Court, Applicants, AppliedAt)
        VALUES (@CaseId, @Version, @Court, @Applicants, @AppliedAt)
        """);

    private static readonly Sql AnswerConfirmation = new("""
        UPDATE CaseConfirmation SET Result = @Result, DecidedOn = @DecidedOn, DocumentNumber = @DocumentNumber, Reason = @Reason
        WHERE CaseId = @CaseId AND AgreementVersion = @Version
        """);

    /// <summary>The case as stored; null when there is none. Whose it is to see is not asked here.</summary>
    public async Task<Case?> FindAsync(Guid id, CancellationToken ct)
    {
        if (await db.QuerySingleOrDefaultAsync<CaseRow>(FindCase, new { id }, ct) is not { } row)
        {
            return null;
        }

        var parties = await db.QueryAsync<PartyRow>(FindParties, new { id }, ct);
        var clocks = await db.QueryAsync<ClockRow>(FindClocks, new { id }, ct);
        var extensions = await db.QueryAsync<ExtensionRow>(FindExtensions, new { id }, ct);
        var card = await db.QuerySingleOrDefaultAsync<CardRow>(FindCard, new { id }, ct);
        var recusals = await db.QueryAsync<RecusalRow>(FindRecusals, new { id }, ct);
        var sham = await db.QuerySingleOrDefaultAsync<ShamRow>(FindSham, new { id }, ct);
        var policeNotices = await db.QueryAsync<PoliceNoticeRow>(FindPoliceNotices, new { id }, ct);
        var attachments = await db.QueryAsync<AttachmentRow>(FindAttachments, new { id }, ct);
        return row.ToCase() with
        {
            Parties = [.. parties.Select(p => p.ToParty())],
            Clocks = [.. clocks.Select(c => c.ToClock())],
            Extensions = [.. extensions.Select(e => e.ToExtension())],
            Card = card?.ToCard(),
            Recusals = [.. recusals.Select(r => r.ToRecusal())],
            Sham = sham?.ToReport(),
            PoliceNotice = policeNotices.LastOrDefault()?.ToNotice(),
            Attachments = [.. attachments.Select(a => a.ToAttachment())],
            Links = [.. await db.QueryAsync<Guid>(FindLinks, new { id }, ct)],
            Agreement = await FindAgreementAsync(id, ct),
        };
    }

    /// <summary>The case at the version the caller saw.</summary>
    /// <exception cref="NotFound">There is none.</exception>
    /// <exception cref="StaleVersion">Somebody else changed it meanwhile.</exception>
    public async Task<Case> LoadAsync(Guid id, long? expectedVersion, CancellationToken ct)
    {
        var @case = await FindAsync(id, ct) ?? throw new NotFound($"case {id}");
        return expectedVersion is { } version && version != @case.Version ? throw new StaleVersion(@case.Version) : @case;
    }

    /// <summary>Saves a new case with the papers of its parties.</summary>
    internal async Task InsertAsync(CaseChange change, IReadOnlyList<PartyRow> parties, string? addressCipher, CaseContext at, CancellationToken ct)
    {
        var journal = Chain(change, 0, NoHash, at);
        var row = CaseRow.Of(change.After) with { Version = 1, PlaceAddressCipher = addressCipher, LastEventSequence = journal[^1].Sequence, LastEventHash = journal[^1].Hash };
        await db.ExecuteAsync(InsertCase, row, ct);
        await db.ExecuteManyAsync(InsertParty, parties.Select(p => p with { CaseId = change.After.Id }), ct);
        await CaseSearch.AddAsync(db, row, parties.Select(p => p.Name), ct);
        await SavePartsAsync(change, at, journal, ct);
    }

    /// <summary>Saves a change of a case that was loaded before.</summary>
    /// <exception cref="StaleVersion">Somebody else saved it meanwhile.</exception>
    public async Task SaveAsync(CaseChange change, CaseContext at, CancellationToken ct)
    {
        var before = change.Before ?? throw new ArgumentException("A new case is inserted.", nameof(change));
        var last = await db.QuerySingleOrDefaultAsync<CaseRow>(FindCase, new { id = before.Id }, ct) ?? throw new NotFound($"case {before.Id}");
        var journal = Chain(change, last.LastEventSequence, last.LastEventHash, at);
        var row = CaseRow.Of(change.After) with { Version = before.Version, LastEventSequence = journal[^1].Sequence, LastEventHash = journal[^1].Hash };
        if (await db.ExecuteAsync(UpdateCase, row, ct) == 0)
        {
            throw new StaleVersion();
        }

        await SavePartsAsync(change, at, journal, ct);
    }

    /// <summary>Saves changes of several cases that belong together, in the order of their ids, so that two such changes never wait for each other.</summary>
    /// <exception cref="StaleVersion">Somebody else saved one of them meanwhile.</exception>
    public async Task SaveTogetherAsync(IEnumerable<CaseChange> changes, CaseContext at, CancellationToken ct)
    {
        foreach (var change in changes.OrderBy(c => c.After.Id))
        {
            await SaveAsync(change, at, ct);
        }
    }

    /// <summary>The hash of a line of the journal: lower-case hex SHA-256 over the parts the API tells, one a line.</summary>
    public static string Hash(string previousHash, Guid caseId, int sequence, DateTimeOffset at, string by, string action, string dataJson)
    {
        var instant = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var text = string.Create(CultureInfo.InvariantCulture, $"{previousHash}\n{caseId}\n{sequence}\n{instant}\n{by}\n{action}\n{dataJson}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static List<Line> Chain(CaseChange change, int sequence, string previousHash, CaseContext at)
    {
        var lines = new List<Line>();
        foreach (var happened in change.Events)
        {
            sequence++;
            var dataJson = JsonSerializer.Serialize(happened.Data, Json.Options);
            var hash = Hash(previousHash, change.After.Id, sequence, at.Now, at.By.UserName, happened.Action, dataJson);
            lines.Add(new Line(change.After.Id, sequence, at.Now, at.By.UserName, happened.Action, dataJson, previousHash, hash));
            previousHash = hash;
        }

        return lines;
    }

    private async Task<Agreement?> FindAgreementAsync(Guid id, CancellationToken ct)
    {
        if (await db.QuerySingleOrDefaultAsync<AgreementRow>(FindAgreement, new { id }, ct) is not { } row)
        {
            return null;
        }

        var key = new { id, version = row.Version };
        var obligations = await db.QueryAsync<ObligationRow>(FindObligations, key, ct);
        var signatures = await db.QueryAsync<SignatureRow>(FindSignatures, key, ct);
        var confirmation = await db.QuerySingleOrDefaultAsync<ConfirmationRow>(FindConfirmation, key, ct);
        return new Agreement
        {
            Version = row.Version,
            Form = row.Form,
            Terms = row.Terms,
            Amount = row.Amount,
            MadeAt = row.MadeAt,
            EffectiveAt = row.EffectiveAt,
            Obligations = [.. obligations.Select(o => new Obligation(o.Id, o.PartyId, o.Text, o.DueOn, o.Amount, o.PerformedOn))],
            Signatures = [.. signatures.Select(s => new Signature(s.Signer, s.SignedAt, s.ByUser, s.How))],
            Confirmation = confirmation is null ? null : new Confirmation(confirmation.Court, confirmation.AppliedAt,
                JsonSerializer.Deserialize<ImmutableArray<Guid>>(confirmation.Applicants, Json.Options),
                confirmation.Result, confirmation.DecidedOn, confirmation.DocumentNumber, confirmation.Reason),
        };
    }

    /// <summary>Writes what differs: parts are immutable, so an untouched one is the very same object.</summary>
    private async Task SavePartsAsync(CaseChange change, CaseContext at, List<Line> journal, CancellationToken ct)
    {
        var (before, after) = (change.Before, change.After);
        await SaveClocksAsync(before, after, at, ct);
        await SaveAgreementAsync(before?.Agreement, after.Agreement, after.Id, ct);

        foreach (var party in after.Parties.Where(p => before is not null && before.Parties.Single(b => b.Id == p.Id).Consent != p.Consent))
        {
            await db.ExecuteAsync(UpdateConsent, new { party.Id, party.Consent?.Given, party.Consent?.How, party.Consent?.At }, ct);
        }

        foreach (var extension in after.Extensions)
        {
            var known = before?.Extensions.FirstOrDefault(e => e.Id == extension.Id);
            if (known != extension)
            {
                await db.ExecuteAsync(known is null ? InsertExtension : UpdateExtension, new
                {
                    extension.Id,
                    CaseId = after.Id,
                    extension.ClockId,
                    extension.Days,
                    extension.Reason,
                    extension.PartiesAgree,
                    extension.State,
                    extension.GrantedDays,
                    extension.RequestedBy,
                    extension.RequestedAt,
                    extension.DecidedBy,
                    extension.DecidedAt,
                    extension.Note,
                }, ct);
            }
        }

        await SaveCardAsync(before?.Card, after, at, ct);
        await SaveFileAsync(before, after, ct);
        await SaveShamAsync(change, at, ct);
        if (after.Mediation is { } mediation && mediation.OrganisationId != before?.Mediation?.OrganisationId)
        {
            await db.ExecuteAsync(RememberOrganisation, new { CaseId = after.Id, mediation.OrganisationId }, ct);
        }

        if (change.Session is { } session)
        {
            var participants = JsonSerializer.Serialize(session.Participants, Json.Options);
            await db.ExecuteAsync(InsertSession, new
            {
                session.Id,
                CaseId = after.Id,
                session.HeldAt,
                session.Place,
                session.Note,
                session.Concession,
                session.Online,
                By = at.By.UserName,
                at.Now,
                session.Kind,
                Participants = participants,
                session.Others,
                session.Link,
            }, ct);
        }

        if (change.FollowUp is { } visit)
        {
            await db.ExecuteAsync(InsertFollowUp, new { visit.Id, CaseId = after.Id, visit.VisitedOn, visit.Method, visit.Satisfaction, visit.Note, By = at.By.UserName, at.Now }, ct);
        }

        foreach (var line in journal)
        {
            await db.ExecuteAsync(InsertEvent, line, ct);
        }

        await Notices.QueueAsync(db, change, at, ct);
    }

    private async Task SaveClocksAsync(Case? before, Case after, CaseContext at, CancellationToken ct)
    {
        foreach (var clock in after.Clocks)
        {
            var known = before?.Clocks.FirstOrDefault(c => c.Id == clock.Id);
            if (ReferenceEquals(known, clock))
            {
                continue;
            }

            await db.ExecuteAsync(known is null ? InsertClock : UpdateClock, ClockRow.Of(after.Id, clock), ct);
            if (known is { LevelsOpened: > 0 } && !clock.IsOverdueAt(at.Now))
            {
                var why = clock.Status switch
                {
                    ClockStatus.Running => EscalationResolution.Extended,
                    ClockStatus.Paused => EscalationResolution.Suspended,
                    ClockStatus.Met or ClockStatus.Missed or ClockStatus.Cancelled => EscalationResolution.MovedOn,
                };
                await db.ExecuteAsync(ResolveEscalations, new { Resolution = why.ToString(), at.Now, CaseId = after.Id, ClockId = clock.Id }, ct);
            }
        }
    }

    private async Task SaveAgreementAsync(Agreement? before, Agreement? after, Guid caseId, CancellationToken ct)
    {
        if (after is null || ReferenceEquals(before, after))
        {
            return;
        }

        if (before?.Version != after.Version)
        {
            await db.ExecuteAsync(InsertAgreement, new { CaseId = caseId, after.Version, after.Form, after.Terms, after.Amount, after.Sha256, after.MadeAt, after.EffectiveAt }, ct);
            for (var i = 0; i < after.Obligations.Length; i++)
            {
                var o = after.Obligations[i];
                await db.ExecuteAsync(InsertObligation, new { o.Id, CaseId = caseId, after.Version, Ordinal = i, o.PartyId, o.Text, o.DueOn, o.Amount }, ct);
            }

            return;
        }

        if (before.EffectiveAt != after.EffectiveAt)
        {
            await db.ExecuteAsync(UpdateAgreement, new { CaseId = caseId, after.Version, after.EffectiveAt }, ct);
        }

        foreach (var signature in after.Signatures.Except(before.Signatures))
        {
            await db.ExecuteAsync(InsertSignature, new { CaseId = caseId, after.Version, signature.Signer, signature.At, signature.By, signature.How }, ct);
        }

        foreach (var obligation in after.Obligations.Except(before.Obligations))
        {
            await db.ExecuteAsync(UpdateObligation, new { obligation.Id, obligation.PerformedOn }, ct);
        }

        if (after.Confirmation is { } confirmation && before.Confirmation != confirmation)
        {
            if (before.Confirmation is null)
            {
                var applicants = JsonSerializer.Serialize(confirmation.Applicants, Json.Options);
                await db.ExecuteAsync(InsertConfirmation, new { CaseId = caseId, after.Version, confirmation.Court, Applicants = applicants, confirmation.AppliedAt }, ct);
            }
            else
            {
                await db.ExecuteAsync(AnswerConfirmation, new { confirmation.Result, confirmation.DecidedOn, confirmation.DocumentNumber, confirmation.Reason, CaseId = caseId, after.Version }, ct);
            }
        }
    }

    private async Task SaveFileAsync(Case? before, Case after, CancellationToken ct)
    {
        foreach (var recusal in after.Recusals.Except(before?.Recusals ?? []))
        {
            await db.ExecuteAsync(InsertRecusal, new { CaseId = after.Id, recusal.UserName, recusal.Reason, recusal.At }, ct);
        }

        foreach (var attachment in after.Attachments.Except(before?.Attachments ?? []))
        {
            await db.ExecuteAsync(attachment.Withdrawn is null ? InsertAttachment : WithdrawAttachment, AttachmentRow.Of(after.Id, attachment), ct);
        }

        if (after.PoliceNotice is { } notice && notice != before?.PoliceNotice)
        {
            var isNew = notice.Id != before?.PoliceNotice?.Id;
            if (isNew)
            {
                // A docking system may fetch it; until one does, the centre hands over the printed notice.
                var payload = JsonSerializer.Serialize(new { noticeId = notice.Id, caseId = after.Id, number = after.Number, unit = after.Holder.Unit }, Json.Options);
                await db.ExecuteAsync(QueuePoliceNotice, new { notice.Id, payload, notice.At }, ct);
            }

            await db.ExecuteAsync(isNew ? InsertPoliceNotice : DeliverPoliceNotice, new
            {
                notice.Id,
                CaseId = after.Id,
                notice.Prevention,
                notice.By,
                notice.At,
                notice.DeliveredOn,
                notice.ReceivedBy,
                notice.Reference,
                notice.RecordedBy,
            }, ct);
        }
    }

    private async Task SaveShamAsync(CaseChange change, CaseContext at, CancellationToken ct)
    {
        var (before, after) = (change.Before?.Sham, change.After.Sham);
        if (before is not null && before.Id != after?.Id)
        {
            var decision = change.ShamDecision;
            await db.ExecuteAsync(CloseSham, new { decision?.Founded, decision?.Note, By = at.By.UserName, at.Now, before.Id }, ct);
        }

        if (after is not null && before?.Id != after.Id)
        {
            await db.ExecuteAsync(InsertSham, new { after.Id, CaseId = change.After.Id, after.Reason, after.By, after.At }, ct);
        }
    }

    private async Task SaveCardAsync(Card? before, Case after, CaseContext at, CancellationToken ct)
    {
        var card = after.Card;
        if (before is not null && before.Id != card?.Id)
        {
            await db.ExecuteAsync(LiftCard, new { at.Now, before.Id }, ct);
        }

        if (card is not null && before?.Id != card.Id)
        {
            await db.ExecuteAsync(InsertCard, new { card.Id, CaseId = after.Id, card.Color, card.Note, card.ReplyDueOn, card.IssuedBy, card.IssuedAt }, ct);
        }
        else if (card is not null && before != card)
        {
            await db.ExecuteAsync(AnswerCard, new { card.Reply, card.RepliedAt, card.Id }, ct);
        }
    }

    private sealed record Line(Guid CaseId, int Sequence, DateTimeOffset At, string By, string Action, string DataJson, string PreviousHash, string Hash);
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
}
