using System.Collections.Immutable;

namespace GridCases.Domain;

// Putting right what is on record: the dispute, its parties. State and clocks stay as they are.
public sealed partial record Case
{
    /// <summary>Most parties that a case has.</summary>
    public const int MostParties = 100;

    /// <summary>
    /// 收回: the unit where the case began takes it back while the first centre has not answered; a note or a look is no answer. Nobody has met the centre's limit then, so its clock is
    /// cancelled, unless it had been missed already. The case clock runs on.
    /// </summary>
    public CaseChange Recall(string reason, CaseContext at)
    {
        Demand(CaseAction.Recall, at);
        if (!IsUnanswered)
            throw new RuleViolation("CentreHasActed");

        var after = WithClocks(IsStep, c => c.IsOverdueAt(at.Now) ? c.Ended(at.Now) : c.Cancelled(at.Now)) with
        {
            State = CaseState.Registered,
            Holder = new Holder(Origin),
            Route = [],
        };
        return Done(after, CaseAction.Recall, EventKey.Reason.Is(reason));
    }

    /// <summary>
    /// 更正: what the dispute is about as it should have been written down. The old and the new value stand in the journal; of the address and the point only that they differ.
    /// The place stays in the district whose number the case bears.
    /// </summary>
    /// <param name="corrected">The dispute as it should be.</param>
    /// <param name="addressDiffers">Whether the address in words is another one; it stays in the data layer.</param>
    /// <param name="reason">Why.</param>
    /// <param name="at">Who and when.</param>
    public CaseChange Correct(Dispute corrected, bool addressDiffers, string reason, CaseContext at)
    {
        Demand(CaseAction.Correct, at);
        if (corrected.OccurredOn > at.Today)
            throw new RuleViolation("OccurredInFuture");

        if (!MayLieIn(corrected.Place.Unit))
            throw new RuleViolation("PlaceInOtherDistrict");

        var (was, members) = (Dispute, new List<EventMember>());
        if (was.Title != corrected.Title)
            members.AddRange([EventKey.TitleBefore.Is(was.Title), EventKey.TitleAfter.Is(corrected.Title)]);
        if (was.Summary != corrected.Summary)
            members.AddRange([EventKey.SummaryBefore.Is(was.Summary), EventKey.SummaryAfter.Is(corrected.Summary)]);
        Tell(EventKey.CategoryBefore, EventKey.CategoryAfter, was.Category, corrected.Category);
        Tell(EventKey.OccurredOnBefore, EventKey.OccurredOnAfter, was.OccurredOn, corrected.OccurredOn);
        Tell(EventKey.SourceBefore, EventKey.SourceAfter, was.Source, corrected.Source);
        Tell(EventKey.UrgencyBefore, EventKey.UrgencyAfter, was.Urgency, corrected.Urgency);
        Tell(EventKey.ScaleBefore, EventKey.ScaleAfter, was.Scale, corrected.Scale);
        Tell(EventKey.PeopleInvolvedBefore, EventKey.PeopleInvolvedAfter, was.PeopleInvolved, corrected.PeopleInvolved);
        Tell(EventKey.AmountInDisputeBefore, EventKey.AmountInDisputeAfter, was.AmountInDispute, corrected.AmountInDispute);
        Tell(EventKey.PlaceBefore, EventKey.PlaceAfter, was.Place.Unit, corrected.Place.Unit);
        var pointDiffers = (was.Place.Latitude, was.Place.Longitude) != (corrected.Place.Latitude, corrected.Place.Longitude);
        if (addressDiffers || pointDiffers)
            members.Add(EventKey.ChangedFacts.Are([.. addressDiffers ? [DisputeFact.Address] : Array.Empty<DisputeFact>(), .. pointDiffers ? [DisputeFact.Point] : Array.Empty<DisputeFact>()]));
        if (members.Count == 0)
            throw new RuleViolation("NothingCorrected");

        return Done(this with { Dispute = corrected }, CaseAction.Correct, [EventKey.Reason.Is(reason), .. members]);

        void Tell<T>(ValueKey<T> before, ValueKey<T> after, T? old, T? now)
            where T : struct
        {
            if (!EqualityComparer<T?>.Default.Equals(old, now))
                members.AddRange([before.Is(old), after.Is(now)]);
        }
    }

    /// <summary>
    /// A party that nobody had named. While mediation goes on its consent may be recorded at once, by the mediator; without it the party is asked before anything is agreed.
    /// A version of the agreement that is not yet in force names the parties, so signatures made under it are void.
    /// </summary>
    public CaseChange AddParty(Party party, CaseContext at)
    {
        Demand(CaseAction.AddParty, at);
        if (party.Consent is not null)
            Demand(CaseAction.RecordConsent, at);
        if (Parties.Length >= MostParties)
            throw new RuleViolation("TooManyParties", MostParties);

        var after = WithSignaturesVoided(at);
        after = after with { Parties = Parties.Add(party) };
        if (party.Consent is { Given: false })
            after = after.WithMediationFailed(at);
        return Done(after, CaseAction.AddParty,
            [EventKey.Party.Is(party.Id), EventKey.Role.Is(party.Role), EventKey.PartyKind.Is(party.Kind), Consented(party.Id, party.Consent), Refused(party.Id, party.Consent), .. Voided(after)]);
    }

    /// <summary>
    /// 更正: who a party is as it should have been written down. The journal says which facts differ, and never what they are. Name and role stand in the agreement: once one is in force they
    /// stay, and signatures under a version that is not in force are void when they change.
    /// </summary>
    public CaseChange CorrectParty(PartyCorrection correction, string reason, CaseContext at)
    {
        Demand(CaseAction.CorrectParty, at);
        var party = Present(correction.PartyId);
        var corrected = party with { Role = correction.Role ?? party.Role, Kind = correction.Kind ?? party.Kind };
        var (roleDiffers, kindDiffers) = (corrected.Role != party.Role, corrected.Kind != party.Kind);
        ImmutableArray<PartyFact> changed =
            [.. correction.Papers.Concat(roleDiffers ? [PartyFact.Role] : []).Concat(kindDiffers ? [PartyFact.Kind] : []).Distinct().Order()];
        if (changed.IsEmpty)
            throw new RuleViolation("NothingCorrected");

        var isNamedOtherwise = roleDiffers || changed.Contains(PartyFact.Name);
        if (isNamedOtherwise && Agreement is { EffectiveAt: not null })
            throw new RuleViolation("NamesAgreed");

        var after = isNamedOtherwise ? WithSignaturesVoided(at) : this;
        after = after with { Parties = Parties.Replace(party, corrected) };
        return Done(after, CaseAction.CorrectParty,
        [
            EventKey.Party.Is(party.Id), EventKey.ChangedOfParty.Are(changed), EventKey.Reason.Is(reason),
            EventKey.RoleBefore.Is(roleDiffers ? party.Role : null), EventKey.RoleAfter.Is(roleDiffers ? corrected.Role : null),
            EventKey.KindBefore.Is(kindDiffers ? party.Kind : null), EventKey.KindAfter.Is(kindDiffers ? corrected.Kind : null),
            .. Voided(after),
        ]);
    }

    /// <summary>
    /// A party that has no part in the dispute after all. It stays on record with the reason, is asked nothing, signs nothing and counts nowhere. Of several applicants one stays.
    /// </summary>
    public CaseChange WithdrawParty(Guid partyId, string reason, CaseContext at)
    {
        Demand(CaseAction.WithdrawParty, at);
        if (Agreement is not null)
            throw new RuleViolation("MediationHasBegun");

        var party = Present(partyId);
        if (!MayLeave(party))
            throw new RuleViolation("ApplicantStays");

        var withdrawn = party with { Withdrawn = new Withdrawal(at.By.UserName, at.Now, reason) };
        return Done(this with { Parties = Parties.Replace(party, withdrawn) }, CaseAction.WithdrawParty, EventKey.Party.Is(partyId), EventKey.Reason.Is(reason));
    }

    /// <summary>Whether the dispute may have happened in a unit: in the district whose code begins the case's number, from which statistics and courts go.</summary>
    public bool MayLieIn(UnitCode place) => place.AtLevel(UnitLevel.District) is { } district && district == Dispute.Place.Unit.AtLevel(UnitLevel.District);

    /// <summary>Whether the case lies as it was handed in with the centre that it was handed in to.</summary>
    private bool IsUnanswered => State is CaseState.AwaitingAcceptance && Holder.Unit == OriginCentre && Route.SequenceEqual(Origin == OriginCentre ? [] : [Origin]);

    private bool MayLeave(Party party) => PresentParties.Any(other => other.Id != party.Id && (party.Role is not PartyRole.Applicant || other.Role is PartyRole.Applicant));

    /// <exception cref="RuleViolation">There is no such party, or it was withdrawn.</exception>
    private Party Present(Guid partyId) => Parties.FirstOrDefault(p => p.Id == partyId) switch
    {
        null => throw new RuleViolation("NotAParty", partyId),
        { Withdrawn: not null } => throw new RuleViolation("PartyWithdrawn"),
        var party => party,
    };
}
