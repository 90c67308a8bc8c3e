using FluentValidation;
using GridCases.Pipeline;
using GridCases.Texts;

namespace GridCases.Features;

/// <summary>Rules that many fields share.</summary>
public static class FieldRules
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

    /// <summary>A day of a year that a dispute can have to do with, as the API's JSON demands it: forms come without.</summary>
    public static IRuleBuilderOptions<T, DateOnly?> PlausibleDay<T>(this IRuleBuilder<T, DateOnly?> rule) =>
        rule.Must(day => day is null || Json.IsPlausible(day.Value.Year)).WithMessage(_ => Text.Field("PlausibleDay"));
}
