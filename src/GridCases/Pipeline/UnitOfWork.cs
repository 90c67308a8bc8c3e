using System.Reflection;
using GridCases.Data;
using MediatR;

namespace GridCases.Pipeline;

/// <summary>
/// Around everything that reads the database for a message, its guards included: a query reads from one connection and as of one moment, unless it has
/// <see cref="OwnTransactionsAttribute">transactions of its own</see>; a command that
/// <see cref="WritesLastAttribute">writes last</see> does so too, then writes what it decided as one transaction, and decides anew when it was overtaken.
/// </summary>
internal sealed class UnitOfWork<TRequest, TResponse>(Db db, IEnumerable<IReadMark> marks) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    private const int FreeReadings = 3;

    private static readonly bool IsQuery = typeof(TRequest).IsAssignableTo(typeof(IQuery<TResponse>)) && !typeof(TRequest).IsDefined(typeof(OwnTransactionsAttribute));
    private static readonly bool WritesLast = typeof(TRequest).GetCustomAttribute<WritesLastAttribute>(inherit: true) is not null;

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (IsQuery)
            return db.HasSnapshots || db.IsReading ? await db.SnapshotAsync(() => next(), cancellationToken) : await ReadWholeAsync(request, next, cancellationToken);
        if (!WritesLast)
            return await next();
        try
        {
            return await db.ReadThenWriteAsync(() => next(), cancellationToken);
        }
        catch (Overtaken)
        {
            throw new StaleVersion();
        }
    }

    /// <summary>
    /// Without snapshots, what was written in the middle of the reading shows in a mark that is looked at before and after; then it is read again. Where somebody writes
    /// all the time it is held fast at last, so that nobody is told what never was.
    /// </summary>
    private async Task<TResponse> ReadWholeAsync(TRequest request, RequestHandlerDelegate<TResponse> next, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < FreeReadings; attempt++)
        {
            var (answer, isWhole) = await db.SnapshotAsync(
                async () =>
                {
                    var before = await MarkAsync();
                    var read = await next();
                    return (read, before == await MarkAsync());
                },
                cancellationToken);
            if (isWhole)
                return answer;
        }

        return await db.InTransactionAsync(
            async () =>
            {
                foreach (var mark in marks)
                    await mark.HoldAsync(request, cancellationToken);
                return await next();
            },
            cancellationToken);

        async Task<long?> MarkAsync()
        {
            foreach (var mark in marks)
            {
                if (await mark.OfAsync(request, cancellationToken) is { } found)
                    return found;
            }

            return null;
        }
    }
}

/// <summary>A number that changes whenever anything changes of what a message is about: so a reader without snapshots finds out that it was torn.</summary>
public interface IReadMark
{
    /// <summary>The number; null for messages it does not know.</summary>
    Task<long?> OfAsync(object message, CancellationToken cancellationToken);

    /// <summary>Until the transaction ends nobody changes what the message is about; does nothing for messages it does not know.</summary>
    Task HoldAsync(object message, CancellationToken cancellationToken);
}
