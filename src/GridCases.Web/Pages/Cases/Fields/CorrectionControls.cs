using System.Text.Json.Nodes;
using GridCases.Domain;
using GridCases.Features.Units;

namespace GridCases.Web.Pages.Cases.Fields;

/// <summary>An amount of yuan.</summary>
public sealed class YuanControl : InputControl
{
    public override string? InputMode => "decimal";

    public override bool IsShort => true;

    public override int? MaxLength(Field field) => PostedForm.LongestNumber;

    public override void Read(Field field, PostedCommand command) => command.Body[field.Name] = PostedForm.Yuan(command.Typed(field.Name), field.Name, command.Errors);
}

/// <summary>A phone number.</summary>
public sealed class PhoneControl : InputControl
{
    public override string? Type => "tel";

    public override string? InputMode => "tel";
}

/// <summary>A number, an address or a day that the page shows masked: it is typed anew, cleared or left as it is.</summary>
public sealed class MaskedControl : FieldControl
{
    /// <summary>Kind of input, where it is not plain text.</summary>
    public string? Type { get; init; }

    public override string Partial(FieldInput input) => "_Masked";

    public override void Read(Field field, PostedCommand command)
    {
        command.Body[field.Name] = command.Typed(field.Name);
        if (command.Typed(TickOf(field)) is not null && command.Typed(field.Name) is null)
            command.Clear(field.Name);
    }

    /// <summary>Name of the box that clears it.</summary>
    public static string TickOf(Field field) => $"clear.{field.Name}";
}

/// <summary>The party that the form is about: it was chosen before, and the form only names it.</summary>
public sealed class ThisPartyControl : FieldControl
{
    public override string Partial(FieldInput input) => "_ThisParty";

    public override FieldFrame Frame(FieldInput input) => FieldFrame.None;

    public override bool Shows(Field field, string key) => false;
}

/// <summary>An applicant or respondent that joined after the others were asked.</summary>
public sealed class UnaskedPartyControl : OnlyOrSelectControl
{
    public override string? Empty(FieldInput input) => null;

    public override IReadOnlyList<Choice> Choices(FieldInput input) => PartyControl.Of(input.Details.Principals.Where(p => p.Consented is null));
}

/// <summary>How a party gave its answer: it is written down in the user's words.</summary>
public sealed class ConsentWayControl : SelectControl
{
    /// <summary>The ways there are.</summary>
    public static string[] Ways => Localized.Case("ConsentWays").Split('|');

    public override string? Empty(FieldInput input) => null;

    public override IReadOnlyList<Choice> Choices(FieldInput input) => [.. Ways.Select(way => new Choice(way, way))];
}

/// <summary>The answer of a party that joins, if it was asked already: only the mediator takes answers, and only while mediation goes on.</summary>
public sealed class ConsentControl : FieldControl
{
    public override string Partial(FieldInput input) => "_Consent";

    public override FieldFrame Frame(FieldInput input) => FieldFrame.None;

    // Whoever records meetings asks the parties.
    public override bool IsShown(FieldInput input) => input.Details.Find(CaseAction.RecordSession) is not null;

    public override void Read(Field field, PostedCommand command)
    {
        if (command.Typed($"{field.Name}.consented") is { } answer)
            command.Body[field.Name] = new JsonObject { ["consented"] = answer == "true", ["how"] = command.Typed($"{field.Name}.how") };
    }

    public override bool Shows(Field field, string key) => key.StartsWith($"{field.Name}.", StringComparison.Ordinal);
}

/// <summary>Where it happened: a unit that the user serves in, and an address, which is shown masked.</summary>
public sealed class PlaceControl : FieldControl
{
    public override bool NeedsPlaces => true;

    public override string Partial(FieldInput input) => "_PlaceFields";

    public override FieldFrame Frame(FieldInput input) => FieldFrame.None;

    /// <summary>The units, the present one among them whether the user serves there or not.</summary>
    public override IReadOnlyList<Choice> Choices(FieldInput input)
    {
        var place = input.Details.View.Place;
        return
        [
            .. input.Details.Places.Where(u => u.Code != place.UnitCode).Append(new ListUnits.Found { Code = place.UnitCode, Name = place.UnitName }).OrderBy(u => u.Code.Value, StringComparer.Ordinal)
                .Select(u => new Choice(u.Code.Value, u.Name)),
        ];
    }

    public override void Read(Field field, PostedCommand command)
    {
        var place = new JsonObject();
        if (!command.IsUntouched(UnitOf(field)))
            place["unitCode"] = command.Typed(UnitOf(field));
        if (command.Typed(AddressOf(field)) is { } address)
            place["address"] = address;
        else if (command.Typed("clear.address") is not null)
            command.Clear("address");
        if (RegistrationForm.Degrees(command.Typed(LatitudeOf(field))) is { } latitude && RegistrationForm.Degrees(command.Typed(LongitudeOf(field))) is { } longitude)
            (place["latitude"], place["longitude"]) = (latitude, longitude);
        else if (command.Typed("clear.point") is not null)
            command.Clear("point");
        if (place.Count > 0)
            command.Body[field.Name] = place;
    }

    public override bool Shows(Field field, string key) => key.StartsWith($"{field.Name}.", StringComparison.Ordinal);

    /// <summary>Name of the input for the unit.</summary>
    public static string UnitOf(Field field) => $"{field.Name}.unitCode";

    /// <summary>Name of the hidden input for the latitude.</summary>
    public static string LatitudeOf(Field field) => $"{field.Name}.latitude";

    /// <summary>Name of the hidden input for the longitude.</summary>
    public static string LongitudeOf(Field field) => $"{field.Name}.longitude";

    /// <summary>Name of the input for the address.</summary>
    public static string AddressOf(Field field) => $"{field.Name}.address";
}
