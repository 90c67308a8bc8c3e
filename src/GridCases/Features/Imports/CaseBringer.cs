using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Rules;
using GridCases.Security;

namespace GridCases.Features.Imports;

/// <summary>Stores disputes that were open in an earlier system, in the transaction of the import: with a number of the district's serial, and the one they had.</summary>
public sealed class CaseBringer(Db db, CaseStore cases, Rulebook rules, PersonalData personal)
{
    private static readonly Sql Remember = new("INSERT INTO BroughtOver (DistrictCode, FormerNumber, CaseId) VALUES (@District, @Key, @caseId)");

    /// <summary>The rules by which their clocks run, with the importer as who brings them.</summary>
    internal async Task<CaseContext> ContextAsync(string userName, CancellationToken cancellationToken) =>
        await rules.ContextAsync(cancellationToken) with { By = new Actor(userName, []) };

    /// <summary>Stores them.</summary>
    internal async Task BringAsync(IReadOnlyList<NewCase> brought, CaseContext at, CancellationToken cancellationToken)
    {
        foreach (var one in brought)
        {
            var rows = one.Parties.Select((party, ordinal) => personal.RowOf(party, at.NewId(), ordinal)).ToArray();
            await db.WriteAsync(
                async session =>
                {
                    var number = await CaseNumbers.NextAsync(session, one.Dispute.Place.Unit, at, cancellationToken);
                    var change = Case.BringOver(new Registration(number, one.Dispute, one.Dispute.Place.Unit, [.. rows.Select(r => r.ToParty())]), one.From, at);
                    var consented = rows.Zip(change.After.Parties, (row, party) => row.With(party)).ToArray();
                    var (_, writes) = await cases.InsertionAsync(change, consented, null, at, cancellationToken);
                    await session.WriteAsync(writes, cancellationToken);
                    await session.ExecuteAsync(Remember, new { one.District, one.Key, caseId = change.After.Id }, cancellationToken);
                },
                cancellationToken);
        }
    }
}
