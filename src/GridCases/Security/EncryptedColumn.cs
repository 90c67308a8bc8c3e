using GridCases.Data;

namespace GridCases.Security;

/// <summary>
/// A column whose values are encrypted by <see cref="PersonalData"/>. Each is named here alone: the nightly job brings all of them under the current key, and no key goes while one
/// of them holds something that lies under it.
/// </summary>
/// <param name="Table">The table.</param>
/// <param name="Name">The column.</param>
/// <param name="Key">What its rows are gone through by. A party may stand under several agreements, a case may have several signatures; what is passed over where a page ends, the next run finds.</param>
internal sealed record EncryptedColumn(string Table, string Name, string Key = "Id")
{
    /// <summary>Every one of them.</summary>
    public static readonly IReadOnlyList<EncryptedColumn> All =
    [
        new("CaseParty", "IdNumberCipher"), new("CaseParty", "PhoneCipher"), new("CaseParty", "AddressCipher"), new("DisputeCase", "PlaceAddressCipher"),
        new("SignedParty", "IdNumberCipher", "PartyId"), new("SignedParty", "PhoneCipher", "PartyId"), new("SignedParty", "AddressCipher", "PartyId"),
        new("AppUser", "PhoneCipher"), new("SecondFactor", "SecretCipher", "UserId"), new("CaseAttachment", "KeyCipher"), new("HandedOnCase", "CaseCipher"),
        new("AgreementSignature", "ImageKeyCipher", "CaseId"), new("SessionSignature", "ImageKeyCipher", "CaseId"),
        new("CityImport", "KeyCipher"), new("CityImport", "SecretCipher"), new("SignInKey", "XmlCipher"),
    ];

    private static readonly SqlFamily<EncryptedColumn> Others = new(
        c => new SqlPart($$"""
            SELECT {{c.Key}} AS Id, {{c.Name}} AS Cipher FROM {{c.Table}} WHERE {{c.Name}} NOT LIKE @current AND {{c.Key}} > @after ORDER BY {{c.Key}} {page}
            """),
        All);

    private static readonly SqlFamily<EncryptedColumn> Replacing = new(
        c => new SqlPart($"UPDATE {c.Table} SET {c.Name} = @New WHERE {c.Key} = @Id AND {c.Name} = @Cipher"), All);

    private static readonly SqlFamily<EncryptedColumn> Counting = new(c => new SqlPart($"SELECT COUNT(*) FROM {c.Table} WHERE {c.Name} LIKE @prefix"), All);

    /// <summary>Finds what lies under another key than <c>@current</c>, in pages behind <c>@after</c>: Id and Cipher.</summary>
    public Sql FindOthers => Others[this];

    /// <summary>Replaces <c>@Cipher</c> in row <c>@Id</c>, unless it has been changed meanwhile.</summary>
    public Sql Replace => Replacing[this];

    /// <summary>Counts what begins with <c>@prefix</c>.</summary>
    public Sql Count => Counting[this];
}
