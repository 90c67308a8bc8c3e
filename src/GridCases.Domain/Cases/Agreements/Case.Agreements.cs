namespace GridCases.Domain;

// The agreement: its versions, signatures and performance.
public sealed partial record Case
{
    /// <summary>达成协议. An oral agreement binds at once (People's Mediation Law art. 28, 30); a written one when all have signed.</summary>
    public CaseChange ReachAgreement(AgreementText text, CaseContext at)
    {
        Demand(CaseAction.ReachAgreement, at);
        if (Principals.FirstOrDefault(p => p.Consent is not { Given: true }) is { } unasked)
            throw new RuleViolation("ConsentMissing", unasked.Role);

        var after = WithStepEnded(at) with { State = CaseState.AgreementReached, NextSession = null };
        var agreed = after.WithAgreement(text, at);
        return Done(agreed, CaseAction.ReachAgreement, EventKey.Version.Is(1 + (Agreement?.Version ?? 0)), EventKey.Form.Is(text.Form), EventKey.Sha256.Is(agreed.Agreement!.Sha256));
    }

    /// <summary>A new version of the agreement; every signature under the old one is void.</summary>
    public CaseChange ReviseAgreement(AgreementText text, CaseContext at)
    {
        Demand(CaseAction.ReviseAgreement, at);
        if (Agreement!.Confirmation is { Result: ConfirmationResult.Confirmed })
            throw new RuleViolation("AgreementConfirmed");

        if (Agreement.CourtResult is not null)
            throw new RuleViolation("CourtResultRecorded");

        var after = WithClocks(c => c.Kind is ClockKind.Performance or ClockKind.ConfirmationWindow, c => c.Cancelled(at.Now));
        var revised = after.WithAgreement(text, at);
        return Done(revised, CaseAction.ReviseAgreement, EventKey.Version.Is(1 + Agreement.Version), EventKey.Form.Is(text.Form), EventKey.Sha256.Is(revised.Agreement!.Sha256),
            EventKey.VoidedSignatures.Is(Agreement.Signatures.Length));
    }

    /// <summary>Records a signature, seal or fingerprint under the present version (People's Mediation Law art. 29, 31).</summary>
    /// <param name="signer">A party's id, "mediator" or "seal".</param>
    /// <param name="how">How it was given.</param>
    /// <param name="imageSha256">Lower-case hex SHA-256 of the drawn signature's PNG, if there is one.</param>
    /// <param name="at">Who records it and when.</param>
    public CaseChange Sign(string signer, SignatureMethod how, string? imageSha256, CaseContext at)
    {
        Demand(CaseAction.Sign, at);
        if (Agreement!.Form is AgreementForm.Oral)
            throw new RuleViolation("OralNeedsNoSignature");

        // Where a court invited the mediation, mediator and organisation may sign the file after the parties have put it in force.
        if (Agreement.EffectiveAt is not null && !(IsCourtInvited && Domain.Agreement.FileSigners.Contains(signer)))
            throw new RuleViolation("AgreementInForce");

        if (how is SignatureMethod.Drawn && !MayBeDrawn)
            throw new RuleViolation("NoDrawingInFamilyMatters");

        var known = Guid.TryParse(signer, out var party) ? PresentParties.Any(p => p.Id == party) : signer is Domain.Agreement.MediatorSigner or Domain.Agreement.SealSigner;
        if (!known)
            throw new RuleViolation("UnknownSigner");

        var by = party == Guid.Empty ? signer : party.ToString();
        if (Agreement.Signatures.Any(s => s.Signer == by))
            throw new RuleViolation("AlreadySigned");

        // The parties sign, seal or press a finger (art. 29); the mediator signs and the committee seals (art. 31).
        if (by == Domain.Agreement.SealSigner && how is not SignatureMethod.Seal)
            throw new RuleViolation("SealIsSealed");

        if (by == Domain.Agreement.MediatorSigner && how is SignatureMethod.Seal or SignatureMethod.Fingerprint)
            throw new RuleViolation("MediatorSigns");

        var agreement = Agreement.SignedBy(by, how, Principals, IsCourtInvited, at);
        var takesEffect = Agreement.EffectiveAt is null && agreement.EffectiveAt is not null;
        var after = this with { Agreement = agreement };
        if (takesEffect)
            after = after.WithAgreementClocks(at);

        return Done(after, CaseAction.Sign, EventKey.Signer.Is(by), EventKey.How.Is(how), EventKey.Image.Is(imageSha256), EventKey.Version.Is(agreement.Version), EventKey.Sha256.Is(agreement.Sha256),
            EventKey.Effective.If(takesEffect));
    }

    private bool MayBeDrawn => Domain.Dispute.MayBeDrawn(Dispute.Category);

    /// <summary>Who has to sign the file of a written agreement besides the parties, and has not.</summary>
    private bool IsFileUnsigned => Agreement is { Form: AgreementForm.Written } a
        && Domain.Agreement.FileSigners.Any(signer => a.Signatures.All(s => s.Signer != signer));

    /// <summary>
    /// A signature that was put on record by mistake is taken back, until the agreement is in force; then only a revision voids it. The journal goes on telling that it was recorded, and why it counts no more.
    /// </summary>
    /// <param name="signer">A party's id, "mediator" or "seal".</param>
    /// <param name="reason">Why.</param>
    /// <param name="at">Who takes it back and when.</param>
    public CaseChange WithdrawSignature(string signer, string reason, CaseContext at)
    {
        Demand(CaseAction.WithdrawSignature, at);
        if (Agreement!.EffectiveAt is not null)
            throw new RuleViolation("SignatureInForce");

        var by = Guid.TryParse(signer, out var party) ? party.ToString() : signer;
        var signature = Agreement.Signatures.FirstOrDefault(s => s.Signer == by) ?? throw new RuleViolation("NotSigned");
        var after = this with { Agreement = Agreement with { Signatures = Agreement.Signatures.Remove(signature) } };
        return Done(after, CaseAction.WithdrawSignature, EventKey.Signer.Is(by), EventKey.How.Is(signature.How), EventKey.Version.Is(Agreement.Version), EventKey.Reason.Is(reason));
    }

    /// <summary>An obligation was performed; its clock ends (the committee has to follow up: People's Mediation Law art. 31).</summary>
    public CaseChange RecordPerformance(Guid obligationId, DateOnly performedOn, string? note, CaseContext at)
    {
        Demand(CaseAction.RecordPerformance, at);
        var obligation = Agreement?.Obligations.FirstOrDefault(o => o.Id == obligationId) ?? throw new RuleViolation("UnknownObligation");
        if (Agreement.EffectiveAt is null)
            throw new RuleViolation("AgreementNotEffective");

        if (obligation.PerformedOn is not null)
            throw new RuleViolation("AlreadyPerformed");

        if (performedOn > at.Today)
            throw new RuleViolation("PerformedInFuture");

        // What counts is the day it was performed, not the day it was written down.
        var performedAt = performedOn < at.Today ? LocalTime.EndOfDay(performedOn) : at.Now;
        var after = this with { Agreement = Agreement with { Obligations = Agreement.Obligations.Replace(obligation, obligation with { PerformedOn = performedOn }) } };
        return Done(after.WithClocks(c => c.SubjectId == obligationId, c => c.Ended(performedAt < c.StartedAt ? c.StartedAt : performedAt)),
            CaseAction.RecordPerformance, EventKey.Obligation.Is(obligationId), EventKey.PerformedOn.Is(performedOn), EventKey.Note.Is(note));
    }

    private Case WithAgreement(AgreementText text, CaseContext at)
    {
        foreach (var promised in text.Obligations.Where(o => PresentParties.All(p => p.Id != o.PartyId)))
            throw new RuleViolation("NotAParty", promised.PartyId);

        var oral = text.Form is AgreementForm.Oral;
        var after = this with
        {
            Agreement = new Agreement
            {
                Version = 1 + (Agreement?.Version ?? 0),
                Form = text.Form,
                Terms = text.Terms,
                Amount = text.Amount,
                Obligations = [.. text.Obligations.Select(o => new Obligation(at.NewId(), o.PartyId, o.Text, o.DueOn, o.Amount).With(o.About))],
                MadeAt = at.Now,
                EffectiveAt = oral ? at.Now : null,
            },
        };
        return oral ? after.WithAgreementClocks(at) : after;
    }

    /// <summary>
    /// The same words as a new version, unsigned, where somebody has signed a version that is not yet in force: what was signed named other parties. The signatures stay with the version they were given to.
    /// </summary>
    private Case WithSignaturesVoided(CaseContext at) => Agreement is not { EffectiveAt: null, Signatures.IsEmpty: false } signed ? this : this with
    {
        Agreement = signed with
        {
            Version = signed.Version + 1,
            Obligations = [.. signed.Obligations.Select(o => o with { Id = at.NewId() })],
            Signatures = [],
            MadeAt = at.Now,
        },
    };

    /// <summary>What <see cref="WithSignaturesVoided"/> did, for the journal.</summary>
    private EventMember[] Voided(Case after) => after.Agreement is not { } unsigned || unsigned.Version == Agreement?.Version
        ? []
        : [EventKey.Version.Is(unsigned.Version), EventKey.Sha256.Is(unsigned.Sha256), EventKey.VoidedSignatures.Is(Agreement!.Signatures.Length)];

    /// <summary>When the agreement becomes binding: one performance clock for each obligation, and the window for confirmation where there is anything to confirm.</summary>
    private Case WithAgreementClocks(CaseContext at)
    {
        var after = Agreement!.MayBeConfirmed && !IsAfterFiling ? WithClock(ClockKind.ConfirmationWindow, Holder.Unit, at) : this;
        foreach (var obligation in Agreement!.Obligations)
            after = after.WithDatedClock(ClockKind.Performance, obligation.DueOn, obligation.Id, at);

        return after;
    }
}
