using GridCases.Data;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Web.Tests.Outages;

/// <summary>A server whose database goes away and comes back: the embedded one's file is moved aside, the way to a SQL Server is cut.</summary>
internal sealed class AwayDatabase : IAsyncDisposable
{
    private readonly TcpRelay? _relay;

    public AwayDatabase(Store store)
    {
        if (store is Store.SqlServer)
        {
            _relay = new TcpRelay();
            Server = TestServer.StartThrough(_relay.Through);
        }
        else
        {
            Server = TestServer.Start(store);
        }
    }

    public TestServer Server { get; }

    private string File => Path.Combine(Server.Folder, "gridcases.db");

    /// <summary>The database is away from now on.</summary>
    public void GoAway()
    {
        if (_relay is not null)
        {
            _relay.Cut();
            return;
        }

        Server.Services.GetRequiredService<Database>().ClosePool();
        System.IO.File.Move(File, File + ".aside");
    }

    /// <summary>The connections stand, and nothing comes over them any more.</summary>
    public void FallSilent() => _relay!.FallSilent();

    /// <summary>It is back, and readiness has seen it.</summary>
    public async Task ComeBackAsync()
    {
        if (_relay is not null)
            _relay.Restore();
        else
            System.IO.File.Move(File + ".aside", File);
        for (var tries = 0; (await ReadyAsync()).Status != 200; tries++)
        {
            Assert.That(tries, Is.LessThan(300), "it is back");
            await Task.Delay(100);
        }
    }

    /// <summary>What readiness says now, and not what it said a moment ago.</summary>
    public Task<Answer> ReadyAsync()
    {
        Server.Machine.Now += TimeSpan.FromSeconds(5);
        return Server.Anonymous().AskAsync("/healthz/ready");
    }

    public async ValueTask DisposeAsync()
    {
        if (_relay is null && System.IO.File.Exists(File + ".aside"))
            System.IO.File.Move(File + ".aside", File);
        await Server.DisposeAsync();
        _relay?.Dispose();
    }
}
