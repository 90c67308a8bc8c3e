using System.Reflection;
using GridCases.Data;
using MediatR;

namespace GridCases.Pipeline;

/// <summary>
/// A command's reads and writes are one transaction, unless it <see cref="WritesLastAttribute">writes last</see> (see <see cref="UnitOfWork{TRequest, TResponse}"/>) or has
/// <see cref="OwnTransactionsAttribute">transactions of its own</see>: a handler that throws leaves nothing behind.
/// </summary>
internal sealed class Transaction<TRequest, TResponse>(Db db) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : ICommand<TResponse>
{
    private static readonly bool IsElsewhere = typeof(TRequest).IsDefined(typeof(OwnTransactionsAttribute)) || typeof(TRequest).IsDefined(typeof(WritesLastAttribute), inherit: true);

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (IsElsewhere)
            return await next();
        try
        {
            return await db.InTransactionAsync(() => next(), cancellationToken);
        }
        catch (Overtaken)
        {
            // Another request with the same key has committed since: read its answer.
            return await db.InTransactionAsync(() => next(), cancellationToken);
        }
    }
}
