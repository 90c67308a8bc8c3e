using System.Text;

namespace GridCases.Features.Users;

/// <summary>When two spellings are one user name.</summary>
public static class UserNames
{
    /// <summary>
    /// The form in which names are compared and counted, stored as <c>AppUser.NameKey</c>: without blanks around it, wide and narrow characters alike,
    /// upper and lower case alike. The database compares it byte by byte. Left to a collation, spellings that find the same user could have failure counts of their own.
    /// </summary>
    public static string KeyOf(string userName)
    {
        // Half a surrogate pair cannot be normalised; UTF-8 puts a replacement character in its place.
        var wellFormed = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(userName));
        return wellFormed.Normalize(NormalizationForm.FormKC).ToUpperInvariant().Normalize(NormalizationForm.FormKC).Trim();
    }
}
