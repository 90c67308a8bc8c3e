using System.Text.Json.Nodes;

namespace GridCases.Web.Pages.Cases.Fields;

/// <summary>Each applicant's and respondent's answer to mediation.</summary>
public sealed class ConsentsControl : FieldControl
{
    public override string Partial(FieldInput input) => "_Consents";

    public override FieldFrame Frame(FieldInput input) => FieldFrame.None;

    public override void Read(Field field, PostedCommand command)
    {
        var consents = new JsonArray();
        foreach (var row in command.Posted.Rows(field.Name))
        {
            consents.Add(new JsonObject
            {
                ["partyId"] = command.Typed($"{field.Name}[{row}].partyId"),
                ["consented"] = command.Typed($"{field.Name}[{row}].consented") switch { null => null, var answer => answer == "true" },
                ["how"] = command.Typed($"{field.Name}[{row}].how"),
            });
        }

        command.Body[field.Name] = consents;
    }

    public override bool Shows(Field field, string key) => key.StartsWith($"{field.Name}[", StringComparison.Ordinal);
}
