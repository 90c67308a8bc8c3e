using GridCases.Features.Cases;

namespace GridCases.Web.Pages.Cases.Fields;

/// <summary>What stands around an input: how its name is attached to it, or nothing at all.</summary>
public enum FieldFrame
{
    /// <summary>The name is the label of the one input.</summary>
    Label,

    /// <summary>The name is the heading of several inputs that belong together.</summary>
    Group,

    /// <summary>Only errors and hint: the input carries its name itself.</summary>
    Unlabelled,

    /// <summary>The control draws everything itself.</summary>
    None,
}

/// <summary>One of the choices that a control offers.</summary>
/// <param name="Value">What is posted.</param>
/// <param name="Label">What the user reads.</param>
/// <param name="Group">Heading above it in a list; null when the list has no headings.</param>
public sealed record Choice(string Value, string Label, string? Group = null);

/// <summary>
/// A kind of field: what it offers, which partial draws it, and how it is read from the posted form into the command's JSON. A new kind is a member of
/// <see cref="FieldKind"/>, a class derived from this one, and a line in <see cref="Make"/>.
/// </summary>
public abstract class FieldControl
{
    private static readonly FieldControl[] All = [.. Enum.GetValues<FieldKind>().Select(Make)];

    /// <summary>Whether the page must read organisations and mediators for it.</summary>
    public virtual bool NeedsOrganisations => false;

    /// <summary>Whether the page must read the centres below the holder for it.</summary>
    public virtual bool NeedsUnits => false;

    /// <summary>Whether the page must read for it where the dispute may have happened.</summary>
    public virtual bool NeedsPlaces => false;

    /// <summary>Whether a counter below it tells how many characters are left.</summary>
    public virtual bool CountsCharacters => false;

    /// <summary>The control of a kind.</summary>
    public static FieldControl Of(FieldKind kind) => All[(int)kind];

    /// <summary>Name of the partial that draws it.</summary>
    public abstract string Partial(FieldInput input);

    /// <summary>What is drawn around that partial.</summary>
    public virtual FieldFrame Frame(FieldInput input) => FieldFrame.Label;

    /// <summary>Whether it is drawn in this case at all.</summary>
    public virtual bool IsShown(FieldInput input) => true;

    /// <summary>What can be chosen; empty where one types.</summary>
    public virtual IReadOnlyList<Choice> Choices(FieldInput input) => [];

    /// <summary>What it starts with, where the kind alone decides that.</summary>
    public virtual string? Start(FieldInput input) => null;

    /// <summary>Reads what was posted into the command's JSON.</summary>
    public virtual void Read(Field field, PostedCommand command) => command.Body[field.Name] = command.Typed(field.Name);

    /// <summary>Whether an error under this key is shown beside one of its inputs.</summary>
    public virtual bool Shows(Field field, string key) => key == field.Name;

    /// <summary>The input that an error of the command belongs to, where it is named otherwise than the command's field.</summary>
    public virtual string? InputOf(Field field, string error) => null;

    /// <summary>Prose that would be a pity to lose: shown again when the action can no longer be done.</summary>
    public virtual string? Prose(Field field, IFormCollection posted) => null;

    private static FieldControl Make(FieldKind kind) => kind switch
    {
        FieldKind.Text => new TextControl(),
        FieldKind.Lines => new LinesControl(),
        FieldKind.Words => new WordsControl(),
        FieldKind.WordList => new WordListControl(),
        FieldKind.Day => new DayControl(),
        FieldKind.Moment => new MomentControl(),
        FieldKind.Number => new NumberControl(),
        FieldKind.Check => new CheckControl(),
        FieldKind.YesNo => new YesNoControl(),
        FieldKind.Stars => new StarsControl(),
        FieldKind.True => new TrueControl(),
        FieldKind.ChildUnit => new ChildUnitControl(),
        FieldKind.HigherUnit => new HigherUnitControl(),
        FieldKind.Mediation => new MediationControl(),
        FieldKind.OtherTrack => new OtherTrackControl(),
        FieldKind.Colleague => new ColleagueControl(),
        FieldKind.Party => new PartyControl(),
        FieldKind.Principals => new PrincipalsControl(),
        FieldKind.Clock => new ClockControl(),
        FieldKind.Request => new RequestControl(),
        FieldKind.Obligation => new ObligationControl(),
        FieldKind.Signer => new SignerControl(),
        FieldKind.GivenSignature => new GivenSignatureControl(),
        FieldKind.CaseNumber => new CaseNumberControl(),
        FieldKind.Parties => new PartiesControl(),
        FieldKind.Link => new LinkControl(),
        FieldKind.File => new FileControl(),
        FieldKind.Consents => new ConsentsControl(),
        FieldKind.Agreement => new AgreementControl(),
        FieldKind.Yuan => new YuanControl(),
        FieldKind.Phone => new PhoneControl(),
        FieldKind.ThisParty => new ThisPartyControl(),
        FieldKind.UnaskedParty => new UnaskedPartyControl(),
        FieldKind.ConsentWay => new ConsentWayControl(),
        FieldKind.Consent => new ConsentControl(),
        FieldKind.Place => new PlaceControl(),
        FieldKind.Masked => new MaskedControl(),
        FieldKind.MaskedDay => new MaskedControl { Type = "date" },
    };
}
