using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;

namespace GridCases.Features.Imports;

/// <summary>
/// Units, organisations and people below the administrator, as the workbook that an import takes: what is open, in service or to come. Taken in again it changes nothing.
/// Phones are in it in full, as whoever looks after the people sees them; that it was taken is audited.
/// </summary>
public static class ExportCity
{
    [AllowedTo(Role.Administrator), LongRead]
    public sealed record Query : IQuery<Result>
    {
        /// <summary>The only sheet; all if none is named.</summary>
        public ImportSheet? Sheet { get; init; }

        /// <summary>Whether the headings and words are the Chinese or English ones of people; else those of programs.</summary>
        public bool ForPeople { get; init; }
    }

    /// <summary>The sheets.</summary>
    public sealed record Result(IReadOnlyList<TableSheet> Sheets);

    internal sealed class Handler(Db db, Caller caller, PersonalData personal, ReadAudit audit, TimeProvider time) : IRequestHandler<Query, Result>
    {
        private static readonly Sql FindNames = new("SELECT Id, Name FROM Organisation");

        public async Task<Result> Handle(Query query, CancellationToken cancellationToken)
        {
            var today = LocalTime.Day(time.GetUtcNow());
            var city = await StoredCity.LoadAsync(db, caller.UserId, today, cancellationToken);
            var names = (await db.QueryAsync<OrganisationName>(FindNames, null, cancellationToken)).ToDictionary(o => o.Id, o => o.Name);
            var users = city.Users.Values.Where(u => u.DeactivatedAt is null && u.Roles.Exists(IsServed)).OrderBy(u => u.UserName, StringComparer.Ordinal).ToList();
            var roles = users.SelectMany(u => u.Roles.Where(IsServed).OrderBy(r => r.UnitCode).ThenBy(r => r.Role).Select(r => (User: u, Role: r))).ToList();
            var sheets = ImportSheets.All.Where(s => query.Sheet is null ? s.Sheet is not ImportSheet.Cases : s.Sheet == query.Sheet).Select(s => CityWorkbook.SheetOf(s, query.ForPeople, Rows(s.Sheet))).ToList();
            await audit.ExportedAsync(ReadKind.ExportCity, sheets.Sum(s => s.Rows.Count()), cancellationToken);
            return new Result(sheets);

            bool IsServed(KnownRole role) => !role.IsOverOn(today) && city.Contains(role.UnitCode);

            IEnumerable<string?[]> Rows(ImportSheet sheet) => sheet switch
            {
                ImportSheet.Units => city.Units.Values.Where(u => !u.IsClosedOn(today)).OrderBy(u => u.Code).Select(u => new[] { u.Code.Value, u.Name }),
                ImportSheet.Organisations => city.Organisations.Where(o => !o.IsClosedOn(today)).Select(o => new[] { o.Name, Word(o.Kind), Word(o.Track), o.UnitCode.Value }),
                ImportSheet.Users => users.Select(u => new[] { u.UserName, u.DisplayName, personal.Reveal(u.PhoneCipher) }),
                ImportSheet.Roles => roles.Select(r => new[]
                {
                    r.User.UserName, Word(r.Role.Role), r.Role.UnitCode.Value, r.Role.OrganisationId is { } id ? names[id] : null, Day(r.Role.FromDate), Day(r.Role.ToDate),
                }),
                ImportSheet.Cases => [],
            };

            string Word(Enum value) => query.ForPeople ? Texts.Text.Word(value) : value.ToString();

            static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        }

        private sealed class OrganisationName
        {
            public Guid Id { get; init; }
            public string Name { get; init; } = "";
        }
    }
}
