using System.Text;
using System.Text.RegularExpressions;
using FluentValidation;
using GridCases.Features.Users;
using GridCases.Texts;

namespace GridCases.Features.People;

/// <summary>What the name and the user name of a person may be.</summary>
internal static partial class PersonRules
{
    // What the journal calls the jobs: nobody may sign as them.
    private static readonly string System = UserNames.KeyOf("system");

    /// <summary>A name to sign in with: letters, digits and . _ - @, which are typed and read out without mistakes and stand in an address as they are.</summary>
    public static IRuleBuilderOptions<T, string?> UserName<T>(this IRuleBuilder<T, string?> rule) => rule
        .NotEmpty().MaximumLength(64)
        .Must(name => string.IsNullOrWhiteSpace(name) || IsUserName(name)).WithMessage(_ => Text.Field("UserNameCharacters"));

    /// <summary>A name that others read.</summary>
    public static IRuleBuilderOptions<T, string?> PersonName<T>(this IRuleBuilder<T, string?> rule) => rule
        .MaximumLength(100).Must(name => name is null || name.All(c => !char.IsControl(c))).WithMessage(_ => Text.Field("NoLineBreaks"));

    /// <summary>Whether somebody may be called so.</summary>
    public static bool IsUserName(string name) => Characters().IsMatch(Stored(name)) && UserNames.KeyOf(name) != System;

    /// <summary>A user name as it is stored: wide characters are narrow ones.</summary>
    public static string Stored(string userName) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(userName)).Normalize(NormalizationForm.FormKC).Trim();

    [GeneratedRegex(@"^[\p{L}\p{Nd}._@-]{2,64}$")]
    private static partial Regex Characters();
}
