using System.Reflection;
using GridCases.Data;
using MediatR;

namespace GridCases.Pipeline;

/// <summary>A command's reads and writes are one transaction: a handler that throws leaves nothing behind.</summary>
internal sealed class Transaction<TRequest, TResponse>(Db db) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : ICommand<TResponse>
{
    private static readonly bool OwnTransactions = typeof(TRequest).IsDefined(typeof(OwnTransactionsAttribute));

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (OwnTransactions)
            return await next();
        try
        {
            return await db.InTransactionAsync(() => next(), cancellationToken);
        }
        catch (IdempotencyKeyTaken)
        {
            // Another request with the same key has committed since: read its answer.
            return await db.InTransactionAsync(() => next(), cancellationToken);
        }
    }
}
