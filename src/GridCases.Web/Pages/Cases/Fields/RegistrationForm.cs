using System.Globalization;
using GridCases.Domain;
using GridCases.Features;
using GridCases.Features.Cases;

namespace GridCases.Web.Pages.Cases.Fields;

/// <summary>The form's fields as they were typed: as text, so that a number that cannot be read is shown again with its error.</summary>
public sealed class RegistrationForm
{
    /// <summary>Made with the form: sent twice, it is registered once.</summary>
    public string? IdempotencyKey { get; set; }

    /// <summary>Ids of the likely duplicates that were shown with the form.</summary>
    public List<string> Seen { get; set; } = [];

    public string? Title { get; set; }

    public Category? Category { get; set; }

    public string? UnitCode { get; set; }

    public string? Address { get; set; }

    /// <summary>WGS-84 degrees.</summary>
    public string? Latitude { get; set; }

    /// <summary>WGS-84 degrees.</summary>
    public string? Longitude { get; set; }

    public string? Summary { get; set; }

    /// <summary>When, yyyy-MM-dd.</summary>
    public string? OccurredOn { get; set; }

    /// <summary>From where it is known.</summary>
    public Source? Source { get; set; }

    /// <summary>Whether it is urgent.</summary>
    public bool Urgent { get; set; }

    public Scale? Scale { get; set; }

    /// <summary>What was settled on the spot, and how.</summary>
    public string? ResolvedOnSpot { get; set; }

    public string? PeopleInvolved { get; set; }

    /// <summary>Yuan.</summary>
    public string? AmountInDispute { get; set; }

    /// <summary>The parties; there is always a first one.</summary>
    public List<PartyForm> Parties { get; set; } = [new PartyForm()];

    internal DateOnly? Day => DayOf(OccurredOn);

    /// <summary>The command the API takes as well, as far as the form can be read: what cannot be is told by its page.</summary>
    public RegisterCase.Command ToCommand(bool submit) => new()
    {
        Title = Title,
        Category = Category,
        Summary = Blank(Summary),
        OccurredOn = Day,
        Source = Source,
        Urgency = Urgent ? Domain.Urgency.Urgent : Domain.Urgency.Normal,
        Scale = Scale,
        PeopleInvolved = TypedNumber.Whole(PeopleInvolved, Counted.People, out _),
        AmountInDispute = TypedNumber.Yuan(AmountInDispute, out _),
        Place = new RegisterCase.PlaceInput(Domain.UnitCode.TryParse(UnitCode), Blank(Address), Degrees(Latitude), Degrees(Longitude)),
        Parties = [.. Parties.Select(p => new RegisterCase.PartyInput(p.Role, p.Kind, p.Name, Blank(p.IdNumber), Blank(p.Phone), p.Sex, Blank(p.Address), DayOf(p.BirthDate)))],
        Submit = submit,
    };

    internal static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    internal static DateOnly? DayOf(string? text) =>
        DateOnly.TryParseExact(Blank(text), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    internal static double? Degrees(string? text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var degrees) ? degrees : null;
}

/// <summary>A party as it was typed.</summary>
public sealed class PartyForm
{
    public PartyRole Role { get; set; }

    public PartyKind Kind { get; set; }

    public string? Name { get; set; }

    public string? IdNumber { get; set; }

    public string? Phone { get; set; }

    public Sex? Sex { get; set; }

    /// <summary>Day of birth, yyyy-MM-dd.</summary>
    public string? BirthDate { get; set; }

    public string? Address { get; set; }

    /// <summary>Whether anything was typed: an empty further party is dropped.</summary>
    public bool IsFilledIn => !string.IsNullOrWhiteSpace(Name) || !string.IsNullOrWhiteSpace(IdNumber) || !string.IsNullOrWhiteSpace(Phone);
}

/// <summary>A further party's fields, or the template that the script copies.</summary>
/// <param name="Index">Index in the list.</param>
/// <param name="Number">Number as people count.</param>
/// <param name="Party">What was typed.</param>
public sealed record PartyRow(string Index, string Number, PartyForm Party);
