using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GridCases.Domain;

/// <summary>
/// A mediation agreement, in one version. A written one binds once every party has signed, sealed or fingerprinted, the
/// mediator has signed and the committee has sealed; an oral one when it is reached (People's Mediation Law art. 28–31).
/// One that a court invited binds with the parties' signatures (SPC, court-invited mediation, art. 24; online mediation, art. 19).
/// </summary>
public sealed record Agreement
{
    /// <summary>Signer that stands for the mediator.</summary>
    public const string MediatorSigner = "mediator";

    /// <summary>Signer that stands for the committee's seal.</summary>
    public const string SealSigner = "seal";

    /// <summary>Who signs besides the parties.</summary>
    public static readonly ImmutableArray<string> FileSigners = [MediatorSigner, SealSigner];

    /// <summary>The parties that have to sign, as signers: every applicant and respondent, and whoever else promises something.</summary>
    public static IEnumerable<string> PartiesToSign(IEnumerable<Guid> principals, IEnumerable<Obligation> obligations) =>
        principals.Union(obligations.Select(o => o.PartyId)).Select(id => id.ToString());

    /// <summary>Counts the versions from 1; each revision is the next.</summary>
    public required int Version { get; init; }

    public required AgreementForm Form { get; init; }

    public required string Terms { get; init; }

    /// <summary>The amount in yuan, if money is to be paid.</summary>
    public decimal? Amount { get; init; }

    /// <summary>What each party promised to do, and until when.</summary>
    public ImmutableArray<Obligation> Obligations { get; init; } = [];

    /// <summary>Signatures under exactly this version; a revision has none.</summary>
    public ImmutableArray<Signature> Signatures { get; init; } = [];

    /// <summary>When this version was put on record.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>When it became binding; null until then.</summary>
    public DateTimeOffset? EffectiveAt { get; init; }

    /// <summary>Application for judicial confirmation and its result.</summary>
    public Confirmation? Confirmation { get; init; }

    /// <summary>What became of the suit, where a court entrusted the mediation after filing.</summary>
    public CourtResult? CourtResult { get; init; }

    /// <summary>Lower-case hex SHA-256 over the version, form, terms, amount and obligations, as JSON: what a signature stands for.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new
    {
        Version,
        Form = Form.ToString(),
        Terms,
        Amount = Yuan(Amount),
        Obligations = Obligations.Select(o => new HashedObligation(o.PartyId, o.Text, $"{o.DueOn:yyyy-MM-dd}", Yuan(o.Amount), o.About == Obligation.UsualSubject(o.Amount) ? null : o.About.ToString())),
    })));

    /// <summary>Whether there is anything in it that a court may confirm: content decides, not category (SPC interpretation of the Civil Procedure Law art. 355 (3)–(5)).</summary>
    public bool MayBeConfirmed => Obligations.IsEmpty || Obligations.Any(o => o.MayBeConfirmed);

    /// <summary>
    /// Adds a signature and derives the effective instant from the last one needed: every principal's, that of whoever else promises something, and the mediator's and the seal unless the parties
    /// alone bind themselves.
    /// </summary>
    internal Agreement SignedBy(string signer, SignatureMethod how, IEnumerable<Party> principals, bool byPartiesAlone, CaseContext at)
    {
        var signed = this with { Signatures = Signatures.Add(new Signature(signer, at.Now, at.By.UserName, how)) };
        var parties = PartiesToSign(principals.Select(p => p.Id), Obligations);
        var needed = byPartiesAlone ? parties : [.. parties, .. FileSigners];
        return EffectiveAt is null && needed.All(n => signed.Signatures.Any(s => s.Signer == n)) ? signed with { EffectiveAt = at.Now } : signed;
    }

    // Always with two decimals, so that the hash does not depend on the scale in which a database returns the number.
    private static string? Yuan(decimal? amount) => amount?.ToString("0.00", CultureInfo.InvariantCulture);

    // What it is about is left out where it is the usual thing: agreements from before it was asked keep their hash.
    private sealed record HashedObligation(Guid PartyId, string Text, string DueOn, string? Amount, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? About);
}

/// <summary>What a party promised: the local day it is due, the amount in yuan, if any, and what it is about.</summary>
public sealed record Obligation(Guid Id, Guid PartyId, string Text, DateOnly DueOn, decimal? Amount, DateOnly? PerformedOn = null)
{
    private readonly ObligationSubject? _about;

    /// <summary>What it is about; where nobody has said, also because it is from before it was asked, what is usual.</summary>
    public ObligationSubject About { get => _about ?? UsualSubject(Amount); init => _about = value; }

    /// <summary>Whether a court may confirm it (SPC interpretation of the Civil Procedure Law art. 355 (3)–(5)).</summary>
    [JsonIgnore]
    public bool MayBeConfirmed => About is ObligationSubject.Payment or ObligationSubject.Act or ObligationSubject.Maintenance;

    /// <summary>What an obligation is about when nobody says: to pay an amount, or to do something.</summary>
    public static ObligationSubject UsualSubject(decimal? amount) => amount is null ? ObligationSubject.Act : ObligationSubject.Payment;

    /// <summary>The same about what was said; null when nobody has.</summary>
    public Obligation With(ObligationSubject? about) => about is { } said ? this with { About = said } : this;
}

/// <summary>A signature on record: a party's id, "mediator" or "seal", who recorded it when, and how it was given.</summary>
public sealed record Signature(string Signer, DateTimeOffset At, string By, SignatureMethod How = SignatureMethod.Paper);

/// <summary>Judicial confirmation: applied for jointly within 30 days of effect (People's Mediation Law art. 33; Civil Procedure Law art. 205–206).</summary>
public sealed record Confirmation(string Court, DateTimeOffset AppliedAt, ImmutableArray<Guid> Applicants,
    ConfirmationResult? Result = null, DateOnly? DecidedOn = null, string? DocumentNumber = null, string? Reason = null);

/// <summary>What became of a suit that a court entrusted after filing (委托): the local day, and the number of the court's document.</summary>
public sealed record CourtResult(CourtResultKind Kind, DateOnly DecidedOn, string? DocumentNumber);

/// <summary>The court's own mediation document (调解书), or the suit withdrawn (撤诉): SPC, court-invited mediation, art. 20.</summary>
public enum CourtResultKind { MediationDocument, SuitWithdrawn }

/// <summary>The text of an agreement, before it gets its version.</summary>
public sealed record AgreementText(AgreementForm Form, string Terms, decimal? Amount, ImmutableArray<PromisedObligation> Obligations);

/// <summary>An obligation as the parties promise it.</summary>
public sealed record PromisedObligation(Guid PartyId, string Text, DateOnly DueOn, decimal? Amount, ObligationSubject? About = null);

/// <summary>
/// What an obligation is about. A court confirms payments, acts and maintenance, in a family matter too; not the status of marriage, parentage or adoption, not title to real property or to intellectual property,
/// not what belongs to another special procedure (SPC interpretation of the Civil Procedure Law art. 355 (3)–(5)).
/// </summary>
public enum ObligationSubject { Payment, Act, Maintenance, Status, RealProperty, IntellectualProperty, SpecialProcedure }

/// <summary>Form of a mediation agreement. An oral one needs no signatures (People's Mediation Law art. 28, 30).</summary>
public enum AgreementForm { Written, Oral }

/// <summary>How a signature was given: drawn on the screen, on paper, by fingerprint (on paper) or by seal (People's Mediation Law art. 29, 31).</summary>
public enum SignatureMethod { Drawn, Paper, Fingerprint, Seal }

/// <summary>A court's answer to an application for confirmation.</summary>
public enum ConfirmationResult { Confirmed, Refused }
