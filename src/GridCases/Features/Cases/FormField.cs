namespace GridCases.Features.Cases;

/// <summary>How a field of an action is asked for on a page.</summary>
public enum FieldKind
{
    /// <summary>One line.</summary>
    Text,

    /// <summary>Several lines.</summary>
    Lines,

    /// <summary>One of an enum's words, side by side.</summary>
    Words,

    /// <summary>One of an enum's words, in a list.</summary>
    WordList,

    /// <summary>A local day.</summary>
    Day,

    /// <summary>A local day and time.</summary>
    Moment,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A tick: true, or nothing.</summary>
    Check,

    /// <summary>Yes or no.</summary>
    YesNo,

    /// <summary>From 1 to 5.</summary>
    Stars,

    /// <summary>Always true: what the button itself says.</summary>
    True,

    /// <summary>A centre directly below the holder.</summary>
    ChildUnit,

    /// <summary>A unit above the direct parent.</summary>
    HigherUnit,

    /// <summary>An organisation and, if wanted, its mediator, of any track: fills track, organisationId and mediator.</summary>
    Mediation,

    /// <summary>An organisation of another track: fills track and organisationId.</summary>
    OtherTrack,

    /// <summary>Another mediator of the same organisation.</summary>
    Colleague,

    /// <summary>One of the parties.</summary>
    Party,

    /// <summary>Every applicant and respondent: they must all apply, so the form only says so.</summary>
    Principals,

    /// <summary>A clock on which more time may be asked for.</summary>
    Clock,

    /// <summary>A request for more time that nobody has answered.</summary>
    Request,

    /// <summary>An obligation not yet performed.</summary>
    Obligation,

    /// <summary>Who has not signed: one button each.</summary>
    Signer,

    /// <summary>A signature that is on record.</summary>
    GivenSignature,

    /// <summary>Another case, by its number.</summary>
    CaseNumber,

    /// <summary>Any of the parties, ticked.</summary>
    Parties,

    /// <summary>An address on the web.</summary>
    Link,

    /// <summary>A file that may be withdrawn.</summary>
    File,

    /// <summary>Each applicant's and respondent's answer to mediation.</summary>
    Consents,

    /// <summary>An agreement: form, terms, amount, obligations.</summary>
    Agreement,

    /// <summary>An amount of yuan.</summary>
    Yuan,

    /// <summary>A phone number.</summary>
    Phone,

    /// <summary>The party that the form is about: chosen before, and only named in it.</summary>
    ThisParty,

    /// <summary>An applicant or respondent that was not asked for its consent yet.</summary>
    UnaskedParty,

    /// <summary>How a party gave its answer.</summary>
    ConsentWay,

    /// <summary>A party's answer to mediation, if it was asked already.</summary>
    Consent,

    /// <summary>A unit and an address in it.</summary>
    Place,

    /// <summary>A number or an address that is shown masked: typed anew, cleared or left as it is.</summary>
    Masked,

    /// <summary>A day that is shown masked.</summary>
    MaskedDay,
}

/// <summary>
/// A parameter of an action's command that its form asks for. How long a text may be and whether it has to be there the form reads from the command's rules.
/// </summary>
/// <param name="kind">How it is asked for.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FormFieldAttribute(FieldKind kind) : Attribute
{
    /// <summary>How it is asked for.</summary>
    public FieldKind Kind { get; } = kind;

    /// <summary>Name of the input, where it stands for several parameters; else it is the parameter's.</summary>
    public string? Name { get; init; }

    /// <summary>Place in the form, where that is not the order of the parameters.</summary>
    public int Order { get; init; }

    /// <summary>Shown only while another field has a value: <c>risk=Red</c>.</summary>
    public string? When { get; init; }

    /// <summary>Longest text, where the command's rules know no length.</summary>
    public int Max { get; init; } = 1000;

    /// <summary>Whether it begins with what is on record. Left as it was, it is not sent; emptied, it is named in the command's <c>clear</c>.</summary>
    public bool IsPrefilled { get; init; }

    /// <summary>Whether a person has to answer although a program may leave it out.</summary>
    public bool IsRequired { get; init; }
}
