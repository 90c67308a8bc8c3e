using GridCases.Data;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>Numbers of cases: district, year and a serial that leaves no gap, since it is raised in the transaction that stores the case.</summary>
internal static class CaseNumbers
{
    private static readonly Sql NextSerial = new("UPDATE CaseNumber SET LastSerial = LastSerial + 1 WHERE DistrictCode = @district AND [Year] = @year");
    private static readonly Sql FirstSerial = new("INSERT INTO CaseNumber (DistrictCode, [Year], LastSerial) VALUES (@district, @year, 1)");
    private static readonly Sql ReadSerial = new("SELECT LastSerial FROM CaseNumber WHERE DistrictCode = @district AND [Year] = @year");

    /// <summary>The next number of the district that the place lies in.</summary>
    public static async Task<string> NextAsync(Session session, UnitCode place, CaseContext at, CancellationToken cancellationToken)
    {
        var key = new { district = place.AtLevel(UnitLevel.District)!.Value, year = at.Today.Year };
        if (await session.ExecuteAsync(NextSerial, key, cancellationToken) == 0)
        {
            try
            {
                await session.ExecuteAsync(FirstSerial, key, cancellationToken);
            }
            catch (UniqueConflict)
            {
                await session.ExecuteAsync(NextSerial, key, cancellationToken); // another server was first this year
            }
        }

        var serial = (await session.QueryAsync<int>(ReadSerial, key, cancellationToken)).Single();
        return $"{key.district}{key.year}-{serial:000000}";
    }
}
