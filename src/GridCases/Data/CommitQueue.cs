namespace GridCases.Data;

/// <summary>
/// The queue before SQLite's one writer. Whoever comes first writes first, and nobody polls a busy file. Units of work that are ready to be written (their reading is
/// behind them) and wait together are committed together: one wait for the disk makes all of them durable. Each stands or falls by itself.
/// </summary>
internal sealed class CommitQueue(Func<CancellationToken, Task<Session>> open, DatabaseActivity activity)
{
    // So that the first of a crowd does not wait for all the others.
    private const int MostTogether = 64;

    private static readonly TimeSpan MostPatience = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Queue<Unit> _waiting = new();
    private Session? _writer;
    private volatile bool _isOld;

    /// <summary>The next turn opens another connection: nothing is known of this one any more.</summary>
    public void Forget() => _isOld = true;

    /// <summary>The writer's connection, to oneself until disposed.</summary>
    public async Task<IWriterTurn> EnterAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return new Turn(this, await WriterAsync(cancellationToken));
        }
        catch
        {
            _turn.Release();
            throw;
        }
    }

    /// <summary>Commits a unit, perhaps together with others. It runs in the turn of whoever is first, so it takes nothing from its sender's context but what it captured.</summary>
    public async Task CommitAsync(Func<Session, Task> work, CancellationToken cancellationToken)
    {
        var unit = new Unit(work);
        lock (_waiting)
            _waiting.Enqueue(unit);
        try
        {
            await _turn.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (!unit.TryGiveUp())
        {
            // It is being written already: what comes of it is told.
            await unit.Done;
            return;
        }

        try
        {
            while (!unit.IsTaken)
                await CommitWaitingAsync();
        }
        finally
        {
            _turn.Release();
        }

        await unit.Done;
    }

    /// <summary>Closes the writer's connection once nobody is at it; the next turn opens another. Who is at it for longer than a stopping server waits keeps it.</summary>
    public void Close()
    {
        if (!_turn.Wait(MostPatience))
            return;
        try
        {
            _writer?.Dispose();
            _writer = null;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task CommitWaitingAsync()
    {
        var units = new List<Unit>();
        lock (_waiting)
        {
            while (units.Count < MostTogether && _waiting.TryDequeue(out var next))
            {
                if (next.TryTake())
                    units.Add(next);
            }
        }

        try
        {
            var writer = await WriterAsync(CancellationToken.None);
            await writer.BeginAsync(TransactionKind.Write, CancellationToken.None);
            foreach (var unit in units)
                await RunAsync(writer, unit, isAlone: units.Count == 1);
            if (units.Any(u => !u.Failed))
            {
                await writer.CommitAsync();
                activity.Committed();
            }
            else
            {
                await writer.EndAsync();
            }

            foreach (var unit in units)
                unit.Complete();
        }
        catch (Exception e)
        {
            await ForgetWriterAsync();
            foreach (var unit in units)
                unit.Fail(e);
        }
    }

    private static async Task RunAsync(Session writer, Unit unit, bool isAlone)
    {
        if (!isAlone)
            await writer.MarkAsync();
        try
        {
            await unit.Work(writer);
            if (!isAlone)
                await writer.KeepMarkedAsync();
        }
        catch (Exception e) when (!writer.IsBroken)
        {
            unit.Refuse(e);
            if (isAlone)
                await writer.EndAsync();
            else
                await writer.RollBackToMarkAsync();
        }
    }

    private async Task<Session> WriterAsync(CancellationToken cancellationToken)
    {
        if (_isOld || _writer is { IsBroken: true })
            await ForgetWriterAsync();
        return _writer ??= await open(cancellationToken);
    }

    /// <summary>After a fault that is not a unit's own nothing is known of the connection: the next turn opens another.</summary>
    private async Task ForgetWriterAsync()
    {
        _isOld = false;
        if (_writer is not { } writer)
            return;
        _writer = null;
        try
        {
            await writer.DisposeAsync();
        }
        catch (Exception e) when (e is System.Data.Common.DbException or InvalidOperationException)
        {
            // It was of no use any more.
        }
    }

    /// <summary>The writer's connection in one's own hands.</summary>
    internal sealed class Turn(CommitQueue queue, Session writer) : IWriterTurn
    {
        public Session Writer => writer;

        public async ValueTask DisposeAsync()
        {
            try
            {
                await writer.EndAsync();
            }
            finally
            {
                queue._turn.Release();
            }
        }
    }

    private sealed class Unit(Func<Session, Task> work)
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Exception? _refusal;
        private int _state;

        public Func<Session, Task> Work => work;

        public Task Done => _done.Task;

        public bool IsTaken => Volatile.Read(ref _state) == 1;

        public bool Failed => _refusal is not null;

        public bool TryTake() => Interlocked.CompareExchange(ref _state, 1, 0) == 0;

        public bool TryGiveUp() => Interlocked.CompareExchange(ref _state, 2, 0) == 0;

        /// <summary>It cannot be done; told once the others are durable.</summary>
        public void Refuse(Exception e) => _refusal = e;

        public void Complete()
        {
            if (_refusal is { } e)
                _done.TrySetException(e);
            else
                _done.TrySetResult();
        }

        public void Fail(Exception e) => _done.TrySetException(_refusal ?? e);
    }
}
