using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Data;

/// <summary>Tries whether the database can be read and written just now: over a connection of its own, since one that was kept may have a file open that is gone.</summary>
public sealed class DatabaseProbe(Database database, DatabasePreparation preparation, FileCheck file, IServiceScopeFactory scopes)
{
    private static readonly Sql CountScripts = new("SELECT COUNT(*) FROM SchemaScript");
    private static readonly Sql Beat = new("UPDATE Heartbeat SET WrittenAt = @now WHERE Id = 1", timeout: TimeSpan.FromSeconds(3));

    /// <summary>Tries it. A row that is there already is written, so nothing grows.</summary>
    public async Task<Finding> LookAsync(CancellationToken cancellationToken)
    {
        if (!preparation.IsDone)
            return new Finding(Standing.Away, "The database is being prepared");
        try
        {
            await database.AskAnewAsync<long>(CountScripts, cancellationToken);
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<Db>();
            await db.ExecuteAsync(Beat, new { now = TimeProvider.System.GetUtcNow() }, cancellationToken);
            var setUp = await DatabaseSetUp.LookAsync(db, cancellationToken);
            if (setUp.TooOld is not null)
                return new Finding(Standing.Away, setUp.TooOld);
            if (database.Outage.Current is { Reason: DbFailure.Damaged } damaged)
                return Damaged(damaged);
            if (file.State is FileState.BeingRead)
                return new Finding(Standing.Good, "The database file is still being read through");
            return setUp.ReadersWait ? new Finding(Standing.Impaired, DatabaseSetUp.ReadersWaitSentence) : new Finding(Standing.Good, null);
        }
        catch (StorageUnavailable e)
        {
            return new Finding(Standing.Away, e.Message);
        }
    }

    /// <summary>A file is read through anew, and the outage ends when it is sound; a server goes on with its other pages, and its administrator has to look at it.</summary>
    private Finding Damaged(StorageUnavailable error)
    {
        file.Again();
        return new Finding(database.Dialect.Choose(Standing.Impaired, Standing.Away), error.Message);
    }

    /// <summary>How the database is.</summary>
    /// <param name="Standing">Whether one can work with it.</param>
    /// <param name="Why">What is wrong, and what to do; null when nothing is.</param>
    public sealed record Finding(Standing Standing, string? Why);
}

/// <summary>Whether one can work with something.</summary>
public enum Standing
{
    /// <summary>One can.</summary>
    Good,

    /// <summary>One can, and somebody should look at it.</summary>
    Impaired,

    /// <summary>One cannot.</summary>
    Away,
}
