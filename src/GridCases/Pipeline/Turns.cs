namespace GridCases.Pipeline;

/// <summary>Only so many at once, so many may wait for their turn, and those behind them are sent away. Waiting takes no thread.</summary>
/// <param name="atOnce">How many at once.</param>
/// <param name="waiting">How many may wait.</param>
/// <param name="retryAfter">After how long somebody who was sent away may come again.</param>
/// <param name="sentence">What that somebody is told: a key in Texts/Errors.</param>
public abstract class Turns(int atOnce, int waiting, TimeSpan retryAfter, string sentence) : IDisposable
{
    private readonly SemaphoreSlim _turns = new(atOnce);
    private int _inside;

    /// <summary>Waits for a turn, which is given back by disposing it.</summary>
    /// <exception cref="Throttled">Too many wait already.</exception>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _inside) > atOnce + waiting)
        {
            Interlocked.Decrement(ref _inside);
            throw new Throttled(retryAfter, sentence);
        }

        try
        {
            await _turns.WaitAsync(cancellationToken);
            return new Turn(this);
        }
        catch
        {
            Interlocked.Decrement(ref _inside);
            throw;
        }
    }

    public void Dispose()
    {
        _turns.Dispose();
        GC.SuppressFinalize(this);
    }

    private sealed class Turn(Turns turns) : IDisposable
    {
        public void Dispose()
        {
            turns._turns.Release();
            Interlocked.Decrement(ref turns._inside);
        }
    }
}
