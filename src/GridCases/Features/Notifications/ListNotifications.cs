using System.Text.Json;
using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Outbox;
using GridCases.Pipeline;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Notifications;

/// <summary>What the caller was told: as a user, in a role held in a unit, or in an organisation; the newest first.</summary>
public static class ListNotifications
{
    [AllowedToSignedIn]
    public sealed record Query : IQuery<Page<Row>>
    {
        /// <summary>Only what the caller has not read.</summary>
        public bool Unread { get; init; }

        /// <summary>Where the previous page ended.</summary>
        public string? Cursor { get; init; }

        /// <summary>At most so many, up to 200.</summary>
        public int Limit { get; init; } = 50;
    }

    /// <summary>A notification.</summary>
    /// <param name="Id">Key.</param>
    /// <param name="Kind">What it is about.</param>
    /// <param name="CaseId">The case.</param>
    /// <param name="Text">The sentence, in the reader's language.</param>
    /// <param name="CreatedAt">When it happened.</param>
    /// <param name="Read">Whether the caller has read it.</param>
    /// <param name="Title">Title of the case; null when it has moved out of the caller's sight.</param>
    public sealed record Row(Guid Id, NoticeKind Kind, Guid? CaseId, string Text, DateTimeOffset CreatedAt, bool Read, string? Title);

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Limit).InclusiveBetween(1, 200);
            RuleFor(q => q.Cursor).Must(c => PageKey.TryParse(c, out _)).WithMessage(_ => Texts.Text.Get("Escalations", "BadCursor"));
        }
    }

    internal sealed class Handler(Db db, Caller caller, TimeProvider time) : IRequestHandler<Query, Page<Row>>
    {
        private static readonly SqlPart Shown = new("SELECT n.Id, n.Kind, n.CaseId, n.DataJson, n.CreatedAt, d.ReadAt, c.Title, c.ReturnedAt, c.ReturnedReason FROM (");
        private static readonly SqlPart After = new("AND n.CreatedAt <= @at AND (n.CreatedAt < @at OR n.Id < @id)");

        private static readonly SqlPart LookedUp = new($$"""
            ORDER BY [At] DESC, PageId DESC {page}) page JOIN Notification n ON n.Id = page.PageId
            LEFT JOIN NotificationRead d ON d.NotificationId = n.Id AND d.UserId = @userId
            LEFT JOIN DisputeCase c ON c.Id = n.CaseId AND {{CaseAccess.IsInScope}}
            ORDER BY page.[At] DESC, page.PageId DESC
            """);

        private static readonly Sql FindLines = new("""
            SELECT e.CaseId, e.Sequence, e.ByUser, u.DisplayName, e.DataJson FROM CaseEvent e LEFT JOIN AppUser u ON u.UserName = e.ByUser
            WHERE e.CaseId IN {list ids} AND e.Sequence IN {list sequences}
            """);

        private static readonly SqlFamily<(bool OneRole, bool Unread, bool After)> Find = new(
            shape => SqlPart.Join(Shown, NoticeReach.Ids(shape.OneRole, NoticeReach.IsUnread.When(shape.Unread), After.When(shape.After)), LookedUp),
            from oneRole in new[] { true, false } from unread in new[] { true, false } from after in new[] { true, false } select (oneRole, unread, after));

        public async Task<Page<Row>> Handle(Query request, CancellationToken cancellationToken)
        {
            PageKey.TryParse(request.Cursor, out var key);
            var reach = new NoticeReach(caller, LocalTime.Day(time.GetUtcNow()));
            var found = await db.QueryAsync<Stored>(Find[(reach.IsOneRole, request.Unread, key is not null)], new
            {
                reach.NoticeUnit,
                reach.NoticeRole,
                reach.NoticeOrganisations,
                reach.NoticeNames,
                reach.UserId,
                reach.UserName,
                reach.Today,
                scopeUser = reach.UserId,
                scopeDay = reach.Today,
                at = key?.At,
                id = key?.Id,
                limit = request.Limit + 1,
            }, cancellationToken);
            var lines = await LinesAsync(found, cancellationToken);
            var page = Page<Stored>.Of(found, request.Limit, n => new PageKey(n.CreatedAt, n.Id));
            return new Page<Row>(
                [.. page.Items.Select(n => new Row(n.Id, n.Kind, n.CaseId, NoticeText.Of(n.Kind, n.DataJson, n.Named is { } line ? lines.GetValueOrDefault(line) : null, n.Returned), n.CreatedAt, n.ReadAt is not null, n.Title))], page.Next);
        }

        /// <summary>The lines of journals that the notices name, of cases that the caller sees.</summary>
        private async Task<Dictionary<(Guid Case, int Sequence), NoticeLine>> LinesAsync(IReadOnlyList<Stored> notices, CancellationToken cancellationToken)
        {
            (Guid Case, int Sequence)[] named = [.. notices.Where(n => n.Title is not null).Select(n => n.Named).OfType<(Guid, int)>().Distinct()];
            if (named.Length == 0)
                return [];
            var rows = await db.QueryAsync<Line>(FindLines, new { ids = named.Select(n => n.Case).Distinct(), sequences = named.Select(n => n.Sequence).Distinct() }, cancellationToken);
            return rows.Where(row => named.Contains((row.CaseId, row.Sequence))).ToDictionary(row => (row.CaseId, row.Sequence), row => new NoticeLine(row.DisplayName ?? row.ByUser, row.Reason));
        }

        private sealed class Line
        {
            public Guid CaseId { get; init; }
            public int Sequence { get; init; }
            public string ByUser { get; init; } = "";
            public string? DisplayName { get; init; }
            public string DataJson { get; init; } = "{}";

            public string? Reason
            {
                get
                {
                    using var data = JsonDocument.Parse(DataJson);
                    return new EventKey[] { EventKey.Reason, EventKey.Note }.Select(key => data.RootElement.TryGetProperty(key.StoredName, out var text) ? text.GetString() : null).FirstOrDefault(text => text is not null);
                }
            }
        }

        private sealed class Stored
        {
            public Guid Id { get; init; }
            public NoticeKind Kind { get; init; }
            public Guid? CaseId { get; init; }
            public string DataJson { get; init; } = "{}";
            public DateTimeOffset CreatedAt { get; init; }
            public DateTimeOffset? ReadAt { get; init; }
            public string? Title { get; init; }
            public DateTimeOffset? ReturnedAt { get; init; }
            public string? ReturnedReason { get; init; }

            /// <summary>The line of the case's journal that tells what happened; null for notices that name none.</summary>
            public (Guid Case, int Sequence)? Named
            {
                get
                {
                    using var data = JsonDocument.Parse(DataJson);
                    return CaseId is { } id && data.RootElement.TryGetProperty("line", out var line) ? (id, line.GetInt32()) : null;
                }
            }

            public (DateTimeOffset At, string Reason)? Returned => ReturnedAt is { } at ? (at, ReturnedReason!) : null;
        }
    }
}
