using MediatR;
using Microsoft.Extensions.Options;

namespace GridCases.Pipeline;

/// <summary>
/// The query reads much: statistics, exports, whole files. Only so many run at once (<see cref="LongReads"/>), so that signing in, working and writing
/// never wait for those who count.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LongReadAttribute : Attribute;

/// <summary>How many long reads may run in this process, and how many may wait for their turn; those behind them are sent away.</summary>
public sealed class LongReads(IOptions<LongReads.Settings> settings) : Turns(settings.Value.AtOnce, settings.Value.Waiting, RetryAfter, Throttled.TooBusy)
{
    /// <summary>After how long somebody who was sent away may come again.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>The bounds, <c>GridCases:LongReads</c>.</summary>
    public sealed class Settings
    {
        /// <summary>How many run at once; half of the processors unless said.</summary>
        public int AtOnce { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);

        /// <summary>How many may wait.</summary>
        public int Waiting { get; set; } = 20;
    }
}

/// <summary>Lets a query that reads much wait for its turn, before it takes a connection and the moment as of which it reads.</summary>
internal sealed class LongReading<TRequest, TResponse>(LongReads reads) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    private static readonly bool IsLong = typeof(TRequest).IsDefined(typeof(LongReadAttribute), inherit: true);

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (!IsLong)
            return await next();
        using var turn = await reads.EnterAsync(cancellationToken);
        return await next();
    }
}
