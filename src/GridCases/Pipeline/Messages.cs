using GridCases.Domain;
using MediatR;

namespace GridCases.Pipeline;

/// <summary>A message that changes something. What it writes is one transaction; the result must survive JSON, because it is kept for idempotency keys.</summary>
/// <typeparam name="TResult">What the sender gets back.</typeparam>
public interface ICommand<out TResult> : IRequest<TResult>;

/// <summary>A message that only reads.</summary>
/// <typeparam name="TResult">What the sender gets back.</typeparam>
public interface IQuery<out TResult> : IRequest<TResult>;

/// <summary>
/// A look at the database that must succeed before a message is validated, such as: the case exists and lies in the caller's scope.
/// Every registered guard sees every message and picks those it knows. It throws <see cref="NotFound"/> or <see cref="AccessDenied"/>.
/// </summary>
public interface IMessageGuard
{
    /// <summary>Throws when the caller may not send this message.</summary>
    Task CheckAsync(object message, Caller caller, CancellationToken cancellationToken);

    /// <summary>The same for a request that cannot be read as the message it should be: only its type is known, and the id in the request's address.</summary>
    Task CheckAsync(Type message, Guid subject, Caller caller, CancellationToken cancellationToken);

    /// <summary>The same where the address names its subject by a user name.</summary>
    Task CheckAsync(Type message, string subject, Caller caller, CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>A message about one unit. Only somebody who holds one of the message's roles in that unit or above it may send it; to others the unit is not there.</summary>
public interface IUnitMessage
{
    /// <summary>The unit; null when the sender named none, which validation answers.</summary>
    UnitCode? Unit { get; }
}

/// <summary>A message that changes something others may have changed meanwhile: without the version it was made for it is refused with <see cref="MissingVersion"/>, before anything else.</summary>
public interface IVersionedMessage
{
    /// <summary>The version the sender saw; null when the sender did not say.</summary>
    long? ExpectedVersion { get; }
}

/// <summary>The message is taken without a version too: it moves nothing, so it is none the worse for what others did meanwhile.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class VersionOptionalAttribute : Attribute;

/// <summary>
/// The command reads and decides first, while others read and write, and everything it writes is written at its end as one transaction. If what it read has changed by then
/// it decides anew: so its handler has no effects outside the database and hands what it writes to <see cref="Data.Db.WriteAsync"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class WritesLastAttribute : Attribute;

/// <summary>
/// The message opens its own transactions: a sweep commits one short transaction per case, a failed sign-in is counted although it is refused; a query that reads
/// everything there is would hold one moment fast for minutes. Such a command takes no idempotency key.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OwnTransactionsAttribute : Attribute;

/// <summary>
/// The answer of the command is kept for no idempotency key: sent again, it is done, allowed and put on record again. For what shows personal data in full.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AnswerNotKeptAttribute : Attribute;
