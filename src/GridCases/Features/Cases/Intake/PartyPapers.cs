using GridCases.Pipeline;
using GridCases.Security;
using GridCases.Texts;

namespace GridCases.Features.Cases;

/// <summary>A party's papers on their way into the database: encrypted, and with the keyed hashes by which the same person is found again.</summary>
internal static class PartyPapers
{
    /// <summary>Shortest number or address that would be recognised in a sentence.</summary>
    private const int ShortestTold = 5;

    /// <summary>The row of a party as it was sent.</summary>
    public static PartyRow RowOf(this PersonalData personal, RegisterCase.PartyInput party, Guid id, int ordinal) => new PartyRow
    {
        Id = id,
        Ordinal = ordinal,
        Role = party.Role!.Value,
        Kind = party.Kind!.Value,
        Name = party.Name!.Trim(),
        Sex = party.Sex,
        BirthDate = party.BirthDate,
        HashForm = PersonalData.HashForm,
    }.WithIdNumber(party.IdNumber, personal).WithPhone(party.Phone, personal).WithAddress(party.Address, personal);

    public static PartyRow WithIdNumber(this PartyRow row, string? number, PersonalData personal) =>
        row with { IdNumberCipher = personal.Protect(number), IdNumberHash = personal.Fingerprint(number) };

    public static PartyRow WithPhone(this PartyRow row, string? number, PersonalData personal) =>
        row with { PhoneCipher = personal.Protect(number), PhoneHash = personal.Fingerprint(number) };

    public static PartyRow WithAddress(this PartyRow row, string? address, PersonalData personal) => row with { AddressCipher = personal.Protect(address) };

    /// <summary>A reason stands in the journal, which tells no personal data: neither what was on record nor what is from now on.</summary>
    /// <exception cref="InvalidInput">It tells one of the values.</exception>
    public static void DemandUntold(string reason, params IEnumerable<string?> values)
    {
        if (values.OfType<string>().Select(value => value.Trim()).Any(value => value.Length >= ShortestTold && reason.Contains(value, StringComparison.OrdinalIgnoreCase)))
            throw new InvalidInput("reason", Text.Field("ReasonTellsNumber"));
    }
}
