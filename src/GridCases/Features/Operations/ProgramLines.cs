using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using GridCases.Jobs;

namespace GridCases.Features.Operations;

/// <summary>The program that answers, and the machine it runs on.</summary>
public sealed class ProgramLines : IStatusLines
{
    /// <summary>Version of the program, with the commit it was built from where the build knew one, as in <c>0.1.0 (a90e81fa1b2c)</c>.</summary>
    public static string Version { get; } =
        typeof(ProgramLines).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+') is [var version, { Length: >= 12 } commit]
            ? $"{version} ({commit[..12]})"
            : typeof(ProgramLines).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public Task<IReadOnlyList<StatusLine>> ReadAsync(CancellationToken cancellationToken)
    {
        using var process = Process.GetCurrentProcess();
        var up = TimeProvider.System.GetUtcNow() - process.StartTime.ToUniversalTime();
        return Task.FromResult<IReadOnlyList<StatusLine>>(
        [
            StatusLine.Of(StatusGroup.Program, "Version", StatusState.Fine, Version, RuntimeInformation.FrameworkDescription),
            StatusLine.Of(StatusGroup.Program, "Server", StatusState.Fine, JobLog.Server, StatusLine.Time(up), StatusLine.Bytes(process.WorkingSet64)),
        ]);
    }
}
