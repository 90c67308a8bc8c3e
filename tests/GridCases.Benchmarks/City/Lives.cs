using GridCases.Demo;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Pipeline;
using Directory = System.IO.Directory;

namespace GridCases.Benchmarks.City;

/// <summary>
/// Lives that cases really had, to make a city's cases like: the demo's disputes, lived through the application's own commands, and after some weeks more
/// those that were closed once again, visited and archived. Read from the database table by table, whatever tables hang on a case.
/// </summary>
public static class Lives
{
    private static readonly TimeSpan UntilArchived = TimeSpan.FromDays(45);

    // What a demo forgets when it is made and a city keeps for half a year.
    private const string KeepNotices = "CREATE TRIGGER KeepNotices BEFORE DELETE ON Outbox BEGIN SELECT RAISE(IGNORE); END";

    /// <summary>Lives them in a folder of its own, which disappears.</summary>
    /// <param name="now">The instant at which the open ones are open.</param>
    public static async Task<IReadOnlyList<Life>> LiveAsync(DateTimeOffset now)
    {
        var folder = Directory.CreateTempSubdirectory("gridcases-lives-").FullName;
        try
        {
            await using var application = await Application.StartAsync(folder, now);
            using var store = new Store(folder);
            store.Execute(KeepNotices);
            await application.SendAsync(new SeedDemo.Command());
            store.Execute("DROP TRIGGER KeepNotices");

            var people = People.Read(store);
            var lives = Read(store, people);
            application.Now = now + UntilArchived;
            var archived = await ArchiveAsync(application, store);
            return [.. lives, .. Read(store, people).Where(life => life.CaseIds.Any(archived.Contains))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<HashSet<string>> ArchiveAsync(Application application, Store store)
    {
        var archived = new HashSet<string>();
        foreach (var row in store.Query("""
            SELECT c.Id, c.HolderUnitCode, u.Id, u.UserName, r.Role FROM DisputeCase c
            JOIN RoleAssignment r ON r.UnitCode = c.HolderUnitCode AND r.Role IN ('GridHead', 'CentreOfficer') JOIN AppUser u ON u.Id = r.UserId
            WHERE c.State = 'Closed' ORDER BY c.Number
            """))
        {
            var id = Guid.Parse((string)row[0]!);
            var holder = new Caller
            {
                UserId = Guid.Parse((string)row[2]!),
                UserName = (string)row[3]!,
                Roles = [new RoleInUnit(Enum.Parse<Role>((string)row[4]!), new UnitCode((string)row[1]!), null)],
            };
            try
            {
                if (store.Number("SELECT COUNT(*) FROM FollowUp WHERE CaseId = $p0", row[0]) == 0)
                    await DoAsync(new RecordFollowUp(LocalTime.Day(application.Now), "上门回访", 5, "双方相处正常，没有反复。"));
                await DoAsync(new ArchiveCase.Command("当事人未提供"));
                archived.Add((string)row[0]!);
            }
            catch (RuleViolation)
            {
                // Something was promised and is not yet performed: it stays closed.
            }

            async Task DoAsync(CaseCommand command) => await application.SendAsync(
                command with { CaseId = id, ExpectedVersion = store.Number("SELECT Version FROM DisputeCase WHERE Id = $p0", row[0]) }, holder);
        }

        return archived;
    }

    /// <summary>All rows of a case, its own first.</summary>
    internal static IEnumerable<(Table Table, object?[] Values)> RowsOf(Store store, string id)
    {
        var (cases, notices, outbox, reads) = (store.TableOf("DisputeCase"), store.TableOf("Notification"), store.TableOf("Outbox"), store.TableOf("NotificationRead"));
        return
        [
            .. store.Rows(cases, "WHERE Id = $p0", id).Select(r => (cases, r)),
            .. store.TablesWith("CaseId").Except([notices.Name, .. Derived.Tables]).Select(store.TableOf)
                .SelectMany(t => store.Rows(t, "WHERE CaseId = $p0", id).Select(r => (t, r))),
            .. store.Rows(outbox, "WHERE Id IN (SELECT OutboxId FROM Notification WHERE CaseId = $p0)", id).Select(r => (outbox, r)),
            .. store.Rows(notices, "WHERE CaseId = $p0", id).Select(r => (notices, r)),
            .. store.Rows(reads, "WHERE NotificationId IN (SELECT Id FROM Notification WHERE CaseId = $p0)", id).Select(r => (reads, r)),
        ];
    }

    private static List<Life> Read(Store store, People people)
    {
        var ids = store.Query("SELECT Id FROM DisputeCase ORDER BY RegisteredAt, Id").Select(r => (string)r[0]!).ToList();
        var leader = ids.ToDictionary(id => id);
        foreach (var pair in store.Query("SELECT Id, MergedIntoId FROM DisputeCase WHERE MergedIntoId IS NOT NULL UNION ALL SELECT CaseId, OtherCaseId FROM CaseLink"))
        {
            var (from, to) = (leader[(string)pair[0]!], leader[(string)pair[1]!]);
            foreach (var id in ids.Where(id => leader[id] == from))
                leader[id] = to;
        }

        return [.. ids.GroupBy(id => leader[id]).Select(group => new Life(people, group.SelectMany(id => RowsOf(store, id))))];
    }
}
