using System.Globalization;
using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Organisations;

/// <summary>The mediation organisations of the administrator's units, page by page: a city has thousands. By unit.</summary>
public static class SearchOrganisations
{
    [AllowedTo(Role.Administrator)]
    public sealed record Query : IQuery<Page<Row>>, IUnitMessage
    {
        /// <summary>Only those of this unit and below.</summary>
        public UnitCode? Unit { get; init; }

        /// <summary>Part of a name.</summary>
        public string? Q { get; init; }

        /// <summary>Only of this track.</summary>
        public MediationTrack? Track { get; init; }

        /// <summary>Only of this kind.</summary>
        public OrganisationKind? Kind { get; init; }

        /// <summary>Whether those come too that are closed.</summary>
        public bool Closed { get; init; }

        /// <summary>Where the previous page ended.</summary>
        public string? Cursor { get; init; }

        /// <summary>At most so many, up to 200.</summary>
        public int Limit { get; init; } = 50;
    }

    /// <summary>An organisation, and how many mediate there today.</summary>
    public sealed record Row
    {
        public Guid Id { get; init; }

        public string Name { get; init; } = "";

        public MediationTrack Track { get; init; }

        public OrganisationKind Kind { get; init; }

        public UnitCode UnitCode { get; init; }

        public string UnitName { get; init; } = "";

        public DateOnly? ClosedOn { get; init; }

        public int Mediators { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Limit).InclusiveBetween(1, 200);
            RuleFor(q => q.Q).MaximumLength(100);
            RuleFor(q => q.Cursor).Must(cursor => string.IsNullOrEmpty(cursor) || KeyOf(cursor) is not null).WithMessage(_ => Text.Field("BadCursor"));
        }
    }

    internal sealed class Handler(Db db, Caller caller, TimeProvider time) : IRequestHandler<Query, Page<Row>>
    {
        private static readonly Sql Find = new("""
            SELECT o.Id, o.Name, o.Track, o.Kind, o.UnitCode, n.Name AS UnitName, o.ClosedOn,
                (SELECT COUNT(DISTINCT r.UserId) FROM RoleAssignment r
                    WHERE r.OrganisationId = o.Id AND r.Role = 'Mediator' AND r.DeputyId IS NULL AND r.FromDate <= @today AND (r.ToDate IS NULL OR r.ToDate >= @today)) AS Mediators
            FROM Organisation o
            JOIN Unit n ON n.Code = o.UnitCode
            WHERE (@Unit IS NULL OR (o.UnitCode >= @Unit AND o.UnitCode < @UnitEnd))
                AND (@Track IS NULL OR o.Track = @Track) AND (@Kind IS NULL OR o.Kind = @Kind) AND (@like IS NULL OR o.Name LIKE @like ESCAPE '!')
                AND (@Closed = 1 OR o.ClosedOn IS NULL OR o.ClosedOn > @today)
                AND (@afterUnit IS NULL OR o.UnitCode > @afterUnit OR (o.UnitCode = @afterUnit AND o.Id > @afterId))
                AND EXISTS (SELECT 1 FROM RoleAssignment a WHERE a.UserId = @userId AND a.Role = 'Administrator' AND a.FromDate <= @today
                    AND (a.ToDate IS NULL OR a.ToDate >= @today) AND o.UnitCode >= a.UnitCode AND o.UnitCode < a.UnitEnd)
            ORDER BY o.UnitCode, o.Id {page}
            """);

        public async Task<Page<Row>> Handle(Query request, CancellationToken cancellationToken)
        {
            var after = request.Cursor is { } cursor ? KeyOf(cursor) : null;
            var found = await db.QueryAsync<Row>(
                Find,
                new
                {
                    request.Unit,
                    request.Track,
                    request.Kind,
                    request.Closed,
                    like = Sql.Containing(request.Q),
                    afterUnit = after?.Unit,
                    afterId = after?.Id,
                    caller.UserId,
                    today = LocalTime.Day(time.GetUtcNow()),
                    limit = request.Limit + 1,
                },
                cancellationToken);
            var shown = found.Take(request.Limit).ToList();
            return new(shown, found.Count > request.Limit ? string.Create(CultureInfo.InvariantCulture, $"{shown[^1].UnitCode}.{shown[^1].Id:N}") : null);
        }
    }

    private static (UnitCode Unit, Guid Id)? KeyOf(string cursor) =>
        cursor.Split('.') is [var unit, var id] && UnitCode.TryParse(unit) is { } code && Guid.TryParseExact(id, "N", out var guid) ? (code, guid) : null;
}
