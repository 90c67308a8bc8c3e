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
    private const int Attempts = 3;

    private static readonly bool IsElsewhere = typeof(TRequest).IsDefined(typeof(OwnTransactionsAttribute)) || typeof(TRequest).IsDefined(typeof(WritesLastAttribute), inherit: true);

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (IsElsewhere)
            return await next();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await db.InTransactionAsync(() => next(), cancellationToken);
            }
            catch (Overtaken) when (attempt < Attempts)
            {
                // Another request has committed since, perhaps one with the same key: what it left is read now.
            }
            catch (Overtaken)
            {
                throw new StaleVersion();
            }
        }
    }
}
