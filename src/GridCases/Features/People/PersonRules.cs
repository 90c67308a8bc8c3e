using System.Text;
using System.Text.RegularExpressions;
using FluentValidation;
using GridCases.Features.Users;
using GridCases.Texts;

namespace GridCases.Features.People;

/// <summary>What the name, the user name and the phone of a person may be.</summary>
internal static partial class PersonRules
{
    // What the journal calls the jobs: nobody may sign as them.
    private static readonly string System = UserNames.KeyOf("system");

    /// <summary>A name to sign in with: letters, digits and . _ - @, which are typed and read out without mistakes and stand in an address as they are.</summary>
    public static IRuleBuilderOptions<T, string?> UserName<T>(this IRuleBuilder<T, string?> rule) => rule
        .NotEmpty().MaximumLength(64)
        .Must(name => string.IsNullOrWhiteSpace(name) || (Characters().IsMatch(Stored(name)) && UserNames.KeyOf(name) != System)).WithMessage(_ => Text.Field("UserNameCharacters"));

    /// <summary>A name that others read.</summary>
    public static IRuleBuilderOptions<T, string?> PersonName<T>(this IRuleBuilder<T, string?> rule) => rule
        .MaximumLength(100).Must(name => name is null || name.All(c => !char.IsControl(c))).WithMessage(_ => Text.Field("NoLineBreaks"));

    /// <summary>A phone, as it is typed. Of a wrong one it is not said which it was.</summary>
    public static IRuleBuilderOptions<T, string?> Phone<T>(this IRuleBuilder<T, string?> rule) => rule
        .MaximumLength(50).Must(phone => string.IsNullOrWhiteSpace(phone) || PhoneNumber().IsMatch(phone.Normalize(NormalizationForm.FormKC).Trim())).WithMessage(_ => Text.Field("PhoneCharacters"));

    /// <summary>A user name as it is stored: wide characters are narrow ones.</summary>
    public static string Stored(string userName) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(userName)).Normalize(NormalizationForm.FormKC).Trim();

    [GeneratedRegex(@"^[\p{L}\p{Nd}._@-]{2,64}$")]
    private static partial Regex Characters();

    [GeneratedRegex(@"^\+?[0-9][0-9 ()./-]{2,30}$")]
    private static partial Regex PhoneNumber();
}
