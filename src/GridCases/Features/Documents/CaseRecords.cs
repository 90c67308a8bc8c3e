using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Pipeline;
using GridCases.Security;

namespace GridCases.Features.Documents;

/// <summary>Reads a <see cref="CaseRecord"/>. The caller's right to see the case has been checked by the pipeline.</summary>
public sealed class CaseRecords(Db db, CaseReader cases, PersonalData personal, TimeProvider time)
{
    private static readonly Sql FindOrganisation = new("SELECT Name FROM Organisation WHERE Id = @organisation");

    private static readonly Sql FindVisits = new("SELECT Id, VisitedOn, Method, Satisfaction, Note, RecordedBy FROM FollowUp WHERE CaseId = @id ORDER BY VisitedOn, Id");

    private static readonly Sql FindSignatures = new("""
        SELECT Signer, SignedAt, ByUser, How, ImagePng, ImageSealed, ImageKeyCipher FROM AgreementSignature WHERE CaseId = @id AND AgreementVersion = @version
        """);

    private static readonly Sql FindSessionSignatures = new("SELECT SessionId, Signer, SignedAt, ByUser, ImageSealed, ImageKeyCipher FROM SessionSignature WHERE CaseId = @id");

    private static readonly Sql FindSignedWords = new("SELECT SignedTitle, SignedSummary FROM CaseAgreement WHERE CaseId = @id AND Version = @version AND SignedTitle IS NOT NULL");

    private static readonly Sql FindUsers = new("SELECT UserName AS [Key], DisplayName AS Name FROM AppUser WHERE UserName IN {list users}");
    private static readonly Sql FindUnits = new("SELECT Code AS [Key], Name FROM Unit WHERE Code IN {codes units}");

    /// <summary>The record as the caller sees it, now or as it was when the case was handed on; numbers, phones and addresses masked.</summary>
    /// <param name="id">The case.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="NotFound">There is no such case.</exception>
    public async Task<CaseRecord> LoadAsync(Guid id, CancellationToken cancellationToken)
    {
        var key = new { id };
        var seen = await cases.LoadAsync(id, cancellationToken);
        var (stored, @case) = (seen.Stored, seen.Case);
        var organisation = @case.Mediation is { } mediation
            ? await db.QuerySingleOrDefaultAsync<string>(FindOrganisation, new { organisation = mediation.OrganisationId }, cancellationToken)
            : null;
        var sessions = await db.QueryAsync<SessionRow>(CaseTables.Sessions.OfCase, key, cancellationToken);
        var visits = await db.QueryAsync<RecordedVisit>(FindVisits, key, cancellationToken);
        var cards = await db.QueryAsync<CardRow>(CaseTables.Cards.OfCase, key, cancellationToken);
        var notices = await db.QueryAsync<PoliceNoticeRow>(CaseTables.PoliceNotices.OfCase, key, cancellationToken);
        IReadOnlyList<RecordedSignature> signatures = [.. (await db.QueryAsync<SignedRow>(FindSignatures, new { id, version = @case.Agreement?.Version ?? 0 }, cancellationToken)).Select(Recorded)];
        var drawn = await db.QueryAsync<SessionSignedRow>(FindSessionSignatures, key, cancellationToken);
        var journal = await db.QueryAsync<EventRow>(CaseTables.Events.OfCase, key, cancellationToken);
        if (seen.HandedOnAt is not null)
        {
            // What was put beside the case later is told of by later lines alone.
            journal = [.. journal.Where(e => e.Sequence <= seen.LastEventSequence)];
            var told = journal.Select(e => (Kind: CaseEventKinds.Find(e.Action), Data: EventData.Parse(e.DataJson))).ToList();
            sessions = [.. sessions.Where(s => told.Any(line => line.Data.Get(EventKey.Session) == s.Id))];
            drawn = [.. drawn.Where(s => told.Any(line => line.Kind is CaseEventKind.SignSession && line.Data.Get(EventKey.Session) == s.SessionId && line.Data.Get(EventKey.Signer) == s.Signer))];
            visits = [.. visits.OrderBy(v => v.Id).Take(told.Count(line => line.Kind is CaseEventKind.RecordFollowUp)).OrderBy(v => v.VisitedOn)];
            cards = [.. cards.Where(c => told.Any(line => line.Data.Get(EventKey.Card) == c.Id)).Select(c => @case.Card is { } out_ && out_.Id == c.Id ? CardRow.Of(id, out_) : c)];
            notices = [.. notices.Where(n => told.Any(line => line.Data.Get(EventKey.PoliceNotice) == n.Id))
                .Select(n => @case.PoliceNotice is { } last && last.Id == n.Id ? PoliceNoticeRow.Of(id, last) : n)];
            signatures = [.. signatures.Where(s => @case.Agreement!.Signatures.Any(known => known.Signer == s.Signer))];
        }

        string[] users = [.. journal.Select(e => e.ByUser).Concat(sessions.Select(s => s.RecordedBy)).Concat(visits.Select(v => v.RecordedBy))
            .Concat(new[] { @case.Mediation?.Mediator, @case.RegisteredBy }.OfType<string>()).Distinct()];
        UnitCode[] units = [.. new[] { @case.CountsIn, @case.Origin, @case.OriginCentre, @case.Holder.Unit, @case.Dispute.Place.Unit, @case.Completion?.Holder.Unit ?? @case.Origin }.Distinct()];

        return new CaseRecord
        {
            Case = @case,
            Parties = [.. stored.Parties.Where(p => p.WithdrawnAt is null).Select(Recorded)],
            WithdrawnParties = [.. stored.Parties.Where(p => p.WithdrawnAt is not null).Select(Recorded)],
            Signed = await SignedAsync(@case, cancellationToken),
            Sessions = [.. sessions.Select(Recorded)],
            Visits = visits,
            Cards = [.. cards.Select(c => c.ToCard())],
            PoliceNotices = [.. notices.Select(n => n.ToNotice())],
            Signatures = signatures.ToDictionary(s => s.Signer),
            SessionSignatures = drawn.ToDictionary(s => (s.SessionId, s.Signer), Recorded),
            Journal = [.. journal.Select(e => new RecordedEvent(e.Sequence, e.At, e.ByUser, CaseEventKinds.Find(e.Action), EventData.Parse(e.DataJson)))],
            Users = (await db.QueryAsync<NameRow>(FindUsers, new { users }, cancellationToken)).ToDictionary(n => n.Key, n => n.Name, StringComparer.OrdinalIgnoreCase),
            Units = (await db.QueryAsync<NameRow>(FindUnits, new { units }, cancellationToken)).ToDictionary(n => n.Key, n => n.Name),
            Organisation = organisation,
            PlaceAddress = Mask.Address(personal.Reveal(stored.Row.PlaceAddressCipher)),
            Now = seen.At(time.GetUtcNow()),
        };
    }

    private async Task<RecordAsSigned?> SignedAsync(Case of, CancellationToken cancellationToken)
    {
        if (of.Agreement is not { EffectiveAt: not null } agreement
            || await db.QuerySingleOrDefaultAsync<SignedWordsRow>(FindSignedWords, new { id = of.Id, version = agreement.Version }, cancellationToken) is not { } words)
        {
            return null;
        }

        var parties = await SignedPartyRow.ReadAsync(db, of, cancellationToken);
        return new RecordAsSigned(words.SignedTitle, words.SignedSummary, [.. parties.Select(p => Recorded(new PartyRow
        {
            Id = p.PartyId,
            Role = p.Role,
            Kind = p.Kind,
            Name = p.Name,
            Sex = p.Sex,
            IdNumberCipher = p.IdNumberCipher,
            PhoneCipher = p.PhoneCipher,
            AddressCipher = p.AddressCipher,
        }))]);
    }

    private RecordedParty Recorded(PartyRow p) => new()
    {
        Id = p.Id,
        Role = p.Role,
        Kind = p.Kind,
        Name = p.Name,
        Sex = p.Sex,
        IdNumber = Mask.IdNumber(personal.Reveal(p.IdNumberCipher)),
        Phone = Mask.Phone(personal.Reveal(p.PhoneCipher)),
        Address = Mask.Address(personal.Reveal(p.AddressCipher)),
        ConsentGiven = p.ConsentGiven,
        ConsentHow = p.ConsentHow,
        ConsentAt = p.ConsentAt,
    };

    private RecordedSignature Recorded(SignedRow s)
    {
        var signature = new RecordedSignature { Signer = s.Signer, SignedAt = s.SignedAt, ByUser = s.ByUser, How = s.How };
        try
        {
            return signature with { ImagePng = s.Open(personal) };
        }
        catch (CryptographicException)
        {
            return signature with { IsDamaged = true };
        }
    }

    private sealed record SessionSignedRow : SignedRow
    {
        public Guid SessionId { get; init; }
    }

    private record SignedRow : DrawingRow
    {
        public string Signer { get; init; } = "";
        public DateTimeOffset SignedAt { get; init; }
        public string ByUser { get; init; } = "";
        public SignatureMethod How { get; init; }
    }

    private sealed record SignedWordsRow
    {
        public string SignedTitle { get; init; } = "";
        public string? SignedSummary { get; init; }
    }

    private sealed record NameRow
    {
        public string Key { get; init; } = "";
        public string Name { get; init; } = "";
    }

    private static RecordedSession Recorded(SessionRow s) => new()
    {
        Id = s.Id,
        Kind = s.Kind,
        HeldAt = s.HeldAt,
        Place = s.Place,
        Note = s.Note,
        Concession = s.Concession,
        Online = s.Online,
        Participants = JsonSerializer.Deserialize<ImmutableArray<Guid>>(s.Participants, Json.Options),
        Others = s.Others,
        RecordedBy = s.RecordedBy,
    };
}
