using System.Globalization;
using FluentValidation;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>A list of cases whole, to be taken away as a file. It holds what the list shows: names of the first parties, no phone, no ID number, no address. Audited.</summary>
public static class ExportCases
{
    /// <summary>Most cases of one file.</summary>
    public const int Most = 20_000;

    private static readonly string[] Columns =
    [
        "Number", "Title", "Category", "State", "Light", "DueKind", "DueAt", "Place", "Holder", "Mediator", "Track", "Applicant", "Respondent", "AmountInDispute", "Urgency", "Risk", "RegisteredOn", "ClosedOn",
    ];

    /// <summary>All cases that meet the conditions.</summary>
    [AllowedToSignedIn, LongRead]
    public sealed record Query : CaseListFilter, IQuery<TableSheet>
    {
        /// <summary>As what they are taken away; JSON is a page of them, which is another message.</summary>
        public TableFormat Format { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => Include(new CaseListFilter.Rules());
    }

    internal sealed class Handler(CaseList cases, ReadAudit audit) : IRequestHandler<Query, TableSheet>
    {
        public async Task<TableSheet> Handle(Query query, CancellationToken cancellationToken)
        {
            var rows = await cases.FindAsync(query, null, Most, cancellationToken);
            if (rows.Count > Most)
                throw new InvalidInput("$", Text.Get("Lists", "TooLong", Most));

            await audit.CasesExportedAsync(SearchedFor.Of(query).Typed, rows.Count, cancellationToken);
            return new TableSheet(Text.Get("Lists", "Cases"), [.. Columns.Select(column => Text.Get("Lists", "Column." + column))], rows.Select(Cells));
        }

        private static string?[] Cells(ListCases.Row row) =>
        [
            row.Number,
            row.Title,
            Text.Word(row.Category),
            Text.Word(row.State),
            Text.Word(row.Light),
            row.DueKind is { } kind ? Text.Word(kind) : null,
            Minute(row.DueAt),
            row.PlaceUnitName,
            row.HolderOrganisationName ?? row.HolderUnitName,
            row.HolderMediatorName ?? row.HolderMediator,
            row.Track is { } track ? Text.Word(track) : null,
            row.Applicant,
            row.Respondent,
            row.AmountInDispute?.ToString("0.00", CultureInfo.InvariantCulture),
            Text.Word(row.Urgency),
            Text.Word(row.Risk),
            Day(row.RegisteredAt),
            Day(row.ClosedAt),
        ];

        private static string? Day(DateTimeOffset? at) => at is { } known ? LocalTime.Day(known).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

        private static string? Minute(DateTimeOffset? at) => at?.ToOffset(LocalTime.Offset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }
}
