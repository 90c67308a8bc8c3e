using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace GridCases.Domain;

/// <summary>
/// A mediation agreement, in one version. A written one binds once every party has signed, sealed or fingerprinted, the
/// mediator has signed and the committee has sealed; an oral one when it is reached (People's Mediation Law art. 28–31).
/// </summary>
public sealed record Agreement
{
    /// <summary>Signer that stands for the mediator.</summary>
    public const string MediatorSigner = "mediator";

    /// <summary>Signer that stands for the committee's seal.</summary>
    public const string SealSigner = "seal";

    /// <summary>From 1; a revision is the next.</summary>
    public required int Version { get; init; }

    /// <summary>Written or oral.</summary>
    public required AgreementForm Form { get; init; }

    /// <summary>What was agreed.</summary>
    public required string Terms { get; init; }

    /// <summary>Yuan, if any.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Who does what until when.</summary>
    public ImmutableArray<Obligation> Obligations { get; init; } = [];

    /// <summary>Signatures under exactly this version.</summary>
    public ImmutableArray<Signature> Signatures { get; init; } = [];

    /// <summary>When this version was recorded.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>When it came to bind; null until then.</summary>
    public DateTimeOffset? EffectiveAt { get; init; }

    /// <summary>Application for judicial confirmation and its result.</summary>
    public Confirmation? Confirmation { get; init; }

    /// <summary>Lower-case hex SHA-256 over the version, form, terms, amount and obligations, as JSON: what a signature stands for.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new
    {
        Version,
        Form = Form.ToString(),
        Terms,
        Amount = Yuan(Amount),
        Obligations = Obligations.Select(o => new { o.PartyId, o.Text, DueOn = $"{o.DueOn:yyyy-MM-dd}", Amount = Yuan(o.Amount) }),
    })));

    /// <summary>
    /// Adds a signature and derives the effective instant from the last one needed: every principal's, that of whoever else
    /// promises something, the mediator's and the seal.
    /// </summary>
    internal Agreement SignedBy(string signer, SignatureMethod how, IEnumerable<Party> principals, CaseContext at)
    {
        var signed = this with { Signatures = Signatures.Add(new Signature(signer, at.Now, at.By.UserName, how)) };
        var needed = principals.Select(p => p.Id).Union(Obligations.Select(o => o.PartyId)).Select(id => id.ToString()).Append(MediatorSigner).Append(SealSigner);
        return needed.All(n => signed.Signatures.Any(s => s.Signer == n)) ? signed with { EffectiveAt = at.Now } : signed;
    }

    // To the fen, so that a database that keeps numbers otherwise does not change the hash.
    private static string? Yuan(decimal? amount) => amount?.ToString("0.00", CultureInfo.InvariantCulture);
}

/// <summary>What a party promised: the local day it is due and the amount in yuan, if any.</summary>
public sealed record Obligation(Guid Id, Guid PartyId, string Text, DateOnly DueOn, decimal? Amount, DateOnly? PerformedOn = null);

/// <summary>A signature on record: a party's id, "mediator" or "seal", who recorded it when, and how it was given.</summary>
public sealed record Signature(string Signer, DateTimeOffset At, string By, SignatureMethod How = SignatureMethod.Paper);

/// <summary>Judicial confirmation: applied for jointly within 30 days of effect (People's Mediation Law art. 33; Civil Procedure Law art. 205–206).</summary>
public sealed record Confirmation(string Court, DateTimeOffset AppliedAt, ImmutableArray<Guid> Applicants,
    ConfirmationResult? Result = null, DateOnly? DecidedOn = null, string? DocumentNumber = null, string? Reason = null);

/// <summary>The words of an agreement, before it gets its version.</summary>
public sealed record AgreementText(AgreementForm Form, string Terms, decimal? Amount, ImmutableArray<PromisedObligation> Obligations);

/// <summary>An obligation as the parties promise it.</summary>
public sealed record PromisedObligation(Guid PartyId, string Text, DateOnly DueOn, decimal? Amount);
