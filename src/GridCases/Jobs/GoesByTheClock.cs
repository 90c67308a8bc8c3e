using System.Reflection;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Jobs;

/// <summary>What the command does depends on what time it is, and cannot be taken back: it is refused while the clock is in doubt (<see cref="ClockWatch"/>).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GoesByTheClockAttribute : Attribute
{
    /// <summary>Whether it stores its instant as the last known one: the sweep's, which runs all the time.</summary>
    public bool Remembers { get; init; }
}

/// <summary>Nothing was done, because the clock cannot be believed.</summary>
#pragma warning disable CA1032 // made by the watch alone
#pragma warning disable CA1710 // named as what it means
public sealed class ClockInDoubt() : Exception("The clock is too far from the last known instant");
#pragma warning restore CA1032, CA1710

/// <summary>Keeps commands that <see cref="GoesByTheClockAttribute">go by the clock</see> from a clock that is in doubt, whoever sends them.</summary>
internal sealed class TrueClock<TRequest, TResponse>(ClockWatch watch) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : ICommand<TResponse>
{
    private static readonly GoesByTheClockAttribute? Mark = typeof(TRequest).GetCustomAttribute<GoesByTheClockAttribute>();

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (Mark is { Remembers: true })
            await watch.RememberAsync(cancellationToken);
        else if (Mark is not null)
            await watch.DemandAsync(cancellationToken);
        return await next();
    }
}
