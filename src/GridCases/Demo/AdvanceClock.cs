using FluentValidation;
using GridCases.Data;
using GridCases.Jobs;
using GridCases.Pipeline;
using GridCases.Texts;
using MediatR;

namespace GridCases.Demo;

/// <summary>Moves the demo's clock ahead for good; never back, since nothing that happened may lie in the future.</summary>
public static class AdvanceClock
{
    /// <summary>The furthest the clock can be moved in all.</summary>
    public static readonly TimeSpan Furthest = TimeSpan.FromDays(3660);

    [AllowedToSystem, OwnTransactions]
    public sealed record Command : ICommand<Result>
    {
        public TimeSpan Advance { get; init; }
    }

    /// <summary>What time it is now.</summary>
    public sealed record Result(DateTimeOffset Now);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator(ShiftedTimeProvider clock) => RuleFor(c => c.Advance)
            .Must(by => by >= TimeSpan.Zero && clock.Offset + by <= Furthest)
            .WithMessage(_ => Text.Field("AdvanceRange"));
    }

    internal sealed class Handler(Db db, ShiftedTimeProvider clock, ClockWatch watch) : IRequestHandler<Command, Result>
    {
        private static readonly Sql Move = new("UPDATE [DemoClock] SET [OffsetMilliseconds] = [OffsetMilliseconds] + @By WHERE [Id] = 1");
        private static readonly Sql First = new("INSERT INTO [DemoClock] ([Id], [OffsetMilliseconds]) VALUES (1, @By)");

        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var by = new { By = (long)request.Advance.TotalMilliseconds };
            var offset = await db.InTransactionAsync(async () =>
            {
                await db.ExecuteAsync(Migrator.OneServerAtATime, null, cancellationToken);
                if (await db.ExecuteAsync(Move, by, cancellationToken) == 0)
                    await db.ExecuteAsync(First, by, cancellationToken);
                var moved = await db.QuerySingleAsync<long>(LoadClock.Stored, null, cancellationToken);
                await watch.SetAsync(clock.GetUtcNow() - clock.Offset + TimeSpan.FromMilliseconds(moved), cancellationToken);
                return moved;
            }, cancellationToken);
            clock.Offset = TimeSpan.FromMilliseconds(offset);
            return new Result(clock.GetUtcNow());
        }
    }
}
