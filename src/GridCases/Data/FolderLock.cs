using System.Text.Json;
using GridCases.Pipeline;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Data;

/// <summary>
/// One server on an embedded folder: it holds a lock of the operating system, which ends with the process however that ends, and says beside it who it is.
/// A SQL Server is shared by several, and they share the folder.
/// </summary>
public sealed class FolderLock(DatabaseOptions options, [FromKeyedServices(ShiftedTimeProvider.Machine)] TimeProvider time) : IDisposable
{
    private FileStream? _held;

    private string LockPath => Path.Combine(options.Folder, "gridcases.lock");

    // The lock keeps others from reading, on Windows and in .NET's own way of locking.
    private string HolderPath => Path.Combine(options.Folder, "gridcases.holder.json");

    /// <summary>Takes the folder, until disposed of; does nothing where a SQL Server holds the data.</summary>
    /// <exception cref="FolderInUse">Another process has it.</exception>
    /// <exception cref="StorageUnavailable">It cannot be made or written.</exception>
    public void Take()
    {
        if (options.IsSqlServer || _held is not null)
            return;
        try
        {
            PrivateFiles.CreateFolder(options.Folder);
            _held = PrivateFiles.OpenAlone(LockPath);
            SayWhoHoldsIt();
        }
        catch (IOException e) when (_held is null && IsHeld(e))
        {
            throw new FolderInUse(options.Folder, Holder());
        }
        catch (IOException e)
        {
            throw StorageUnavailable.Of(e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw StorageUnavailable.Of(e);
        }
    }

    public void Dispose()
    {
        _held?.Dispose();
        _held = null;
    }

    private void SayWhoHoldsIt()
    {
        var draft = HolderPath + ".new";
        File.Delete(draft);
        using (var file = PrivateFiles.Create(draft))
            JsonSerializer.Serialize(file, new FolderHolder(Environment.MachineName, Environment.ProcessId, time.GetUtcNow()), Json.Options);
        File.Move(draft, HolderPath, overwrite: true);
    }

    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.
    private static bool IsHeld(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020);

    private FolderHolder? Holder()
    {
        try
        {
            return JsonSerializer.Deserialize<FolderHolder>(File.ReadAllText(HolderPath), Json.Options);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }
}

/// <summary>Who has an embedded folder.</summary>
/// <param name="Host">Name of the machine.</param>
/// <param name="ProcessId">The process there.</param>
/// <param name="Since">When it took the folder.</param>
public sealed record FolderHolder(string Host, int ProcessId, DateTimeOffset Since);

/// <summary>Another process works on the embedded folder; the message says which and what to do.</summary>
#pragma warning disable CA1032 // made by the lock alone
#pragma warning disable CA1710 // named as what it means
public sealed class FolderInUse(string folder, FolderHolder? holder) : Exception(
    $"{folder} is in use by {(holder is null ? "another process" : $"process {holder.ProcessId} on {holder.Host} since {Instants.Write(holder.Since)}")}. "
    + "One process at a time works on an embedded database: stop that one, or give this one a folder of its own (GRIDCASES_DATA).");
#pragma warning restore CA1032, CA1710
