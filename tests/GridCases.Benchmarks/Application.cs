using GridCases.Pipeline;
using GridCases.Security;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GridCases.Benchmarks;

/// <summary>The application without its web in this process, on a folder and a clock of its own.</summary>
public sealed class Application : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly SetClock _clock;

    private Application(string folder, DateTimeOffset now)
    {
        _clock = new SetClock { Now = now };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("GRIDCASES_DATA", folder), new("GridCases:Clock:LongestGap", "3650.00:00:00"), new("GridCases:Clock:LongestStepBack", "3650.00:00:00")]).Build();
        _services = new ServiceCollection()
            .AddKeyedSingleton<TimeProvider>(ShiftedTimeProvider.Machine, _clock)
            .AddGridCases(configuration)
            .BuildServiceProvider(validateScopes: true);
    }

    /// <summary>What time it is there; stands still unless it is set.</summary>
    public DateTimeOffset Now
    {
        get => _clock.Now;
        set => _clock.Now = value;
    }

    /// <summary>Encrypts under the keys of the folder.</summary>
    public PersonalData PersonalData => _services.GetRequiredService<PersonalData>();

    /// <summary>Only for its keys; it is not started, and its database stays as it is.</summary>
    public static Application NotStarted(string folder) => new(folder, default);

    /// <summary>Starts it: the database is made, or brought up to date.</summary>
    public static async Task<Application> StartAsync(string folder, DateTimeOffset now)
    {
        var application = new Application(folder, now);
        foreach (var service in application._services.GetServices<IHostedService>())
            await service.StartAsync(CancellationToken.None);
        return application;
    }

    /// <summary>Sends a message as somebody, the system unless said.</summary>
    public Task<T> SendAsync<T>(IRequest<T> message, Caller? caller = null) =>
        _services.GetRequiredService<Messages>().SendAsync(message, caller ?? Caller.System);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>().Reverse())
            await service.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
