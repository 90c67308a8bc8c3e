using System.Diagnostics;
using GridCases.Data;
using GridCases.Features.Audit;
using GridCases.Features.Backups;
using GridCases.Features.Statistics;
using GridCases.Hangfire;
using GridCases.Pipeline;
using GridCases.Security;

namespace GridCases.Web;

/// <summary>What the server program does instead of serving, when it is called with a verb.</summary>
internal static class Verbs
{
    /// <summary>All is as it should be.</summary>
    public const int Done = 0;

    /// <summary>Something is not as it should be, was not, or was refused.</summary>
    public const int Refused = 1;

    /// <summary>The program was called in a way that it does not know.</summary>
    public const int WrongUse = 2;

    /// <summary>Another process works on the folder of the embedded database.</summary>
    public const int InUse = 3;

    private const string Use = """
        Without a verb the program serves. With one it does that, with the same settings, and ends:

          backup <folder> [--with-keys]     copies database and attachments into a new folder, beside a running server too
          restore <folder>                  puts such a copy into the empty data folder (GRIDCASES_DATA); no server may run on it
          verify-audit                      compares everything with what was written once, beside a running server too
          recount-statistics [--repair]     counts all cases again, beside a running server too
          hangfire-schema                   writes the script of Hangfire's tables, for the administrator of a SQL Server to run

        It ends with 0 when all is as it should be, 1 when something is not or was refused, 2 when it was called wrongly, 3 when another process has the data folder.
        """;

    /// <summary>Does what the verb says and gives the exit code; null when there is none.</summary>
    public static async Task<int?> RunAsync(string[] args, IServiceProvider services)
    {
        try
        {
            return args switch
            {
                ["verify-audit"] => await VerifyAuditAsync(services),
                ["backup", var folder] when IsFolder(folder) => await BackUpAsync(services, folder, withKeys: false),
                ["backup", var folder, "--with-keys"] when IsFolder(folder) => await BackUpAsync(services, folder, withKeys: true),
                ["restore", var folder] when IsFolder(folder) => await RestoreAsync(services, folder),
                ["hangfire-schema"] => Tell(Console.Out, HangfireSchema.Script(HangfireSettings.From(services.GetRequiredService<IConfiguration>())), Done),
                ["recount-statistics"] => await RecountStatisticsAsync(services, repair: false),
                ["recount-statistics", "--repair"] => await RecountStatisticsAsync(services, repair: true),
                ["help" or "--help" or "-h" or "-?"] => Tell(Console.Out, Use, Done),
                [var verb, ..] when !IsSetting(verb) => Tell(Console.Error, $"The program does not know: {string.Join(' ', args)}{Environment.NewLine}{Environment.NewLine}{Use}", WrongUse),
                _ => null,
            };
        }
        catch (BackupRefused e)
        {
            return Tell(Console.Error, e.Message, Refused);
        }
        catch (FolderInUse e)
        {
            return Tell(Console.Error, e.Message, InUse);
        }
    }

    /// <summary>A folder's name does not look like an option that was mistyped.</summary>
    private static bool IsFolder(string argument) => argument.Length > 0 && !argument.StartsWith('-');

    /// <summary>Settings are given as <c>--name value</c>, <c>/name value</c> or <c>name=value</c>.</summary>
    private static bool IsSetting(string argument) => argument.StartsWith('-') || argument.StartsWith('/') || argument.Contains('=');

    private static int Tell(TextWriter to, string what, int exitCode)
    {
        to.WriteLine(what);
        return exitCode;
    }

    /// <summary>Checks journals, agreements and attachments, and the embedded database's file.</summary>
    private static async Task<int> VerifyAuditAsync(IServiceProvider services)
    {
        await DemandDatabaseAsync(services);
        var progress = new Occasional<VerifyAudit.Progress>(p => $"{p.Cases:N0} of {p.Of:N0} cases");
        var result = await services.GetRequiredService<Messages>().SendAsync(
            new VerifyAudit.Query
            {
                Found = new Each<VerifyAudit.Finding>(f => Console.WriteLine($"{f.Number} {f.Table} {f.Row}: {f.What}".TrimStart())),
                Progress = progress,
            },
            Caller.System);
        if (!result.IsDatabaseChecked)
            Console.WriteLine("The database's own check was left out: on a SQL Server its administrator runs DBCC CHECKDB.");
        Console.WriteLine($"{result.Cases} cases, {result.Lines} lines, {result.Agreements} agreements, {result.Signatures} signatures, {result.Files} files, {result.Faults} faults");
        return result.Faults == 0 ? Done : Refused;
    }

    /// <summary>Backs up into a folder.</summary>
    private static async Task<int> BackUpAsync(IServiceProvider services, string folder, bool withKeys)
    {
        await DemandDatabaseAsync(services);
        var manifest = await services.GetRequiredService<Messages>().SendAsync(
            new MakeBackup.Command(folder, withKeys) { Progress = new Each<string>(Console.WriteLine) }, Caller.System);
        Console.WriteLine($"{Path.GetFullPath(folder)}: {manifest.Files.Count:N0} files, {manifest.Bytes:N0} bytes, as of {Instants.Write(manifest.MadeAt)}");
        if (!manifest.HoldsDatabase)
            Console.WriteLine("The database is not in it: back up the SQL Server by its own means, before the attachments.");
        Console.WriteLine(withKeys
            ? "The keys are in it: whoever has this folder can read everything."
            : "The keys are not in it (keys/personal-data.json, or the vault): keep them elsewhere; without them ID numbers, phones, addresses and attachments are lost.");
        foreach (var missing in manifest.Missing)
            Console.WriteLine($"attachment {missing}: on record, but its file was not there");
        return manifest.Missing.Count == 0 ? Done : Refused;
    }

    /// <summary>Restores a backup into the data folder.</summary>
    private static async Task<int> RestoreAsync(IServiceProvider services, string folder)
    {
        var options = services.GetRequiredService<DatabaseOptions>();
        var result = await services.GetRequiredService<BackupRestore>().RunAsync(folder, new Each<string>(Console.WriteLine), CancellationToken.None);
        foreach (var fault in result.Faults)
            Console.WriteLine(fault);
        if (result.Faults.Count > 0)
            return Tell(Console.Error, $"{folder} is damaged: {result.Faults.Count:N0} of {result.Manifest.Files.Count:N0} files. Nothing was restored.", Refused);

        Console.WriteLine($"{options.Folder}: {result.Manifest.Files.Count:N0} files, {result.Manifest.Bytes:N0} bytes, as of {Instants.Write(result.Manifest.MadeAt)}");
        var keys = services.GetRequiredService<PersonalDataKeyStore>().Place;
        if (result.Keys is not BackupRestore.KeyFit.Fit)
        {
            return Tell(Console.Error, result.Keys is BackupRestore.KeyFit.None
                ? $"The keys are missing: put those of the backed-up server into {keys} before anything is started."
                : $"The keys in {keys} are not those of the backed-up server: put the right ones there before anything is started.", Refused);
        }

        Console.WriteLine("The keys fit. Run verify-audit, then start the server.");
        return Done;
    }

    /// <summary>Counts all cases again and compares with the kept statistics; with <c>--repair</c> puts them right, beside a running server too.</summary>
    private static async Task<int> RecountStatisticsAsync(IServiceProvider services, bool repair)
    {
        await DemandDatabaseAsync(services);
        var result = await services.GetRequiredService<Messages>().SendAsync(new RecountStatistics.Command(repair), Caller.System);
        foreach (var (period, unit, category, track, source, missing) in result.Sums)
            Console.WriteLine($"{period} {unit} {category} {track} {source}: {missing}");
        foreach (var id in result.Gaps.Take(RecountStatistics.MostNamed))
            Console.WriteLine($"case {id}: gaps");
        var more = result.Sums.Count < RecountStatistics.MostNamed ? "" : " or more";
        Console.WriteLine($"{result.Sums.Count}{more} sums and the gaps of {result.Gaps.Count} cases differ, {result.Repaired} rows put right");
        return result.Sums.Count + result.Gaps.Count == 0 ? Done : Refused;
    }

    /// <summary>A verb makes no database where there is none, and learns what a server learns at start.</summary>
    private static async Task DemandDatabaseAsync(IServiceProvider services)
    {
        var options = services.GetRequiredService<DatabaseOptions>();
        if (!options.IsSqlServer && !DataFolder.HoldsDatabase(options.Folder))
            throw new BackupRefused($"There is no database in {options.Folder} (GRIDCASES_DATA).");
        await services.GetRequiredService<DatabasePreparation>().LookAsync();
    }

    /// <summary>Tells each thing at once and in its order.</summary>
    private sealed class Each<T>(Action<T> tell) : IProgress<T>
    {
        public void Report(T value) => tell(value);
    }

    /// <summary>Tells how far something is, every few seconds, beside what it finds.</summary>
    private sealed class Occasional<T>(Func<T, string> words) : IProgress<T>
    {
        private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
        private long _last = Stopwatch.GetTimestamp();

        public void Report(T value)
        {
            if (Stopwatch.GetElapsedTime(_last) < Pause)
                return;
            _last = Stopwatch.GetTimestamp();
            Console.Error.WriteLine(words(value));
        }
    }
}
