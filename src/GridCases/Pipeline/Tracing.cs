using System.Diagnostics;
using System.Diagnostics.Metrics;
using GridCases.Data;
using MediatR;
using Microsoft.Extensions.Logging;

namespace GridCases.Pipeline;

/// <summary>Names under which the application's activities and measurements are published.</summary>
public static class Telemetry
{
    /// <summary>Name of the activity source, the meter and the log category of messages.</summary>
    public const string Name = "GridCases.Messages";

    internal static readonly ActivitySource Activities = new(Name);
    internal static readonly Meter Meter = new(Name);
    internal static readonly Histogram<double> Duration =
        Meter.CreateHistogram<double>("gridcases.message.duration", "s", "Time a message took, by name and outcome");

    private static readonly Counter<long> DatabaseErrors =
        Meter.CreateCounter<long>("gridcases.database.errors", "{error}", "Errors of the database that ended a message, by the database's own number");

    /// <summary>Counts an error if a database is behind it.</summary>
    internal static void CountDatabaseError(Exception error)
    {
        if (DatabaseError.CodeOf(error) is { } code)
            DatabaseErrors.Add(1, new KeyValuePair<string, object?>("code", code));
    }
}

/// <summary>Outermost behavior: one activity, one measurement and one log line per message, with its name, ids, user and outcome and nothing else.</summary>
internal sealed class Tracing<TRequest, TResponse>(ILoggerFactory loggers, CurrentCaller current) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var name = MessageName.Of(typeof(TRequest));
        var ids = MessageName.Ids(request);
        var user = current.Caller.UserName;
        using var activity = Telemetry.Activities.StartActivity(name);
        activity?.SetTag("gridcases.ids", ids).SetTag("enduser.id", user);
        var logger = loggers.CreateLogger(Telemetry.Name);
        var started = Stopwatch.GetTimestamp();
        var outcome = "Done";
        try
        {
            return await next();
        }
        catch (Exception e)
        {
            outcome = e.GetType().Name;
            activity?.SetStatus(ActivityStatusCode.Error, outcome);
            Telemetry.CountDatabaseError(e);
            throw;
        }
        finally
        {
            var elapsed = Stopwatch.GetElapsedTime(started);
            Telemetry.Duration.Record(elapsed.TotalSeconds, new("message", name), new("outcome", outcome));
            logger.LogInformation("{Message} {Ids} by {User}: {Outcome} in {Elapsed:0.0} ms", name, ids, user, outcome, elapsed.TotalMilliseconds);
        }
    }
}
