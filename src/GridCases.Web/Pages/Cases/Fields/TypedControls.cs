using System.Globalization;
using GridCases.Domain;
using GridCases.Features;

namespace GridCases.Web.Pages.Cases.Fields;

/// <summary>An input into which one line is typed. The properties are its attributes; null leaves one out.</summary>
public abstract class InputControl : FieldControl
{
    /// <summary>Kind of input, where it is not plain text.</summary>
    public virtual string? Type => null;

    /// <summary>Which keyboard a phone shows.</summary>
    public virtual string? InputMode => null;

    /// <summary>Whether it is only as wide as a date or a number.</summary>
    public virtual bool IsShort => false;

    /// <summary>An example of what is typed.</summary>
    public virtual string? Placeholder => null;

    /// <summary>Whether the browser may offer what was typed before; <c>off</c>, since that is another case's.</summary>
    public virtual string? Autocomplete => "off";

    public virtual int? MaxLength(Field field) => field.Max;

    /// <summary>First and last day that can be chosen.</summary>
    public virtual (string? First, string? Last) Range(FieldInput input) => (null, null);

    /// <summary>Its partial reads the attributes above.</summary>
    public override string Partial(FieldInput input) => "_Input";
}

/// <summary>One line of text.</summary>
public sealed class TextControl : InputControl
{
    /// <summary>A line may hold a name or a place that nobody remembers.</summary>
    public override string? Prose(Field field, IFormCollection posted) => posted.Typed(field.Name);
}

/// <summary>Several lines of text.</summary>
public sealed class LinesControl : FieldControl
{
    public override bool CountsCharacters => true;

    public override string Partial(FieldInput input) => "_TextArea";

    public override string? Prose(Field field, IFormCollection posted) => posted.Typed(field.Name);
}

/// <summary>An address on the web.</summary>
public sealed class LinkControl : InputControl
{
    public override string? Type => "url";

    public override string? InputMode => "url";

    public override string? Placeholder => "https://";
}

/// <summary>Another case, by its number. The page looks it up before the form is read.</summary>
public sealed class CaseNumberControl : InputControl
{
    public override string? Start(FieldInput input) => input.Page.IsOpen(input.Form) ? input.Page.OtherNumber : null;

    public override void Read(Field field, PostedCommand command)
    {
        if (command.Typed(field.Name) is { } typed && command.OtherCase is null)
            command.Errors[field.Name] = [Localized.Case("MergeNotFound", typed)];
        command.Body[field.Name] = command.OtherCase;
    }
}

public sealed class NumberControl : InputControl
{
    public override string? InputMode => "numeric";

    public override bool IsShort => true;

    public override int? MaxLength(Field field) => PostedForm.LongestNumber;

    public override void Read(Field field, PostedCommand command) =>
        command.Body[field.Name] = PostedForm.Number(command.Typed(field.Name), field.Name, command.Errors, field.Name == "peopleInvolved" ? Counted.People : Counted.Days);
}

/// <summary>A local day: one that has been, starting with today, or one to come.</summary>
public sealed class DayControl : InputControl
{
    public override string? Type => "date";

    public override bool IsShort => true;

    public override string? Autocomplete => null;

    public override int? MaxLength(Field field) => null;

    public override (string? First, string? Last) Range(FieldInput input) => HasBeen(input) || IsOfTheFacts(input) ? (null, Today(input)) : (Today(input), null);

    public override string? Start(FieldInput input) => HasBeen(input) ? Today(input) : null;

    private static bool HasBeen(FieldInput input) =>
        input.Form.Action is CaseAction.RecordPerformance or CaseAction.RecordFollowUp or CaseAction.RecordConfirmation or CaseAction.RecordPoliceNotice;

    /// <summary>When it happened or when somebody was born: it has been too, but nobody knows when unless it is said.</summary>
    private static bool IsOfTheFacts(FieldInput input) => input.Form.Action is CaseAction.Correct or CaseAction.AddParty;

    private static string Today(FieldInput input) => input.Page.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>A local day and time; the JSON names the offset of Asia/Shanghai, which the input cannot.</summary>
public sealed class MomentControl : InputControl
{
    public override string? Type => "datetime-local";

    public override bool IsShort => true;

    public override string? Autocomplete => null;

    public override int? MaxLength(Field field) => null;

    public override void Read(Field field, PostedCommand command) =>
        command.Body[field.Name] = command.Typed(field.Name) is { } typed ? $"{typed}{(typed.Length == 16 ? ":00" : "")}+08:00" : null;
}
