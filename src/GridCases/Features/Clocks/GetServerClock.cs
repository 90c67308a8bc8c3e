using GridCases.Domain;
using GridCases.Jobs;
using GridCases.Pipeline;
using MediatR;
using Microsoft.Extensions.Options;

namespace GridCases.Features.Clocks;

/// <summary>What time it is on the server that answers, and whether that can be believed. See <see cref="ClockWatch"/>.</summary>
public static class GetServerClock
{
    [AllowedTo(Role.Administrator)]
    public sealed record Query : IQuery<Result>;

    /// <summary>How the clock stands.</summary>
    public sealed record Result
    {
        /// <summary>What it says.</summary>
        public required DateTimeOffset Now { get; init; }

        /// <summary>The instant of the last sweep whose clock was believed; null before the first.</summary>
        public DateTimeOffset? KnownAt { get; init; }

        /// <summary>Whether they are too far apart: then nothing that goes by the time is done until the clock is set right or confirmed.</summary>
        public required bool InDoubt { get; init; }

        /// <summary>How many hours it may be ahead of the last known instant.</summary>
        public required double LongestGapHours { get; init; }

        internal static Result Of(ClockWatch.Standing standing, ClockWatch.Settings settings) =>
            new() { Now = standing.Now, KnownAt = standing.KnownAt, InDoubt = standing.IsInDoubt, LongestGapHours = settings.LongestGap.TotalHours };
    }

    internal sealed class Handler(ClockWatch watch, IOptions<ClockWatch.Settings> settings) : IRequestHandler<Query, Result>
    {
        public async Task<Result> Handle(Query request, CancellationToken cancellationToken) => Result.Of(await watch.StandingAsync(cancellationToken), settings.Value);
    }
}
