using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Pipeline;
using GridCases.Tests.Data;
using MediatR;

namespace GridCases.Tests.Pipeline;

/// <summary>A command is one transaction, with everything it sends in turn.</summary>
[OnBothDatabases]
public class TransactionTests(Store store) : PipelineFixture(store)
{
    private static readonly Sql CountUnit = new("SELECT COUNT(*) FROM [Unit] WHERE [Code] = @unit");
    private static readonly Sql CountCases = new("SELECT COUNT(*) FROM [DisputeCase] WHERE [Title] = @title");
    private static readonly Sql CountEvents = new("SELECT COUNT(*) FROM [CaseEvent] WHERE [ByUser] = @UserName");
    private static readonly Sql CountNumbers = new("SELECT COUNT(*) FROM [CaseNumber] WHERE [DistrictCode] = @district");
    private static readonly Sql CountKeys = new("SELECT COUNT(*) FROM [IdempotencyKey] WHERE [UserName] = @UserName");

    /// <summary>Registers a case through the pipeline, in a unit it makes, and then perhaps fails.</summary>
    [AllowedTo(Role.CentreOfficer)]
    public sealed record RegisterInNewUnit(UnitCode Unit, bool Fails) : ICommand<Guid>;

    [AllowedTo(Role.CentreOfficer), OwnTransactions]
    public sealed record CountAndRefuse(UnitCode Unit) : ICommand<Guid>;

    [AllowedTo(Role.CentreOfficer)]
    public sealed record Look : IQuery<bool>;

    public sealed class Handler(Db db, IMediator mediator) :
        IRequestHandler<RegisterInNewUnit, Guid>, IRequestHandler<CountAndRefuse, Guid>, IRequestHandler<Look, bool>
    {
        private static readonly Sql AddUnit = new("INSERT INTO [Unit] ([Code], [Name], [Level], [ParentCode]) VALUES (@unit, 'made here', @level, NULL)");

        public async Task<Guid> Handle(RegisterInNewUnit request, CancellationToken cancellationToken)
        {
            await AddAsync(request.Unit, cancellationToken);
            var registered = await mediator.Send(Dispute(request.Unit), cancellationToken);
            return request.Fails ? throw new InvalidOperationException("failed after everything was written") : registered.Id;
        }

        public async Task<Guid> Handle(CountAndRefuse request, CancellationToken cancellationToken)
        {
            await AddAsync(request.Unit, cancellationToken);
            throw new InvalidOperationException("refused, but counted");
        }

        public Task<bool> Handle(Look request, CancellationToken cancellationToken) => Task.FromResult(db.InTransaction);

        private Task AddAsync(UnitCode unit, CancellationToken cancellationToken) => db.ExecuteAsync(AddUnit, new { unit, level = unit.Level }, cancellationToken);
    }

    protected static RegisterCase.Command Dispute(UnitCode unit) => new()
    {
        Title = $"a dispute in {unit}",
        Category = Category.Neighbours,
        Place = new RegisterCase.PlaceInput(unit, "3 Willow Lane", null, null),
        Parties = [new RegisterCase.PartyInput(PartyRole.Applicant, PartyKind.Person, "Zhang San", null, null, null, null)],
        Submit = true,
    };

    [Test]
    public async Task A_thrown_handler_leaves_no_row_no_journal_entry_and_no_idempotency_key()
    {
        var unit = NewVillage();
        var caller = User(NewOfficer().UserName, new RoleInUnit(Role.CentreOfficer, unit));
        var key = new RequestKey.Key("POST /tests/register", "k", HexHash.OfText("").Value);

        Assert.ThrowsAsync<InvalidOperationException>(() => SendAsync(new RegisterInNewUnit(unit, Fails: true), caller, key));

        await ExpectAsync(unit, caller, rows: 0);
        Assert.That(await SendAsync(new RegisterInNewUnit(unit, Fails: false), caller, key), Is.Not.EqualTo(Guid.Empty), "the key is free again");
        await ExpectAsync(unit, caller, rows: 1);
    }

    [Test]
    public async Task A_command_with_transactions_of_its_own_keeps_what_it_wrote_before_it_refused()
    {
        var unit = NewVillage();

        Assert.ThrowsAsync<InvalidOperationException>(() => SendAsync(new CountAndRefuse(unit), Officer()));

        await using var db = NewDb();
        Assert.That(await db.QuerySingleAsync<int>(CountUnit, new { unit }), Is.EqualTo(1));
    }

    [Test]
    public async Task A_query_opens_no_transaction() => Assert.That(await SendAsync(new Look(), Officer()), Is.False);

    private async Task ExpectAsync(UnitCode unit, Caller caller, int rows)
    {
        await using var db = NewDb();
        var about = new { unit, title = Dispute(unit).Title, caller.UserName, district = unit.AtLevel(UnitLevel.District)!.Value };
        Assert.That(await db.QuerySingleAsync<int>(CountUnit, about), Is.EqualTo(rows));
        Assert.That(await db.QuerySingleAsync<int>(CountCases, about), Is.EqualTo(rows));
        Assert.That(await db.QuerySingleAsync<int>(CountNumbers, about), Is.EqualTo(rows));
        Assert.That(await db.QuerySingleAsync<int>(CountKeys, about), Is.EqualTo(rows));
        Assert.That(await db.QuerySingleAsync<int>(CountEvents, about), rows == 0 ? Is.Zero : Is.GreaterThan(0));
    }
}
