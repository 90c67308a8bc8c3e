using GridCases.Attachments;
using GridCases.Data;
using GridCases.Features.Operations;
using GridCases.Jobs;
using GridCases.Pipeline;
using GridCases.Security;
using GridCases.Tests.Data;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GridCases.Tests.Features;

/// <summary>The application without its web, started as a host would start it, on a database and a folder that disappear with it.</summary>
public sealed class StartedApplication : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly string _folder;
    private readonly SqlServerDatabase? _sqlServer;
    private readonly bool _owner;

    private StartedApplication(string folder, SqlServerDatabase? sqlServer, bool owner, FixedTime machine, (string Key, string Value)[] settings)
    {
        (_folder, _sqlServer, _owner) = (folder, sqlServer, owner);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Append(("GRIDCASES_DATA", folder)).Select(s => KeyValuePair.Create(s.Item1, (string?)s.Item2)))
            .AddInMemoryCollection([new("ConnectionStrings:GridCases", sqlServer?.ConnectionString)])
            .Build();
        Machine = machine;
        _services = new ServiceCollection()
            .AddKeyedSingleton<TimeProvider>(ShiftedTimeProvider.Machine, machine)
            .AddGridCases(configuration)
            .BuildServiceProvider(validateScopes: true);
    }

    /// <summary>Where the database and the keys lie.</summary>
    public string Folder => _folder;

    /// <summary>The machine's clock.</summary>
    public FixedTime Machine { get; }

    /// <summary>The application's clock.</summary>
    public TimeProvider Time => _services.GetRequiredService<TimeProvider>();

    /// <summary>Starts on an empty folder and the embedded database.</summary>
    public static Task<StartedApplication> OnAnEmptyFolderAsync(DateTimeOffset now, params (string Key, string Value)[] settings) =>
        OnAnEmptyFolderAsync(Store.Sqlite, now, settings);

    /// <summary>Starts on an empty folder and an empty database.</summary>
    public static Task<StartedApplication> OnAnEmptyFolderAsync(Store store, DateTimeOffset now, params (string Key, string Value)[] settings) =>
        StartAsync(new StartedApplication(Directory.CreateTempSubdirectory("gridcases-").FullName, SqlServerDatabase.For(store), true, new FixedTime(now), settings));

    /// <summary>Starts on a folder with an embedded database, which stays.</summary>
    public static Task<StartedApplication> OnFolderAsync(string folder, DateTimeOffset now) => StartAsync(new StartedApplication(folder, null, false, new FixedTime(now), []));

    /// <summary>Starts a second time on the same folder and database.</summary>
    public Task<StartedApplication> RestartedAsync(params (string Key, string Value)[] settings) =>
        StartAsync(new StartedApplication(_folder, _sqlServer, false, Machine, settings));

    /// <summary>Sends messages, as jobs do.</summary>
    public Messages Messages => _services.GetRequiredService<Messages>();

    /// <summary>Sends a message as somebody, the system unless said.</summary>
    public Task<T> SendAsync<T>(IRequest<T> message, Caller? caller = null, CancellationToken cancellationToken = default) =>
        Messages.SendAsync(message, caller ?? Caller.System, cancellationToken);

    /// <summary>The database, to look whether what was done is there.</summary>
    public Db NewDb() => new(_services.GetRequiredService<Database>());

    /// <summary>As if the administrator of the database did or did not allow snapshots.</summary>
    public void AllowSnapshots(bool allowed) => _services.GetRequiredService<Database>().HasSnapshots = allowed;

    /// <summary>Closes every connection, so that a test may lay hands on the file.</summary>
    public void CloseDatabase() => _services.GetRequiredService<Database>().ClosePool();

    /// <summary>Where the contents of attachments lie.</summary>
    public AttachmentFolder Attachments => _services.GetRequiredService<AttachmentFolder>();

    /// <summary>The folder that they lie in.</summary>
    public string AttachmentFiles => _services.GetRequiredService<FolderStore>().Place;

    /// <summary>Where an attachment's file lies.</summary>
    public string FileOf(Guid id) => Path.Combine(AttachmentFiles, id.ToString());

    /// <summary>What the engines run jobs with.</summary>
    public JobRuns Jobs => _services.GetRequiredService<JobRuns>();

    /// <summary>Runs a job as an engine does.</summary>
    public Task RunJobAsync(RecurringJob job) => job.RunAsync(_services.GetRequiredService<Messages>(), CancellationToken.None);

    /// <summary>Publishes the metrics of this minute.</summary>
    public Task MeasureAsync() => ActivatorUtilities.CreateInstance<Measurements>(_services).MeasureAsync(CancellationToken.None);

    /// <summary>What encrypts personal data.</summary>
    public PersonalData Personal => _services.GetRequiredService<PersonalData>();

    /// <summary>Personal data, decrypted.</summary>
    public string? Reveal(string? cipher) => Personal.Reveal(cipher);

    public async ValueTask DisposeAsync()
    {
        _services.GetRequiredService<Database>().ClosePool();
        await _services.DisposeAsync();
        if (!_owner)
            return;
        Directory.Delete(_folder, recursive: true);
        if (_sqlServer is not null)
            await _sqlServer.DisposeAsync();
    }

    private static async Task<StartedApplication> StartAsync(StartedApplication application)
    {
        try
        {
            foreach (var service in application._services.GetServices<IHostedService>())
                await service.StartAsync(CancellationToken.None);
            return application;
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
    }

    /// <summary>A machine whose time stands still until it is set.</summary>
    public sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        /// <summary>Called whenever somebody asks what time it is: a place to intervene in the middle of something.</summary>
        public Action? Asked { get; set; }

        public override DateTimeOffset GetUtcNow()
        {
            Asked?.Invoke();
            return Now;
        }
    }
}
