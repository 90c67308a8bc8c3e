using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace GridCases.Benchmarks.Measuring;

/// <summary>Collects measures, says each beside its target and the one before, and keeps them all in a file.</summary>
internal sealed class Report
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private readonly string _file;
    private readonly List<Measured> _known;
    private readonly string _commit = Commit();
    private readonly string _machine = $"{Environment.ProcessorCount} cores, load {Load()}, {RuntimeInformation.OSDescription}, .NET {Environment.Version}";

    /// <summary>Reads what was measured before.</summary>
    public Report(string file)
    {
        _file = file;
        _known = File.Exists(file) ? JsonSerializer.Deserialize<List<Measured>>(File.ReadAllText(file), Indented)! : [];
    }

    /// <summary>Says what a city's numbers stand under.</summary>
    public static void Head(int size)
    {
        Console.WriteLine($"\n{size:n0} cases; load of the machine {Load()}");
        Console.WriteLine($"{"",-60} {"p50",10} {"p99",10} {"n",6}        {"target",10} {"",4} {"before",10}");
    }

    /// <summary>Keeps the times of single things, in milliseconds.</summary>
    public void Add(string name, int size, IReadOnlyList<double> milliseconds, double? target) => Add(
        name, size, Percentile(milliseconds, 0.5), Percentile(milliseconds, 0.99), milliseconds.Count, "ms", target is { } most ? new Target(most) : null);

    /// <summary>Keeps one number.</summary>
    public void Add(string name, int size, double value, int n, string unit, Target? target) => Add(name, size, value, null, n, unit, target);

    private void Add(string name, int size, double p50, double? p99, int n, string unit, Target? target)
    {
        var measured = new Measured(name, size, Math.Round(p50, 2), p99 is { } slow ? Math.Round(slow, 2) : null, n, unit, target, _commit, _machine, TimeProvider.System.GetUtcNow());
        var before = _known.LastOrDefault(m => m.Name == name && m.Size == size);
        var met = measured.IsMet switch { true => "ok", false => "MISS", null => "" };
        var wanted = target is null ? "" : $"{(target.AtLeast ? "≥" : "≤")} {target.Value:#,0.##}";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-60} {p50,10:#,0.0} {p99,10:#,0.0} {n,6} {unit,-6} {wanted,10} {met,-4} {before?.Judged,10:#,0.0}"));
        _known.Add(measured);
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        File.WriteAllText(_file, JsonSerializer.Serialize(_known, Indented));
    }

    private static double Percentile(IEnumerable<double> values, double part)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Clamp((int)Math.Ceiling(part * sorted.Count) - 1, 0, sorted.Count - 1)];
    }

    /// <summary>Beside others numbers are worse: read them then by the floor of the same run.</summary>
    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static string Commit()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["describe", "--always", "--dirty"]) { RedirectStandardOutput = true })!;
        return git.StandardOutput.ReadToEnd().Trim();
    }
}
