using System.Globalization;
using GridCases.Demo;
using GridCases.Pipeline;

namespace GridCases.Web;

/// <summary>The demo's settings.</summary>
/// <param name="IsOn"><c>GridCases:Demo</c>.</param>
/// <param name="ClockStart"><c>GridCases:DemoClock</c>: where an empty database's clock starts.</param>
public sealed record Demo(bool IsOn, DateTimeOffset? ClockStart)
{
    /// <summary>Reads the settings.</summary>
    /// <exception cref="InvalidOperationException">A demo outside of the Development environment: anybody could move its clock.</exception>
    public static Demo From(IConfiguration configuration, IHostEnvironment environment)
    {
        var isOn = configuration.GetValue<bool>("GridCases:Demo");
        if (isOn && !environment.IsDevelopment())
            throw new InvalidOperationException($"GridCases:Demo is on in the {environment.EnvironmentName} environment. A demo runs in Development only.");
        var start = configuration["GridCases:DemoClock"];
        return new Demo(isOn, isOn && !string.IsNullOrWhiteSpace(start) ? DateTimeOffset.Parse(start, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind) : null);
    }
}

/// <summary>
/// At a demo's start its clock goes on from where it had been moved to, and an empty database gets the fictional city:
/// with cases, unless the clock was asked to start at some instant.
/// </summary>
internal sealed class DemoStart(Demo demo, Messages messages) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await messages.SendAsync(new LoadClock.Command { StartAt = demo.ClockStart }, Caller.System, cancellationToken);
        await messages.SendAsync(new SeedDemo.Command { WithCases = demo.ClockStart is null }, Caller.System, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
