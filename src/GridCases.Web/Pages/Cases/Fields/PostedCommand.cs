using System.Text.Json.Nodes;
using GridCases.Features.Cases;
using GridCases.Pipeline;

namespace GridCases.Web.Pages.Cases.Fields;

/// <summary>The command of an action's form while its fields are read, each by its own control.</summary>
/// <param name="form">The form.</param>
/// <param name="posted">What was sent.</param>
/// <param name="otherCase">The case whose number was typed, where the form asks for one and it was found.</param>
public sealed class PostedCommand(ActionForm form, IFormCollection posted, Guid? otherCase)
{
    public ActionForm Form { get; } = form;

    public IFormCollection Posted { get; } = posted;

    /// <summary>The case whose number was typed, where the form asks for one and it was found.</summary>
    public Guid? OtherCase { get; } = otherCase;

    /// <summary>The command's JSON, as far as it is read.</summary>
    public JsonObject Body { get; } = [];

    /// <summary>What cannot be read, by input.</summary>
    public Dictionary<string, string[]> Errors { get; } = [];

    /// <summary>Reads the posted form of an action.</summary>
    /// <exception cref="InvalidInput">A field cannot be what it should be; the keys are names of inputs.</exception>
    public static CaseCommand Read(ActionForm form, IFormCollection posted, Guid? otherCase)
    {
        var command = new PostedCommand(form, posted, otherCase);
        foreach (var field in form.Fields.Where(f => !f.IsPrefilled || !command.IsUntouched(f.Name)))
        {
            field.Control.Read(field, command);
            if (field.IsPrefilled && command.Typed(field.Name) is null)
                command.Empty(field);
        }

        return (CaseCommand)PostedForm.Message(form.Command, command.Body, command.Errors);
    }

    /// <summary>What was typed into an input; null when it was left empty.</summary>
    public string? Typed(string name) => Posted.Typed(name);

    /// <summary>Whether an input was left with what it began with.</summary>
    public bool IsUntouched(string name) => IsUntouched(Posted, name);

    /// <summary>The same of a posted form: beside the input stands what was in it.</summary>
    public static bool IsUntouched(IFormCollection posted, string name) => posted.ContainsKey(Was(name)) && posted.Typed(name) == posted.Typed(Was(name));

    /// <summary>Name of the hidden input that holds what an input began with.</summary>
    public static string Was(string name) => $"was.{name}";

    /// <summary>A fact that is left empty from now on.</summary>
    public void Clear(string name)
    {
        if (Body["clear"] is not JsonArray cleared)
            Body["clear"] = cleared = [];
        cleared.Add(JsonValue.Create($"{char.ToUpperInvariant(name[0])}{name[1..]}"));
    }

    /// <summary>A field that was emptied: it is cleared where it may be, else it is sent as it is and refused.</summary>
    private void Empty(Field field)
    {
        Body[field.Name] = field.IsOptional ? null : "";
        if (field.IsOptional)
            Clear(field.Name);
    }
}
