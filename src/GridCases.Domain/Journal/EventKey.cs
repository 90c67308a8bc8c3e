using System.Collections.Immutable;

namespace GridCases.Domain;

/// <summary>
/// A key in the data of a journal entry: its stored name, and the type of its value. All keys are declared here; two keys with the same name
/// belong to different kinds of entries. Journals are written and read with these keys only, so that neither a name nor a type can be mistaken.
/// </summary>
public abstract class EventKey
{
    // Who and where.
    public static readonly ValueKey<UnitCode> Unit = new("unit"), To = new("to"), From = new("from");
    public static readonly ValueKey<Guid> Organisation = new("organisation"), Party = new("party");
    public static readonly ListKey<Guid> Parties = new("parties"), Consented = new("consented"), Refused = new("refused"), Participants = new("participants"), Applicants = new("applicants"), LeftOut = new("leftOut");
    public static readonly TextKey Mediator = new("mediator"), FromMediator = new("from"), Signer = new("signer");

    /// <summary>Any entry may hold it: the colleague for whom a deputy did it, where the deputy's own roles would not have allowed it.</summary>
    public static readonly TextKey OnBehalfOf = new("onBehalfOf");

    // Other records.
    public static readonly ValueKey<Guid> Into = new("into"), ToCase = new("to"), FromCase = new("from");
    public static readonly ValueKey<Guid> Session = new("session"), Obligation = new("obligation"), Attachment = new("attachment"), Report = new("report"), PoliceNotice = new("policeNotice"),
        Card = new("card"), Extension = new("extension"), Escalation = new("escalation"), ClockId = new("clockId"), PolicyBefore = new("policyBefore"), PolicyAfter = new("policyAfter");
    public static readonly TextKey Number = new("number"), FormerNumber = new("formerNumber");

    // Enumerated words.
    public static readonly ValueKey<Category> Category = new("category");
    public static readonly ValueKey<Source> Source = new("source");
    public static readonly ValueKey<CaseState> State = new("state");
    public static readonly ValueKey<MediationTrack> Track = new("track"), FromTrack = new("from");
    public static readonly ValueKey<Entrustment> Entrustment = new("entrustment");
    public static readonly ValueKey<MediatorChoice> Choice = new("mediator");
    public static readonly ValueKey<ReferralTarget> Target = new("to");
    public static readonly ValueKey<AgreementForm> Form = new("form");
    public static readonly ValueKey<SignatureMethod> How = new("how");
    public static readonly ValueKey<ConfirmationResult> Result = new("result");
    public static readonly ValueKey<CourtResultKind> CourtResult = new("result");
    public static readonly ValueKey<Outcome> Outcome = new("outcome");
    public static readonly ValueKey<AttachmentKind> Kind = new("kind");
    public static readonly ValueKey<Risk> Risk = new("risk");
    public static readonly ValueKey<CardColor> Color = new("color");
    public static readonly ValueKey<ClockKind> Clock = new("clock");
    public static readonly ListKey<FileItem> Missing = new("missing");
    public static readonly ValueKey<PartyRole> Role = new("role"), RoleBefore = new("roleBefore"), RoleAfter = new("roleAfter");
    public static readonly ValueKey<PartyKind> PartyKind = new("kind"), KindBefore = new("kindBefore"), KindAfter = new("kindAfter");

    // What was corrected: from what to what, or of personal data only that.
    public static readonly ProseKey TitleBefore = new("titleBefore"), TitleAfter = new("titleAfter"), SummaryBefore = new("summaryBefore"), SummaryAfter = new("summaryAfter");
    public static readonly ValueKey<Category> CategoryBefore = new("categoryBefore"), CategoryAfter = new("categoryAfter");
    public static readonly ValueKey<DateOnly> OccurredOnBefore = new("occurredOnBefore"), OccurredOnAfter = new("occurredOnAfter");
    public static readonly ValueKey<Source> SourceBefore = new("sourceBefore"), SourceAfter = new("sourceAfter");
    public static readonly ValueKey<Urgency> UrgencyBefore = new("urgencyBefore"), UrgencyAfter = new("urgencyAfter");
    public static readonly ValueKey<Scale> ScaleBefore = new("scaleBefore"), ScaleAfter = new("scaleAfter");
    public static readonly ValueKey<int> PeopleInvolvedBefore = new("peopleInvolvedBefore"), PeopleInvolvedAfter = new("peopleInvolvedAfter");
    public static readonly ValueKey<decimal> AmountInDisputeBefore = new("amountInDisputeBefore"), AmountInDisputeAfter = new("amountInDisputeAfter");
    public static readonly ValueKey<UnitCode> PlaceBefore = new("placeBefore"), PlaceAfter = new("placeAfter");
    public static readonly ListKey<DisputeFact> ChangedFacts = new("changed");
    public static readonly ListKey<PartyFact> ChangedOfParty = new("changed");

    // Days and instants.
    public static readonly ValueKey<DateTimeOffset> At = new("at"), HeldAt = new("heldAt"), DueAt = new("dueAt"), DueBefore = new("dueBefore"), DueAfter = new("dueAfter");
    public static readonly ValueKey<DateOnly> PerformedOn = new("performedOn"), DecidedOn = new("decidedOn"), DeliveredOn = new("deliveredOn"), ReceivedOn = new("receivedOn"),
        ExpectedResumeOn = new("expectedResumeOn"), ReplyDueOn = new("replyDueOn"), VisitedOn = new("visitedOn");

    // Numbers and hashes.
    public static readonly ValueKey<int> Version = new("version"), VoidedSignatures = new("voidedSignatures"), Days = new("days"), Level = new("level"), Times = new("times"), Satisfaction = new("satisfaction");
    public static readonly ValueKey<long> Length = new("length");
    public static readonly ValueKey<decimal> Subsidy = new("subsidy");
    public static readonly TextKey Sha256 = new("sha256"), Image = new("image");

    // Yes or no.
    public static readonly FlagKey Concession = new("concession"), Online = new("online"), RemediesNoticed = new("remediesNoticed"), Effective = new("effective"), Settled = new("settled"),
        Founded = new("founded"), Granted = new("granted"), PartiesAgree = new("partiesAgree"), Violence = new("violence"), NoSubsidy = new("noSubsidy"), Provisional = new("provisional");

    // Free text.
    public static readonly ProseKey Reason = new("reason"), Note = new("note"), Summary = new("summary"), OtherRemedies = new("otherRemedies"), MissingReason = new("missingReason"),
        Purpose = new("purpose"), Prevention = new("prevention"), Reply = new("reply"), Sponsor = new("sponsor"), Name = new("name"), Court = new("court"),
        DocumentNumber = new("documentNumber"), Reference = new("reference"), Method = new("method");

    /// <summary>What tells of another case: only for those who see that one too.</summary>
    public static readonly ImmutableArray<EventKey> OfOtherCases = [Into, ToCase, FromCase];

    private protected EventKey(string storedName, Type valueType) => (StoredName, ValueType) = (storedName, valueType);

    /// <summary>The name in the stored JSON.</summary>
    public string StoredName { get; }

    /// <summary>The type of the value; an array for a list.</summary>
    public Type ValueType { get; }

    public override string ToString() => StoredName;
}

/// <summary>A key for a number, enumerated word, day, instant, id or unit.</summary>
public sealed class ValueKey<T> : EventKey
    where T : struct
{
    internal ValueKey(string storedName)
        : base(storedName, typeof(T))
    {
    }

    /// <summary>The value; null is left out.</summary>
    public EventMember Is(T? value) => new(this, value);
}

/// <summary>A key for a yes or no.</summary>
public sealed class FlagKey : EventKey
{
    internal FlagKey(string storedName)
        : base(storedName, typeof(bool))
    {
    }

    /// <summary>Written in either case.</summary>
    public EventMember Is(bool value) => new(this, value);

    /// <summary>Written only when it is true.</summary>
    public EventMember If(bool isSo) => new(this, isSo ? true : null);
}

/// <summary>A key for a list of values of one type.</summary>
public sealed class ListKey<T> : EventKey
    where T : struct
{
    internal ListKey(string storedName)
        : base(storedName, typeof(T[]))
    {
    }

    /// <summary>All of them; an empty list is written as well.</summary>
    public EventMember Are(IEnumerable<T> values) => new(this, values.ToArray());

    /// <summary>Written only when there are any.</summary>
    public EventMember IfAny(IEnumerable<T> values) => new(this, values.ToArray() is { Length: > 0 } some ? some : null);
}

/// <summary>A key for a text of a fixed form: a hash, a user name, the number of a case.</summary>
public sealed class TextKey : EventKey
{
    internal TextKey(string storedName)
        : base(storedName, typeof(string))
    {
    }

    /// <summary>The text; null is left out.</summary>
    public EventMember Is(string? text) => new(this, text);
}

/// <summary>A key for free text. It may contain anything, a concession too, and is therefore kept from courts (<see cref="CourtJournal"/>).</summary>
public sealed class ProseKey : EventKey
{
    internal ProseKey(string storedName)
        : base(storedName, typeof(string))
    {
    }

    /// <summary>The text; null is left out.</summary>
    public EventMember Is(string? text) => new(this, text);
}

/// <summary>A key with its value, of the key's own type.</summary>
public readonly record struct EventMember
{
    internal EventMember(EventKey key, object? value) => (Key, Value) = (key, value);

    public EventKey Key { get; }

    /// <summary>The value; null when there is nothing to write.</summary>
    public object? Value { get; }

    internal void Deconstruct(out EventKey key, out object? value) => (key, value) = (Key, Value);
}

/// <summary>What the entries of one kind hold.</summary>
/// <param name="Always">Keys of every entry.</param>
/// <param name="Sometimes">Keys that are left out when they have no value.</param>
public sealed record EventShape(ImmutableArray<EventKey> Always, ImmutableArray<EventKey> Sometimes)
{
    /// <summary>Every key that an entry may have.</summary>
    public ImmutableArray<EventKey> Keys => Always.AddRange(Sometimes);
}
