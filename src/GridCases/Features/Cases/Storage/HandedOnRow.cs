using System.Text.Json;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;

namespace GridCases.Features.Cases;

/// <summary>A row of HandedOnCase: a case as it stood when an organisation handed it on, for that organisation. Nothing that happens later comes into it.</summary>
internal sealed record HandedOnRow
{
    public Guid Id { get; init; }
    public Guid CaseId { get; init; }
    public Guid OrganisationId { get; init; }
    public DateTimeOffset HandedOnAt { get; init; }

    /// <summary>The last line of the journal before the one that tells of the handing on.</summary>
    public int LastEventSequence { get; init; }

    public CaseState State { get; init; }
    public Category Category { get; init; }
    public MediationTrack? Track { get; init; }
    public Light Light { get; init; }
    public UnitCode HolderUnitCode { get; init; }
    public UnitCode OriginUnitCode { get; init; }
    public UnitCode PlaceUnitCode { get; init; }
    public string? Mediator { get; init; }
    public DateTimeOffset RegisteredAt { get; init; }

    /// <summary>What a search looks through, as in CaseSearch.</summary>
    public string SearchText { get; init; } = "";

    /// <summary>The case and its parties, their papers masked; encrypted as a whole.</summary>
    public string CaseCipher { get; init; } = "";

    /// <summary>A case as it is stored now, for the organisation that hands it on.</summary>
    public static HandedOnRow Of(StoredCase stored, Guid organisation, CaseContext at, PersonalData personal)
    {
        var c = stored.Case;
        var kept = new Kept(
            c with { Attachments = [.. c.Attachments.Select(a => a with { SealedKey = "" })] },
            [.. stored.Parties.Select(p => p with
            {
                IdNumberCipher = Mask.IdNumber(personal.Reveal(p.IdNumberCipher)),
                PhoneCipher = Mask.Phone(personal.Reveal(p.PhoneCipher)),
                AddressCipher = Mask.Address(personal.Reveal(p.AddressCipher)),
                IdNumberHash = null,
                PhoneHash = null,
            })],
            Mask.Address(personal.Reveal(stored.Row.PlaceAddressCipher)));
        return new HandedOnRow
        {
            Id = at.NewId(),
            CaseId = c.Id,
            OrganisationId = organisation,
            HandedOnAt = at.Now,
            LastEventSequence = stored.Row.LastEventSequence,
            State = c.State,
            Category = c.Dispute.Category,
            Track = c.Mediation?.Track,
            Light = c.LightAt(at.Now),
            HolderUnitCode = c.Holder.Unit,
            OriginUnitCode = c.Origin,
            PlaceUnitCode = c.Dispute.Place.Unit,
            Mediator = c.Holder.Mediator,
            RegisteredAt = c.RegisteredAt,
            SearchText = CaseSearch.TextOf(stored.Row, stored.Parties.Select(p => p.Name)),
            CaseCipher = personal.Protect(JsonSerializer.Serialize(kept, Json.Stored))!,
        };
    }

    /// <summary>The case as it stood. Of its papers there is only what was shown of them, and that is shown again as it was.</summary>
    /// <param name="cipher">A <see cref="CaseCipher"/>.</param>
    /// <param name="attachments">The case's attachments now, for the keys to their contents.</param>
    /// <param name="personal">Opens it.</param>
    public static StoredCase Open(string cipher, IEnumerable<AttachmentRow> attachments, PersonalData personal)
    {
        var (kept, parties, address) = JsonSerializer.Deserialize<Kept>(personal.Reveal(cipher)!, Json.Stored)!;
        var keys = attachments.ToDictionary(a => a.Id, a => a.KeyCipher);
        var stood = kept with { Attachments = [.. kept.Attachments.Select(a => a with { SealedKey = keys.GetValueOrDefault(a.Id, "") })] };
        return new StoredCase(
            stood,
            CaseRow.Of(stood) with { PlaceAddressCipher = personal.Protect(address) },
            [.. parties.Select(p => p with
            {
                IdNumberCipher = personal.Protect(p.IdNumberCipher),
                PhoneCipher = personal.Protect(p.PhoneCipher),
                AddressCipher = personal.Protect(p.AddressCipher),
            })],
            null);
    }

    private sealed record Kept(Case Case, IReadOnlyList<PartyRow> Parties, string? PlaceAddress);
}
