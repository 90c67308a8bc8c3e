using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using GridCases.Demo;
using GridCases.Domain;
using GridCases.Jobs;

namespace GridCases.Benchmarks.City;

/// <summary>
/// Makes a city of many cases in a data folder: its units and people, then four years of copies of real lives, at last what the application itself says about them.
/// Killed at any point it goes on where it was: what is made is counted in the database, the rest is written down beside it.
/// </summary>
public sealed class CityMaker
{
    private const int BatchSize = 1_000;

    // The city is as it was on an afternoon: nothing of it lies ahead.
    private static readonly TimeOnly TimeOfDay = new(15, 0);
    private readonly string _folder;
    private readonly CityPlan _plan;
    private readonly TextWriter _progress;
    private readonly Notes _notes;

    private CityMaker(string folder, CityPlan plan, TextWriter progress, Notes notes) => (_folder, _plan, _progress, _notes) = (folder, plan, progress, notes);

    /// <summary>Makes the city, or what is still missing of it.</summary>
    /// <param name="folder">Data folder.</param>
    /// <param name="plan">Its units.</param>
    /// <param name="cases">How many cases.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <returns>The instant at which the city stands.</returns>
    public static async Task<DateTimeOffset> MakeAsync(string folder, CityPlan plan, int cases, TextWriter progress)
    {
        Directory.CreateDirectory(folder);
        folder = Path.GetFullPath(folder);
        var yesterday = LocalTime.Day(TimeProvider.System.GetUtcNow()).AddDays(-1);
        var notes = Notes.In(folder) ?? new Notes { Cases = cases, Now = LocalTime.At(yesterday, TimeOfDay) };
        if (notes.Cases != cases)
            throw new InvalidOperationException($"{folder} holds a city of {notes.Cases} cases, not {cases}: choose another folder.");
        await new CityMaker(folder, plan, progress, notes).MakeAsync();
        return notes.Now;
    }

    private async Task MakeAsync()
    {
        if (_notes.IsDone)
            return;
        var watch = Stopwatch.StartNew();
        if (!_notes.IsFounded)
            await FoundAsync();
        using (var store = new Store(_folder))
        {
            await CopyAsync(store);
            RestoreIndexes(store);
            Derived.Forget(store);
        }

        await SettleAsync();
        _notes.IsDone = true;
        _notes.SaveIn(_folder);
        Say($"made in {watch.Elapsed:h\\:mm\\:ss}");
    }

    /// <summary>Units and people, without cases. From then on the application is not started until the cases are there: it would count what is not all there.</summary>
    private async Task FoundAsync()
    {
        _notes.SaveIn(_folder);
        await using (var application = await Application.StartAsync(_folder, _notes.Now))
            await application.SendAsync(new SeedDemo.Command { WithCases = false });
        Say("units and people");
        using (var store = new Store(_folder))
            People.Settle(store, _plan);
        _notes.IsFounded = true;
        _notes.SaveIn(_folder);
    }

    /// <summary>One thread makes the rows, one writes them. Indexes come afterwards: sorted at once they cost a fraction of what each row by itself would.</summary>
    private async Task CopyAsync(Store store)
    {
        var made = (int)store.Number("SELECT COUNT(*) FROM DisputeCase");
        if (made == _notes.Cases)
            return;
        DropIndexes(store);
        Say("living the lives that are copied");
        await using var application = Application.NotStarted(_folder);
        var timeline = new Timeline(await Lives.LiveAsync(_notes.Now), _plan, _notes.Cases, _notes.Now);
        var copier = new Copier(store, _plan, application.PersonalData, _notes.Now);

        var batches = Channel.CreateBounded<Batch>(4);
        var making = Task.Run(() => MakeBatchesAsync(batches.Writer, timeline, copier, made));
        var (watch, before, said) = (Stopwatch.StartNew(), made, TimeSpan.Zero);
        await foreach (var batch in batches.Reader.ReadAllAsync())
        {
            batch.Write(store);
            made += batch.Cases;
            if (watch.Elapsed - said < TimeSpan.FromSeconds(5))
                continue;
            said = watch.Elapsed;
            var perSecond = (made - before) / watch.Elapsed.TotalSeconds;
            Say(string.Create(CultureInfo.InvariantCulture, $"{made:n0} of {_notes.Cases:n0} cases, {perSecond:n0}/s, {(_notes.Cases - made) / perSecond:n0} s left"));
        }

        await making;
    }

    private async Task MakeBatchesAsync(ChannelWriter<Batch> batches, Timeline timeline, Copier copier, int made)
    {
        try
        {
            while (made < _notes.Cases)
            {
                var batch = timeline.Next(copier, made, Math.Min(BatchSize, _notes.Cases - made));
                made += batch.Cases;
                await batches.WriteAsync(batch);
            }
        }
        finally
        {
            batches.Complete();
        }
    }

    private void DropIndexes(Store store)
    {
        // Written down before they go.
        foreach (var row in store.Query("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"))
            _notes.Indexes[(string)row[0]!] = (string)row[1]!;
        _notes.SaveIn(_folder);
        foreach (var name in _notes.Indexes.Keys)
            store.Execute($"DROP INDEX IF EXISTS [{name}]");
    }

    private void RestoreIndexes(Store store)
    {
        foreach (var (name, text) in _notes.Indexes)
        {
            if (store.Number("SELECT COUNT(*) FROM sqlite_master WHERE type = 'index' AND name = $p0", name) > 0)
                continue;
            Say($"index {name}");
            store.Execute(text);
        }
    }

    /// <summary>The application comes to know its cases: what it keeps of them, due dates under today's calendar, escalations, and notices of both.</summary>
    private async Task SettleAsync()
    {
        Say("starting the application");
        await using var application = await Application.StartAsync(_folder, _notes.Now);
        Say("due dates");
        await application.SendAsync(new RecomputeClocks.Command());
        Say("escalations");
        while (await application.SendAsync(new SweepEscalations.Command()) is var swept && swept != new SweepEscalations.Result(0, 0, 0))
        {
            Say($"{swept.Escalated:n0} escalated, {swept.Resolved:n0} resolved");
            if (swept.Failed > 0)
                throw new InvalidOperationException($"{swept.Failed} cases could not be swept: their rows do not fit the program.");
        }

        Say("notices");
        await application.SendAsync(new DeliverOutbox.Command());
        Say("sums");
        await application.SendAsync(new FoldTallies.Command());
    }

    private void Say(string what) => _progress.WriteLine($"{Path.GetFileName(_folder)}: {what}");

    /// <summary>What has to be known of an unfinished city beside what is in it.</summary>
    internal sealed class Notes
    {
        public int Cases { get; init; }
        public DateTimeOffset Now { get; init; }
        public Dictionary<string, string> Indexes { get; init; } = [];
        public bool IsFounded { get; set; }
        public bool IsDone { get; set; }

        /// <summary>The notes of a folder; null where no city was begun.</summary>
        public static Notes? In(string folder) => File.Exists(FileIn(folder)) ? JsonSerializer.Deserialize<Notes>(File.ReadAllText(FileIn(folder))) : null;

        public void SaveIn(string folder)
        {
            var draft = FileIn(folder) + ".new";
            File.WriteAllText(draft, JsonSerializer.Serialize(this));
            File.Move(draft, FileIn(folder), overwrite: true);
        }

        private static string FileIn(string folder) => Path.Combine(folder, "city.json");
    }
}
