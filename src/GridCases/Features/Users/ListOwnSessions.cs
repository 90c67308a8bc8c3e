using FluentValidation;
using GridCases.Data;
using GridCases.Pipeline;
using GridCases.Texts;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GridCases.Features.Users;

/// <summary>Where the caller is signed in; the newest first.</summary>
public static class ListOwnSessions
{
    [AllowedToSignedIn]
    public sealed record Query : IQuery<Page<Item>>
    {
        /// <summary>Where the previous page ended.</summary>
        public string? Cursor { get; init; }

        /// <summary>At most so many, up to 200.</summary>
        public int Limit { get; init; } = 50;
    }

    /// <summary>A session.</summary>
    /// <param name="Id">Key.</param>
    /// <param name="Kind">Whether it is a browser's or a program's.</param>
    /// <param name="Device">What the client said it is, in a few words; empty when it did not say.</param>
    /// <param name="Address">From where it began.</param>
    /// <param name="StartedAt">When it began.</param>
    /// <param name="SeenAt">When it was last seen, to some minutes.</param>
    /// <param name="EndsAt">When it ends at the latest.</param>
    /// <param name="Current">Whether it is the one that asks.</param>
    public sealed record Item(Guid Id, SignInKind Kind, string Device, string Address, DateTimeOffset StartedAt, DateTimeOffset SeenAt, DateTimeOffset EndsAt, bool Current);

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Limit).InclusiveBetween(1, 200);
            RuleFor(q => q.Cursor).Must(c => PageKey.TryParse(c, out _)).WithMessage(_ => Text.Get("Escalations", "BadCursor"));
        }
    }

    internal sealed class Handler(Db db, Caller caller, [FromKeyedServices(ShiftedTimeProvider.Machine)] TimeProvider time, IOptions<SignIn.Settings> settings) : IRequestHandler<Query, Page<Item>>
    {
        // One that was idle for too long is over, although nobody ended it: its cookie or its refresh token has run out.
        private static readonly Sql Find = new(
            $$"""
            SELECT s.[Id], s.[Kind], s.[Device], s.[Address], s.[CreatedAt] AS [StartedAt], s.[SeenAt], s.[ExpiresAt] AS [EndsAt]
            FROM [UserSession] s JOIN [AppUser] u ON u.[Id] = s.[UserId]
            WHERE s.[UserId] = @UserId AND {{Sessions.IsAlive}} AND s.[SeenAt] > CASE s.[Kind] WHEN 'Page' THEN @PageSeenAfter ELSE @ProgramSeenAfter END
              AND (@At IS NULL OR s.[CreatedAt] < @At OR (s.[CreatedAt] = @At AND s.[Id] < @Id))
            ORDER BY s.[CreatedAt] DESC, s.[Id] DESC {page}
            """);

        public async Task<Page<Item>> Handle(Query request, CancellationToken cancellationToken)
        {
            PageKey.TryParse(request.Cursor, out var key);
            var now = time.GetUtcNow();
            var found = await db.QueryAsync<Row>(Find, new
            {
                caller.UserId,
                now,
                LatestEnd = settings.Value.LatestEnd(now),
                PageSeenAfter = now - Sessions.LongestIdle - Sessions.SeenEvery,
                ProgramSeenAfter = now.AddDays(-settings.Value.RefreshDays) - Sessions.SeenEvery,
                key?.At,
                key?.Id,
                limit = request.Limit + 1,
            }, cancellationToken);
            var page = Page<Row>.Of(found, request.Limit, s => new PageKey(s.StartedAt, s.Id));
            return new Page<Item>(
                [.. page.Items.Select(s => new Item(s.Id, s.Kind, s.Device, s.Address, s.StartedAt, s.SeenAt, s.EndsAt, s.Id == caller.SessionId))], page.Next);
        }

        private sealed class Row
        {
            public Guid Id { get; init; }
            public SignInKind Kind { get; init; }
            public string Device { get; init; } = "";
            public string Address { get; init; } = "";
            public DateTimeOffset StartedAt { get; init; }
            public DateTimeOffset SeenAt { get; init; }
            public DateTimeOffset EndsAt { get; init; }
        }
    }
}
