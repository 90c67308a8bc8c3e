using System.Text.Json;
using GridCases.Data;
using GridCases.Security;
using MediatR;

namespace GridCases.Pipeline;

/// <summary>
/// The idempotency key of the request behind a DI scope, set by the API before it sends the command. Without a value commands just run.
/// </summary>
public sealed class RequestKey
{
    /// <summary>How long an answer is kept for its key.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>Key, route and body; null when the client gave no key.</summary>
    public Key? Value { get; set; }

    /// <summary>The scope's command, to which the key belongs: what that sends in turn is part of it.</summary>
    internal object? Command { get; set; }

    /// <summary>What the client sent.</summary>
    /// <param name="Route">Method and path.</param>
    /// <param name="Text">The key.</param>
    /// <param name="BodySha256">Lower-case hex SHA-256 of the body's bytes.</param>
    public sealed record Key(string Route, string Text, string BodySha256);
}

/// <summary>Tells whether the caller's key was answered before: a form sent again gets that answer and is not held up on the way to it.</summary>
public sealed class AnsweredKeys(Db db, CurrentCaller current, TimeProvider time)
{
    /// <summary>Whether the key belongs to a command that was done.</summary>
    public async Task<bool> ContainsAsync(RequestKey.Key key, CancellationToken cancellationToken) =>
        await db.QuerySingleAsync<int>(
            IdempotencySql.IsAnswered,
            new { current.Caller.UserName, key.Route, KeyValue = key.Text, ExpiredAt = time.GetUtcNow() - RequestKey.Kept },
            cancellationToken) > 0;
}

/// <summary>The key was written by another transaction between our look and our insert.</summary>
internal sealed class IdempotencyKeyTaken() : Exception("Idempotency key taken");

/// <summary>
/// Innermost behavior of commands: runs the command of a (user, route, key) once and gives later senders the first one's answer.
/// The key is written before the effect and in its transaction, so a command that throws frees it and two at a time cannot both run.
/// The answer is kept encrypted, since it may hold personal data.
/// </summary>
internal sealed class Idempotency<TRequest, TResponse>(Db db, RequestKey requestKey, CurrentCaller current, PersonalData personal, TimeProvider time) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : ICommand<TResponse>
{
    private static readonly bool TakesNoKey = typeof(TRequest).IsDefined(typeof(OwnTransactionsAttribute), inherit: true)
        || typeof(TRequest).IsDefined(typeof(AnswerNotKeptAttribute), inherit: true);

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (requestKey.Value is not { } key || TakesNoKey || (requestKey.Command ??= request) != (object)request)
            return await next();

        var now = time.GetUtcNow();
        var row = new
        {
            current.Caller.UserName,
            key.Route,
            KeyValue = key.Text,
            key.BodySha256,
            CreatedAt = now,
            ExpiredAt = now - RequestKey.Kept,
        };
        await db.ExecuteAsync(IdempotencySql.DeleteExpired, row, cancellationToken);
        if (await db.QuerySingleOrDefaultAsync<StoredAnswer>(IdempotencySql.Find, row, cancellationToken) is { } stored)
        {
            if (stored.BodySha256 != key.BodySha256)
                throw new IdempotencyMismatch();
            return JsonSerializer.Deserialize<TResponse>(personal.Reveal(stored.ResponseJson)!, Json.Stored)!;
        }

        try
        {
            await db.ExecuteAsync(IdempotencySql.Insert, row, cancellationToken);
        }
        catch (UniqueConflict)
        {
            throw new IdempotencyKeyTaken();
        }

        var response = await next();
        var answer = personal.Protect(JsonSerializer.Serialize(response, Json.Options));
        await db.ExecuteAsync(IdempotencySql.Answer, new { row.UserName, row.Route, row.KeyValue, ResponseJson = answer }, cancellationToken);
        return response;
    }

    private sealed class StoredAnswer
    {
        public string BodySha256 { get; init; } = "";
        public string ResponseJson { get; init; } = "";
    }
}

/// <summary>The key table's texts, outside the generic behavior so that there is one of each.</summary>
internal static class IdempotencySql
{
    internal static readonly Sql Find = new(
        "SELECT [BodySha256], [ResponseJson] FROM [IdempotencyKey] WHERE [UserName] = @UserName AND [Route] = @Route AND [KeyValue] = @KeyValue");

    internal static readonly Sql IsAnswered = new(
        """
        SELECT COUNT(*) FROM [IdempotencyKey]
        WHERE [UserName] = @UserName AND [Route] = @Route AND [KeyValue] = @KeyValue AND [CreatedAt] >= @ExpiredAt AND [ResponseJson] IS NOT NULL
        """);

    internal static readonly Sql DeleteExpired = new(
        """
        DELETE FROM [IdempotencyKey]
        WHERE [UserName] = @UserName AND [Route] = @Route AND [KeyValue] = @KeyValue AND [CreatedAt] < @ExpiredAt
        """);

    internal static readonly Sql Insert = new(
        """
        INSERT INTO [IdempotencyKey] ([UserName], [Route], [KeyValue], [BodySha256], [CreatedAt])
        VALUES (@UserName, @Route, @KeyValue, @BodySha256, @CreatedAt)
        """);

    internal static readonly Sql Answer = new(
        """
        UPDATE [IdempotencyKey] SET [ResponseJson] = @ResponseJson
        WHERE [UserName] = @UserName AND [Route] = @Route AND [KeyValue] = @KeyValue
        """);
}
