using GridCases.Domain;

namespace GridCases.Web.Pages.Cases.Fields;

/// <summary>A signature on record under the agreement that is not in force yet.</summary>
public sealed class GivenSignatureControl : OnlyOrSelectControl
{
    public override IReadOnlyList<Choice> Choices(FieldInput input) =>
    [
        .. (input.Details.View.Agreement?.Signatures ?? []).Select(s => new Choice(s.Signer, Localized.Case(
            "SignatureGiven", input.Details.Signer(s.Signer), Localized.Word(s.How), Localized.Moment(s.At, input.Details.Today)))),
    ];
}

/// <summary>Who has not signed: one button for each way to sign, or the pad to draw on.</summary>
public sealed class SignerControl : FieldControl
{
    public override string Partial(FieldInput input) => "_Signers";

    public override FieldFrame Frame(FieldInput input) => FieldFrame.None;

    /// <summary>The button that was pressed says who signs and how: <c>signer:Paper</c>.</summary>
    public override void Read(Field field, PostedCommand command)
    {
        var parts = command.Typed(field.Name)?.Split(':', 2);
        command.Body[field.Name] = parts?[0];
        if (parts is [_, var how])
            command.Body["how"] = how;
        if (parts is [_, nameof(SignatureMethod.Drawn)])
            command.Body["imagePng"] = command.Typed("imagePng");
    }

    public override bool Shows(Field field, string key) => false;
}
