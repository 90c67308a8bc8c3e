using System.Diagnostics;

namespace GridCases.Web.Tests.Outages;

/// <summary>A disk of a few megabytes, in memory: it can be filled up, and made read-only. Where this machine lets nobody mount one the test is ignored and says so.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly List<string> _mounted = [];

    /// <param name="megabytes">Its size.</param>
    public SmallDisk(int megabytes)
    {
        if (!OperatingSystem.IsLinux() || Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", Folder) is not 0)
        {
            Directory.Delete(Folder);
            Assert.Ignore("Nobody may mount a disk here: this test needs Linux and the right to mount.");
        }

        _mounted.Add(Folder);
    }

    /// <summary>Where it is.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("gridcases-disk-").FullName;

    private string Filling => Path.Combine(Folder, "filling");

    /// <summary>Takes all the room there is.</summary>
    public void FillUp()
    {
        using var file = new FileStream(Filling, FileMode.Create, FileAccess.Write, FileShare.None, 1);
        var piece = new byte[4096];
        try
        {
            while (true)
                file.Write(piece);
        }
        catch (IOException)
        {
            // full
        }
    }

    /// <summary>Gives the room back.</summary>
    public void MakeRoom() => File.Delete(Filling);

    /// <summary>From now on whoever opens a file here opens it on a read-only disk. What is open stays so.</summary>
    public void Protect()
    {
        Assert.That(Run("mount", "--bind", Folder, Folder) + Run("mount", "-o", "remount,bind,ro", Folder), Is.Zero);
        _mounted.Add(Folder);
    }

    /// <summary>It can be written again.</summary>
    public void Release()
    {
        Run("umount", "-l", Folder);
        _mounted.RemoveAt(_mounted.Count - 1);
    }

    public void Dispose()
    {
        while (_mounted.Count > 0)
            Release();
        Directory.Delete(Folder);
    }

    private static int Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
