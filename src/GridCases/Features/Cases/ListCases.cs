using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Audit;
using GridCases.Pipeline;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>Finds cases in the caller's scope: the work list, the search.</summary>
public static class ListCases
{
    /// <summary>In which order.</summary>
    public enum Order
    {
        /// <summary>The newest registered first.</summary>
        Newest,

        /// <summary>The one due first; those with nothing due last.</summary>
        Due,
    }

    /// <summary>All conditions hold together; those left out do not count.</summary>
    [AllowedToSignedIn]
    public sealed record Query : IQuery<Page<Row>>
    {
        /// <summary>Only in this state.</summary>
        public CaseState? State { get; init; }

        /// <summary>Only those that are open, or only those that are not.</summary>
        public bool? Open { get; init; }

        /// <summary>Only with this light.</summary>
        public Light? Light { get; init; }

        /// <summary>Only those that began or are held in the subtree of this unit.</summary>
        public UnitCode? Unit { get; init; }

        /// <summary>Only of this category.</summary>
        public Category? Category { get; init; }

        /// <summary>Only those mediated on this track.</summary>
        public MediationTrack? Track { get; init; }

        /// <summary>Part of the number, the title, the summary or a party's name. A search is audited.</summary>
        public string? Q { get; init; }

        /// <summary>Only what waits for the caller or a role of theirs in its unit.</summary>
        public bool Mine { get; init; }

        /// <summary>Order; the newest first unless said.</summary>
        public Order? Sort { get; init; }

        /// <summary>Where the previous page ended.</summary>
        public string? Cursor { get; init; }

        /// <summary>At most so many, 1 to 200.</summary>
        public int Limit { get; init; } = 50;
    }

    /// <summary>A case in a list.</summary>
    public sealed record Row
    {
        public Guid Id { get; init; }
        public string Number { get; init; } = "";
        public int Version { get; init; }
        public string Title { get; init; } = "";
        public CaseState State { get; init; }
        public bool Suspended { get; init; }
        public Category Category { get; init; }
        public Urgency Urgency { get; init; }
        public Risk Risk { get; init; }
        public Light Light { get; init; }

        /// <summary>What is due first; null when no clock counts now.</summary>
        public DateTimeOffset? DueAt { get; init; }

        /// <summary>Which clock that is.</summary>
        public ClockKind? DueKind { get; init; }

        /// <summary>Whether that date hangs on a calendar that is not loaded.</summary>
        public bool Provisional { get; init; }

        public UnitCode HolderUnitCode { get; init; }
        public string HolderUnitName { get; init; } = "";
        public Guid? HolderOrganisationId { get; init; }
        public string? HolderOrganisationName { get; init; }
        public string? HolderMediator { get; init; }
        public string? HolderMediatorName { get; init; }
        public UnitCode PlaceUnitCode { get; init; }
        public string PlaceUnitName { get; init; } = "";
        public UnitCode OriginUnitCode { get; init; }
        public MediationTrack? Track { get; init; }
        public CardColor? Card { get; init; }

        /// <summary>Name of the first applicant.</summary>
        public string? Applicant { get; init; }

        /// <summary>Name of the first respondent.</summary>
        public string? Respondent { get; init; }
        public DateTimeOffset RegisteredAt { get; init; }
        public DateTimeOffset? ClosedAt { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Limit).InclusiveBetween(1, 200);
            RuleFor(q => q.Q).MaximumLength(100);
            RuleFor(q => q.Cursor).Must(cursor => PageKey.TryParse(cursor, out _)).WithMessage(_ => Text.Field("BadCursor"));
        }
    }

    internal sealed class Handler(Db db, Caller caller, TimeProvider time, ReadAudit audit) : IRequestHandler<Query, Page<Row>>
    {
        private static readonly DateTimeOffset Never = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);

        // The page is picked before anything is looked up for it, and cheap conditions come before those that ask other tables.
        private static readonly string Picked = $"""
            SELECT * FROM DisputeCase c
            WHERE (@State IS NULL OR c.State = @State)
                AND (@Open IS NULL OR @Open = IIF({Waiting.IsOpen}, 1, 0))
                AND (@Category IS NULL OR c.Category = @Category)
                AND (@Track IS NULL OR c.Track = @Track)
                AND (@Unit IS NULL OR (c.OriginUnitCode >= @Unit AND c.OriginUnitCode < @UnitEnd) OR (c.HolderUnitCode >= @Unit AND c.HolderUnitCode < @UnitEnd))
                AND (@Light IS NULL OR @Light = IIF({Waiting.IsRed}, 'Red', IIF({Waiting.IsYellow}, 'Yellow', 'Green')))
                AND (@Mine = 0 OR ({Waiting.IsMine}))
                AND {CaseScope.Sees}
                AND (@like IS NULL OR c.Number LIKE @like ESCAPE '!' OR c.Title LIKE @like ESCAPE '!' OR c.Summary LIKE @like ESCAPE '!'
                    OR EXISTS (SELECT 1 FROM CaseParty q WHERE q.CaseId = c.Id AND q.Name LIKE @like ESCAPE '!'))
            """;

        // Words that may be null come from columns, not from expressions: of these SQLite knows no type while the first row's is null.
        private static readonly string Shown = $"""
            SELECT c.Id, c.Number, c.Version, c.Title, c.State, c.Suspended, c.Category, c.Urgency, c.Risk, c.NextDueAt AS DueAt,
                IIF({Waiting.IsRed}, 'Red', IIF({Waiting.IsYellow}, 'Yellow', 'Green')) AS Light,
                d.Kind AS DueKind,
                (SELECT COUNT(*) FROM CaseClock k WHERE k.CaseId = c.Id AND k.Status = 'Running' AND k.DueAt = c.NextDueAt AND k.Provisional = 1) AS Provisional,
                c.HolderUnitCode, h.Name AS HolderUnitName, c.HolderOrganisationId, g.Name AS HolderOrganisationName, c.HolderMediator, u.DisplayName AS HolderMediatorName,
                c.PlaceUnitCode, p.Name AS PlaceUnitName, c.OriginUnitCode, c.Track, c.RegisteredAt, c.ClosedAt,
                (SELECT a.Name FROM CaseParty a WHERE a.CaseId = c.Id AND a.Ordinal = (SELECT MIN(b.Ordinal) FROM CaseParty b WHERE b.CaseId = c.Id AND b.Role = 'Applicant')) AS Applicant,
                (SELECT a.Name FROM CaseParty a WHERE a.CaseId = c.Id AND a.Ordinal = (SELECT MIN(b.Ordinal) FROM CaseParty b WHERE b.CaseId = c.Id AND b.Role = 'Respondent')) AS Respondent,
                s.Color AS Card
            """;

        private const string LookedUp = """
            JOIN Unit h ON h.Code = c.HolderUnitCode
            JOIN Unit p ON p.Code = c.PlaceUnitCode
            LEFT JOIN Organisation g ON g.Id = c.HolderOrganisationId
            LEFT JOIN AppUser u ON u.UserName = c.HolderMediator
            LEFT JOIN CaseClock d ON d.Id = (SELECT MIN(k.Id) FROM CaseClock k
                WHERE k.CaseId = c.Id AND k.Status = 'Running' AND k.Kind <> 'ConfirmationWindow' AND k.DueAt = c.NextDueAt)
            LEFT JOIN SupervisionCard s ON s.CaseId = c.Id AND s.LiftedAt IS NULL
            """;

        private static readonly Sql ByNewest = new($$"""
            {{Shown}}
            FROM ({{Picked}}
                AND (@at IS NULL OR c.RegisteredAt < @at OR (c.RegisteredAt = @at AND c.Id < @id))
                ORDER BY c.RegisteredAt DESC, c.Id DESC {page}) c
            {{LookedUp}}
            ORDER BY c.RegisteredAt DESC, c.Id DESC
            """);

        private static readonly Sql ByDue = new($$"""
            {{Shown}}
            FROM ({{Picked}}
                AND (@at IS NULL OR COALESCE(c.NextDueAt, @never) > @at OR (COALESCE(c.NextDueAt, @never) = @at AND c.Id > @id))
                ORDER BY COALESCE(c.NextDueAt, @never), c.Id {page}) c
            {{LookedUp}}
            ORDER BY COALESCE(c.NextDueAt, @never), c.Id
            """);

        public async Task<Page<Row>> Handle(Query query, CancellationToken ct)
        {
            var now = time.GetUtcNow().Cut();
            PageKey.TryParse(query.Cursor, out var key);
            var byDue = query.Sort is Order.Due;
            var rows = await db.QueryAsync<Row>(byDue ? ByDue : ByNewest, new
            {
                scopeUser = caller.UserId,
                userName = caller.UserName,
                scopeDay = LocalTime.Day(now),
                now,
                query.State,
                query.Open,
                query.Light,
                query.Unit,
                query.Category,
                query.Track,
                query.Mine,
                like = Sql.Containing(query.Q),
                at = key?.At,
                id = key?.Id,
                never = Never,
                limit = query.Limit + 1,
            }, ct);
            if (!string.IsNullOrWhiteSpace(query.Q))
            {
                await audit.SearchedAsync(query.Q.Trim(), Math.Min(rows.Count, query.Limit), ct);
            }

            return Page<Row>.Of(rows, query.Limit, last => new PageKey(byDue ? last.DueAt ?? Never : last.RegisteredAt, last.Id));
        }
    }
}
