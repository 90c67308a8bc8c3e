namespace GridCases.Web.Pages.Cases.Fields;

/// <summary>One of a few choices, all in sight side by side.</summary>
public abstract class RadioControl : FieldControl
{
    /// <summary>A class for the row of choices beside the common one.</summary>
    public virtual string? Style => null;

    public override string Partial(FieldInput input) => "_Radios";

    public override FieldFrame Frame(FieldInput input) => FieldFrame.Group;
}

/// <summary>One of an enum's words, side by side.</summary>
public sealed class WordsControl : RadioControl
{
    public override IReadOnlyList<Choice> Choices(FieldInput input) => Of(input.Field);

    /// <summary>The words of a field's enum in the user's language.</summary>
    public static IReadOnlyList<Choice> Of(Field field) => [.. Enum.GetValues(field.Words!).Cast<Enum>().Select(w => new Choice(w.ToString(), Localized.Word(w)))];
}

/// <summary>Yes or no, in the action's own words for either.</summary>
public sealed class YesNoControl : RadioControl
{
    public override IReadOnlyList<Choice> Choices(FieldInput input) =>
    [
        new("true", Localized.Case($"{input.Form.Action}.{input.Field.Name}.Yes")),
        new("false", Localized.Case($"{input.Form.Action}.{input.Field.Name}.No")),
    ];

    public override void Read(Field field, PostedCommand command) => command.Body[field.Name] = command.Typed(field.Name) is { } typed ? typed == "true" : null;
}

/// <summary>From 1 to 5.</summary>
public sealed class StarsControl : RadioControl
{
    public override string? Style => "stars";

    public override IReadOnlyList<Choice> Choices(FieldInput input) => [.. Enumerable.Range(1, 5).Select(n => new Choice($"{n}", Localized.Case($"Stars.{n}")))];

    public override void Read(Field field, PostedCommand command) =>
        command.Body[field.Name] = PostedForm.Number(command.Typed(field.Name), field.Name, command.Errors);
}

/// <summary>A box to tick: true, or nothing.</summary>
public sealed class CheckControl : FieldControl
{
    public override string Partial(FieldInput input) => "_Checkbox";

    public override FieldFrame Frame(FieldInput input) => FieldFrame.Unlabelled;

    public override void Read(Field field, PostedCommand command) => command.Body[field.Name] = command.Typed(field.Name) is not null ? true : null;
}

/// <summary>Always true, because the button itself says so; nothing is drawn.</summary>
public sealed class TrueControl : FieldControl
{
    public override bool IsShown(FieldInput input) => false;

    public override string Partial(FieldInput input) => throw new NotSupportedException();

    public override void Read(Field field, PostedCommand command) => command.Body[field.Name] = true;

    public override bool Shows(Field field, string key) => false;
}

/// <summary>One of many choices, in a list.</summary>
public abstract class SelectControl : FieldControl
{
    public override string Partial(FieldInput input) => "_Select";

    /// <summary>The first line of the list, which chooses nothing; null where the list begins with its first choice.</summary>
    public virtual string? Empty(FieldInput input) => Localized.Case(input.IsRequired ? "Choose" : $"None.{input.Field.Name}");
}

/// <summary>One of many choices; when there is only one, it is written down instead of asked for.</summary>
public abstract class OnlyOrSelectControl : SelectControl
{
    public override string Partial(FieldInput input) => input.Choices.Count == 1 ? "_OnlyChoice" : "_Select";

    public override FieldFrame Frame(FieldInput input) => input.Choices.Count == 1 ? FieldFrame.None : FieldFrame.Label;
}

/// <summary>One of an enum's words, in a list.</summary>
public sealed class WordListControl : SelectControl
{
    public override IReadOnlyList<Choice> Choices(FieldInput input) => WordsControl.Of(input.Field);
}
