using System.Text.Json.Nodes;
using GridCases.Features.Cases;
using GridCases.Pipeline;

namespace GridCases.Web.Pages.Cases.Fields;

/// <summary>The command of an action's form while its fields are read, each by its own control.</summary>
/// <param name="posted">What was sent.</param>
/// <param name="otherCase">The case whose number was typed, where the form asks for one and it was found.</param>
public sealed class PostedCommand(IFormCollection posted, Guid? otherCase)
{
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
        var command = new PostedCommand(posted, otherCase);
        foreach (var field in form.Fields)
            field.Control.Read(field, command);
        return (CaseCommand)PostedForm.Message(form.Command, command.Body, command.Errors);
    }

    /// <summary>What was typed into an input; null when it was left empty.</summary>
    public string? Typed(string name) => Posted.Typed(name);
}
