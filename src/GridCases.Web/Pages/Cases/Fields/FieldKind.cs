namespace GridCases.Web.Pages.Cases.Fields;

/// <summary>How a field is asked for, and what becomes of it in the command.</summary>
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
}
