using GridCases.Data;
using GridCases.Demo;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Escalations;
using GridCases.Jobs;
using GridCases.Pipeline;
using GridCases.Tests.Data;
using MediatR;

namespace GridCases.Tests.Features;

/// <summary>
/// The demo's city and people without its cases, on a clock that the test moves. It starts on Monday, 2026-02-02, 09:00 in Shanghai.
/// </summary>
public sealed class City : IAsyncDisposable
{
    private static readonly Sql FindUser = new("""
        SELECT u.Id, u.UserName, u.DisplayName, r.Role, r.UnitCode AS Unit, r.OrganisationId
        FROM AppUser u JOIN RoleAssignment r ON r.UserId = u.Id WHERE u.UserName = @userName
        """);

    private static readonly Sql FindToday = new("""
        SELECT u.Id, u.UserName, u.DisplayName, r.Role, r.UnitCode AS Unit, r.OrganisationId, p.UserName AS OnBehalfOf
        FROM AppUser u JOIN RoleAssignment r ON r.UserId = u.Id AND r.FromDate <= @day AND (r.ToDate IS NULL OR r.ToDate >= @day)
        LEFT JOIN Deputy d ON d.Id = r.DeputyId LEFT JOIN AppUser p ON p.Id = d.UserId
        WHERE u.UserName = @userName ORDER BY r.UnitCode, r.Role
        """);

    private static readonly Sql EndRole = new("""
        UPDATE RoleAssignment SET ToDate = @day WHERE UserId = (SELECT Id FROM AppUser WHERE UserName = @userName)
        """);

    private static readonly Sql ResumeRole = new("UPDATE RoleAssignment SET ToDate = NULL WHERE UserId = (SELECT Id FROM AppUser WHERE UserName = @userName)");
    private static readonly Sql FindEscalations = new("SELECT CaseId, ClockId, [Level], UnitCode, State, Resolution, AcknowledgedBy FROM Escalation ORDER BY OpenedAt, [Level], Id");

    private City(StartedApplication application) => Application = application;

    /// <summary>The application.</summary>
    public StartedApplication Application { get; }

    /// <summary>What time it is.</summary>
    public DateTimeOffset Now => Application.Time.GetUtcNow();

    /// <summary>A city nobody has used yet.</summary>
    public static async Task<City> NewAsync(Store store = Store.Sqlite, params (string Key, string Value)[] settings)
    {
        // Tests leap from one day to another, back too: what becomes of a clock that does so by itself is told in ClockWatchTests.
        (string Key, string Value)[] leaping = [("GridCases:Clock:LongestGap", "3650.00:00:00"), ("GridCases:Clock:LongestStepBack", "3650.00:00:00")];
        var application = await StartedApplication.OnAnEmptyFolderAsync(store, new(2026, 2, 2, 1, 0, 0, TimeSpan.Zero), [.. settings.UnionBy(leaping, s => s.Key)]);
        await application.SendAsync(new SeedDemo.Command { WithCases = false });
        return new City(application);
    }

    /// <summary>It becomes this local time in 2026.</summary>
    public void At(int month, int day, int hour = 9, int minute = 0) =>
        Application.Machine.Now = new DateTimeOffset(2026, month, day, hour, minute, 0, TimeSpan.FromHours(8));

    /// <summary>Somebody of the city, with the role held there.</summary>
    public async Task<Caller> PersonAsync(string userName)
    {
        var rows = await Application.NewDb().QueryAsync<Person>(FindUser, new { userName });
        return new Caller
        {
            UserId = rows[0].Id,
            UserName = rows[0].UserName,
            DisplayName = rows[0].DisplayName,
            Roles = [.. rows.Select(r => new RoleInUnit(r.Role, r.Unit, r.OrganisationId))],
        };
    }

    /// <summary>Somebody with the roles that are held today, one's own and those one stands in for.</summary>
    public async Task<Caller> TodayAsync(string userName)
    {
        var rows = await Application.NewDb().QueryAsync<Person>(FindToday, new { userName, day = LocalTime.Day(Now) });
        return new Caller
        {
            UserId = rows[0].Id,
            UserName = rows[0].UserName,
            DisplayName = rows[0].DisplayName,
            Roles = [.. rows.Select(r => new RoleInUnit(r.Role, r.Unit, r.OrganisationId) { OnBehalfOf = r.OnBehalfOf })],
        };
    }

    /// <summary>Sends a message as somebody.</summary>
    public async Task<T> AsAsync<T>(string userName, IRequest<T> message) => await Application.SendAsync(message, await PersonAsync(userName));

    /// <summary>Sends a message as somebody with the roles of today.</summary>
    public async Task<T> AsTodayAsync<T>(string userName, IRequest<T> message) => await Application.SendAsync(message, await TodayAsync(userName));

    /// <summary>Does something to a case as it stands.</summary>
    public async Task<CaseView> ActAsync(string userName, CaseView @case, CaseCommand command)
    {
        var now = await LookAsync(userName, @case.Id);
        return await AsAsync(userName, command with { CaseId = @case.Id, ExpectedVersion = now.Version });
    }

    /// <summary>A case as somebody sees it.</summary>
    public Task<CaseView> LookAsync(string userName, Guid id) => AsAsync(userName, new GetCase.Query(id));

    /// <summary>A dispute in the first grid of a village, registered by its head and handed to the village centre.</summary>
    public Task<CaseView> SubmittedAsync(string head = "grid1", string grid = "990101001001001") => AsAsync(head, new RegisterCase.Command
    {
        Title = "宅基地界址",
        Category = Category.Neighbours,
        Place = new RegisterCase.PlaceInput(new UnitCode(grid), null, null, null),
        Parties =
        [
            new RegisterCase.PartyInput(PartyRole.Applicant, PartyKind.Person, "甲", null, null, null, null),
            new RegisterCase.PartyInput(PartyRole.Respondent, PartyKind.Person, "乙", null, null, null, null),
        ],
        Submit = true,
    });

    /// <summary>A file is put into a case.</summary>
    public async Task<Guid> AttachAsync(string userName, Guid caseId, byte[] content)
    {
        await using var received = await Application.Attachments.ReceiveAsync(Guid.CreateVersion7(Now), new MemoryStream(content), content.Length, CancellationToken.None);
        await AsAsync(userName, new AttachFile.Command
        {
            CaseId = caseId,
            Kind = AttachmentKind.Photo,
            Name = "a.png",
            File = new AttachFile.StoredFile(received.Id, "image/png", received.Length, received.Sha256, received.KeyCipher),
        });
        await received.KeepAsync(CancellationToken.None);
        return received.Id;
    }

    /// <summary>Runs the sweep.</summary>
    public Task<SweepEscalations.Result> SweepAsync() => Application.SendAsync(new SweepEscalations.Command());

    /// <summary>All escalations there are.</summary>
    public Task<IReadOnlyList<Row>> EscalationsAsync() => Application.NewDb().QueryAsync<Row>(FindEscalations);

    /// <summary>Somebody's queue.</summary>
    public async Task<IReadOnlyList<EscalationView>> QueueAsync(string userName, ListEscalations.Query? query = null) =>
        (await AsAsync(userName, query ?? new ListEscalations.Query())).Items;

    /// <summary>As if all claims on the rows of a table had run out: they go by the database's clock, which no test moves.</summary>
    public Task ClaimsRunOutAsync(string table) =>
        Application.NewDb().ExecuteAsync(new Sql($"UPDATE {table} SET ClaimedUntil = @past WHERE ClaimedUntil IS NOT NULL"), new { past = DateTimeOffset.UnixEpoch });

    /// <summary>Somebody left the day before yesterday.</summary>
    public Task LeftAsync(string userName) =>
        Application.NewDb().ExecuteAsync(EndRole, new { userName, day = LocalTime.Day(Now).AddDays(-2) });

    /// <summary>Somebody who had left is back.</summary>
    public Task CameBackAsync(string userName) => Application.NewDb().ExecuteAsync(ResumeRole, new { userName });

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Application.DisposeAsync();

    /// <summary>An escalation as stored.</summary>
    public sealed class Row
    {
        public Guid CaseId { get; init; }
        public Guid ClockId { get; init; }
        public int Level { get; init; }
        public UnitCode? UnitCode { get; init; }
        public EscalationState State { get; init; }
        public string? Resolution { get; init; }
        public string? AcknowledgedBy { get; init; }
    }

    private sealed class Person
    {
        public Guid Id { get; init; }
        public string UserName { get; init; } = "";
        public string DisplayName { get; init; } = "";
        public Role Role { get; init; }
        public UnitCode Unit { get; init; }
        public Guid? OrganisationId { get; init; }
        public string? OnBehalfOf { get; init; }
    }
}
