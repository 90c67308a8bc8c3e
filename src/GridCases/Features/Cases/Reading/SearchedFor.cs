using GridCases.Data;
using GridCases.Domain;
using GridCases.Security;

namespace GridCases.Features.Cases;

/// <summary>
/// What a search looks for: words, and numbers of people. A number among the words is taken for what it looks like; it is looked up by its keyed hash and stands nowhere,
/// neither in the audit nor in the words that are compared.
/// </summary>
/// <param name="Words">The words, normalised as people are matched, the one first by which fewest cases are found.</param>
/// <param name="Phone">A phone as it was typed.</param>
/// <param name="IdNumber">An ID number as it was typed.</param>
/// <param name="Typed">What was typed, without the numbers.</param>
internal sealed record SearchedFor(IReadOnlyList<string> Words, string? Phone, string? IdNumber, string Typed)
{
    /// <summary>Reads what is asked.</summary>
    public static SearchedFor Of(CaseListFilter query)
    {
        var (phone, idNumber) = (Given(query.Phone), Given(query.IdNumber));
        var typed = new List<string>();

        // A number in groups is one number; beside words each stands alone.
        foreach (var part in IsPhone(query.Q) || IsIdNumber(query.Q) ? [query.Q!] : (query.Q ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (idNumber is null && IsIdNumber(part))
                idNumber = part;
            else if (phone is null && IsPhone(part))
                phone = part;
            else
                typed.Add(part);
        }

        return new SearchedFor(
            [.. typed.Select(PlainText.Words).Where(word => word.Length > 0).Distinct().OrderByDescending(word => CaseSearch.GramsFor(word).Count).ThenByDescending(word => word.Length)],
            phone,
            idNumber,
            string.Join(' ', typed));
    }

    /// <summary>Whether a person's number is looked for.</summary>
    public bool HasNumber => Phone is not null || IdNumber is not null;

    /// <summary>Whether anything is looked for.</summary>
    public bool IsAnything => Words.Count > 0 || HasNumber;

    /// <summary>The keyed hash by which a number is found.</summary>
    public static HexHash? HashOf(string? number, PersonalData personal) => personal.Fingerprint(number) is { } hash ? new HexHash(hash) : null;

    private static bool IsPhone(string? text) => PhoneNumber.LooksLike(text);

    private static bool IsIdNumber(string? text) => IdentityNumber.LooksLike(text);

    private static string? Given(string? number) => PlainText.LettersAndDigits(number).Length == 0 ? null : number;
}
