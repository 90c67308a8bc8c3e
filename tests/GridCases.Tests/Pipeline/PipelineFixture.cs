using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Tests.Data;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridCases.Tests.Pipeline;

/// <summary>
/// The real pipeline on a real database, with the messages of these tests beside those of the application.
/// The tests of a fixture share the database, so what they write has names that nobody else uses.
/// </summary>
public abstract class PipelineFixture(Store store = Store.Sqlite)
{
    protected static readonly UnitCode Village = new("990101001001");
    protected static readonly UnitCode Township = new("990101001");
    protected static readonly UnitCode OtherVillage = new("990102001001");

    private ServiceProvider _services = null!;
    private SqlServerDatabase? _sqlServer;
    private string _folder = "";

    protected SettableTime Time { get; } = new(new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero));

    private protected LogLines Logged { get; } = new();

    [OneTimeSetUp]
    public async Task Start_the_application()
    {
        _folder = Directory.CreateTempSubdirectory("gridcases-").FullName;
        _sqlServer = SqlServerDatabase.For(store);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["GRIDCASES_DATA"] = _folder,
            ["ConnectionStrings:GridCases"] = _sqlServer?.ConnectionString,
        }).Build();
        _services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(Logged))
            .AddKeyedSingleton<TimeProvider>(ShiftedTimeProvider.Machine, Time)
            .AddGridCases(configuration)
            .AddMessages(typeof(PipelineFixture).Assembly)
            .BuildServiceProvider(validateScopes: true);
        foreach (var service in _services.GetServices<IHostedService>())
            await service.StartAsync(default);
    }

    [OneTimeTearDown]
    public async Task Remove_the_application()
    {
        if (_services is null)
            return;
        _services.GetRequiredService<Database>().ClosePool();
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        if (_sqlServer is not null)
            await _sqlServer.DisposeAsync();
    }

    protected static Caller User(string name, params RoleInUnit[] roles) =>
        new() { UserId = Guid.Parse("01890000-0000-7000-8000-000000000001"), UserName = name, DisplayName = name, Roles = roles };

    protected static Caller Officer(string name = "officer") => User(name, new RoleInUnit(Role.CentreOfficer, Village));

    /// <summary>A village nobody has used.</summary>
    protected static UnitCode NewVillage() => new(Random.Shared.NextInt64(100_000_000_000, 999_999_999_999).ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>An officer nobody has been.</summary>
    protected static Caller NewOfficer() => Officer($"officer-{Random.Shared.NextInt64():x}");

    protected async Task<T> SendAsync<T>(IRequest<T> message, Caller caller, RequestKey.Key? key = null)
    {
        await using var scope = _services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentCaller>().Caller = caller;
        scope.ServiceProvider.GetRequiredService<RequestKey>().Value = key;
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(message);
    }

    protected Db NewDb() => new(_services.GetRequiredService<Database>());

    /// <summary>A clock that stands still until it is set.</summary>
    protected sealed class SettableTime(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
