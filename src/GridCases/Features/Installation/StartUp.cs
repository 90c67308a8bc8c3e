using GridCases.Features.Statistics;
using GridCases.Jobs;
using GridCases.Pipeline;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridCases.Features.Installation;

/// <summary>
/// Sets an empty database up at start, once it has its tables: deadline policies, working calendars (under which open clocks come at once), the
/// statistics of cases that are older than the kept sums and, where
/// <c>GridCases:FirstAdministrator</c> names one, the first administrator. Running it again changes nothing. A demo has its own people.
/// </summary>
public sealed partial class StartUp(Messages messages, IConfiguration configuration, ILogger<StartUp> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await messages.SendAsync(new FillSearch.Command(), Caller.System, cancellationToken);
        var loaded = await messages.SendAsync(new LoadRules.Command(), Caller.System, cancellationToken);
        if (loaded.Policies > 0 || loaded.Years.Count > 0)
        {
            RulesLoaded(loaded.Policies, string.Join(", ", loaded.Years));
            await RecomputeAsync(cancellationToken);
        }

        if (await messages.SendAsync(new FillStatistics.Command(), Caller.System, cancellationToken))
            StatisticsFilled();

        var first = configuration.GetSection("GridCases:FirstAdministrator").Get<CreateFirstAdministrator.Command>();
        if (first is not null && !configuration.GetValue<bool>("GridCases:Demo")
            && await messages.SendAsync(first, Caller.System, cancellationToken))
        {
            AdministratorMade(first.UserName!, first.CityCode!);
        }
    }

    private async Task RecomputeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await messages.SendAsync(new RecomputeClocks.Command(), Caller.System, cancellationToken);
        }
        catch (ClockInDoubt)
        {
            // The daily run does it, once the clock is right.
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "Added {Policies} deadline policies and the working calendars of {Years}.")]
    private partial void RulesLoaded(int policies, string years);

    [LoggerMessage(Level = LogLevel.Information, Message = "Counted the cases that are older than the kept statistics.")]
    private partial void StatisticsFilled();

    [LoggerMessage(Level = LogLevel.Information, Message = "Made the first administrator, {UserName}, of city {City}. The password can leave the configuration now.")]
    private partial void AdministratorMade(string userName, string city);
}
