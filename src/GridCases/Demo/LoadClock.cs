using GridCases.Data;
using GridCases.Jobs;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Demo;

/// <summary>At start the demo's clock goes on from where it had been moved to; a new one starts at the instant asked for, if any.</summary>
public static class LoadClock
{
    internal static readonly Sql Stored = new("SELECT [OffsetMilliseconds] FROM [DemoClock] WHERE [Id] = 1");

    [AllowedToSystem, OwnTransactions]
    public sealed record Command : ICommand<Unit>
    {
        /// <summary>Where the clock of an empty database starts; null for the machine's time.</summary>
        public DateTimeOffset? StartAt { get; init; }
    }

    internal sealed class Handler(Db db, ShiftedTimeProvider clock, ClockWatch watch) : IRequestHandler<Command, Unit>
    {
        private static readonly Sql IsUsed = new("SELECT COUNT(*) FROM [AppUser]");
        private static readonly Sql Insert = new("INSERT INTO [DemoClock] ([Id], [OffsetMilliseconds]) VALUES (1, @Offset)");

        public async Task<Unit> Handle(Command request, CancellationToken cancellationToken)
        {
            var offset = await db.InTransactionAsync(async () =>
            {
                // Two servers may start on an empty database at once.
                await db.ExecuteAsync(Migrator.OneServerAtATime, null, cancellationToken);
                if (await db.QuerySingleOrDefaultAsync<long?>(Stored, null, cancellationToken) is { } stored)
                    return stored;
                if (request.StartAt is not { } start || await db.QuerySingleAsync<long>(IsUsed, null, cancellationToken) > 0)
                    return 0;
                clock.Offset = TimeSpan.Zero;
                var first = (long)(start - clock.GetUtcNow()).TotalMilliseconds;
                await db.ExecuteAsync(Insert, new { Offset = first }, cancellationToken);
                return first;
            }, cancellationToken);
            clock.Offset = TimeSpan.FromMilliseconds(offset);

            // However long the demo was switched off: nobody has to confirm a clock that anybody may move.
            await watch.SetAsync(clock.GetUtcNow(), cancellationToken);
            return Unit.Value;
        }
    }
}
