using System.Text.RegularExpressions;
using FluentValidation;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Texts;

namespace GridCases.Features;

/// <summary>Rules that many fields share.</summary>
public static partial class FieldRules
{
    /// <summary>Most yuan a field takes: what <c>decimal(18,2)</c> and a double keep to the fen.</summary>
    public const decimal MostYuan = 999_999_999_999.99m;

    /// <summary>A text that must be there and have more than blanks.</summary>
    public static IRuleBuilderOptions<T, string?> RequiredText<T>(this IRuleBuilder<T, string?> rule, int longest) =>
        rule.NotEmpty().MaximumLength(longest);

    /// <summary>A text that may be missing.</summary>
    public static IRuleBuilderOptions<T, string?> OptionalText<T>(this IRuleBuilder<T, string?> rule, int longest) =>
        rule.MaximumLength(longest);

    /// <summary>An amount of yuan, not negative, to the fen.</summary>
    public static IRuleBuilderOptions<T, decimal?> Yuan<T>(this IRuleBuilder<T, decimal?> rule) => rule
        .InclusiveBetween(0, MostYuan)
        .Must(amount => amount is null || decimal.Round(amount.Value, 2) == amount).WithMessage(_ => Text.Field("YuanToTheFen"));

    /// <summary>An address of an online meeting: https, so that nobody listens in.</summary>
    public static IRuleBuilderOptions<T, string?> HttpsLink<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(link => link is null || (link.Length <= 400 && Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps))
        .WithMessage(_ => Text.Field("HttpsLink"));

    /// <summary>Ids of parties, each once.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyList<Guid>?> FewParties<T>(this IRuleBuilder<T, IReadOnlyList<Guid>?> rule) => rule
        .Must(list => list is null || list.Count <= 100).WithMessage(_ => Text.Field("TooMany", 100))
        .Must(list => list is null || list.Distinct().Count() == list.Count).WithMessage(_ => Text.Field("PartyTwice"));

    /// <summary>A day of a year that a dispute can have to do with, as the API's JSON demands it: forms come without.</summary>
    public static IRuleBuilderOptions<T, DateOnly?> PlausibleDay<T>(this IRuleBuilder<T, DateOnly?> rule) =>
        rule.Must(day => day is null || Json.IsPlausible(day.Value.Year)).WithMessage(_ => Text.Field("PlausibleDay"));

    /// <summary>A phone, as it is typed. Of a wrong one it is not said which it was.</summary>
    public static IRuleBuilderOptions<T, string?> Phone<T>(this IRuleBuilder<T, string?> rule) => rule
        .MaximumLength(50).Must(phone => string.IsNullOrWhiteSpace(phone) || IsPhone(phone)).WithMessage(_ => Text.Field("PhoneCharacters"));

    /// <summary>Whether this looks like the number of a phone.</summary>
    public static bool IsPhone(string phone) => PhoneNumber().IsMatch(PlainText.Compatible(phone));

    [GeneratedRegex(@"^[+(]?[0-9][0-9()./-]{2,30}$")]
    private static partial Regex PhoneNumber();
}
