using BenchmarkDotNet.Attributes;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Demo;
using GridCases.Features.Users;
using GridCases.Jobs;
using GridCases.Pipeline;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GridCases.Benchmarks;

/// <summary>Whole messages through the real pipeline, on an embedded database on this machine's disk (<c>synchronous=FULL</c>).</summary>
[InProcess, MemoryDiagnoser]
public class CaseBenchmarks
{
    private ServiceProvider _services = null!;
    private string _folder = "";
    private Caller _gridHead = null!;
    private Guid _case;

    /// <summary>The demo's city without its cases, and one dispute.</summary>
    [GlobalSetup]
    public async Task StartAsync()
    {
        _folder = System.IO.Directory.CreateTempSubdirectory("gridcases-bench-").FullName;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("GRIDCASES_DATA", _folder)]).Build();
        _services = new ServiceCollection().AddGridCases(configuration).BuildServiceProvider(validateScopes: true);
        foreach (var service in _services.GetServices<IHostedService>())
            await service.StartAsync(CancellationToken.None);
        await Messages.SendAsync(new SeedDemo.Command { WithCases = false }, Caller.System);

        var user = await Messages.SendAsync(new SignIn.Command { UserName = "grid1", Password = "demo" }, Caller.Anonymous);
        await using var scope = _services.CreateAsyncScope();
        _gridHead = (await scope.ServiceProvider.GetRequiredService<Callers>().FindAsync(user.UserId, user.SecurityStamp, CancellationToken.None))!;
        _case = (await RegisterAndSubmit()).Id;
    }

    /// <summary>Removes the database.</summary>
    [GlobalCleanup]
    public async Task StopAsync()
    {
        await _services.DisposeAsync();
        System.IO.Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A grid head registers and submits: one durable transaction.</summary>
    [Benchmark]
    public Task<CaseView> RegisterAndSubmit() => Messages.SendAsync(
        new RegisterCase.Command
        {
            Title = "楼上渗水泡坏天花板",
            Category = Category.Neighbours,
            Place = new RegisterCase.PlaceInput(new UnitCode("990101001001001"), null, null, null),
            Parties =
            [
                new RegisterCase.PartyInput(PartyRole.Applicant, PartyKind.Person, "甲", "990101199001010011", "19900000001", null, null),
                new RegisterCase.PartyInput(PartyRole.Respondent, PartyKind.Person, "乙", null, null, null, null),
            ],
            Submit = true,
        },
        _gridHead);

    /// <summary>Opening a case, audited.</summary>
    [Benchmark]
    public Task<CaseView> OpenCase() => Messages.SendAsync(new GetCase.Query(_case), _gridHead);

    /// <summary>A sweep when nothing is due.</summary>
    [Benchmark]
    public Task<SweepEscalations.Result> SweepNothing() => Messages.SendAsync(new SweepEscalations.Command(), Caller.System);

    private Messages Messages => _services.GetRequiredService<Messages>();
}
