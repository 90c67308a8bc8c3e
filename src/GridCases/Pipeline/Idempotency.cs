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

/// <summary>
/// Innermost behavior of commands: does the command of a (user, route, key) once and gives later senders the first one's answer.
/// The key is written in the transaction of the effect, so a command that throws frees it and of two at a time one is overtaken by the other and gets its answer.
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
        var row = new Row(current.Caller.UserName, key.Route, key.Text, key.BodySha256, now, now - RequestKey.Kept, null);
        var stored = await db.QuerySingleOrDefaultAsync<StoredAnswer>(IdempotencySql.Find, row, cancellationToken);
        if (stored is not null && stored.CreatedAt >= row.ExpiredAt)
        {
            if (stored.BodySha256 != key.BodySha256)
                throw new IdempotencyMismatch();
            return JsonSerializer.Deserialize<TResponse>(personal.Reveal(stored.ResponseJson)!, Json.Stored)!;
        }

        var writes = new List<Write>();
        if (stored is not null)
            writes.Add(Write.Guard(IdempotencySql.DeleteExpired, row));
        if (db.WritesLast)
        {
            // The answer last: a case gets its number only when it is written.
            var decided = await next();
            await db.WriteAsync(writes, cancellationToken);
            await db.WriteAsync(
                session => session.WriteAsync([Write.Guard(IdempotencySql.InsertAnswered, row with { ResponseJson = Sealed(decided) })], CancellationToken.None), cancellationToken);
            return decided;
        }

        // The key first: whoever has the same one waits for it, or is overtaken.
        await db.WriteAsync([.. writes, Write.Guard(IdempotencySql.Insert, row)], cancellationToken);
        var response = await next();
        await db.ExecuteAsync(IdempotencySql.Answer, row with { ResponseJson = Sealed(response) }, cancellationToken);
        return response;
    }

    private string? Sealed(TResponse response) => personal.Protect(JsonSerializer.Serialize(response, Json.Options));

    private sealed class StoredAnswer
    {
        public string BodySha256 { get; init; } = "";
        public string ResponseJson { get; init; } = "";
        public DateTimeOffset CreatedAt { get; init; }
    }

    private sealed record Row(string UserName, string Route, string KeyValue, string BodySha256, DateTimeOffset CreatedAt, DateTimeOffset ExpiredAt, string? ResponseJson);
}

/// <summary>The key table's texts, outside the generic behavior so that there is one of each.</summary>
internal static class IdempotencySql
{
    internal static readonly Sql Find = new(
        "SELECT [BodySha256], [ResponseJson], [CreatedAt] FROM [IdempotencyKey] WHERE [UserName] = @UserName AND [Route] = @Route AND [KeyValue] = @KeyValue");

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

    internal static readonly Sql InsertAnswered = new(
        """
        INSERT INTO [IdempotencyKey] ([UserName], [Route], [KeyValue], [BodySha256], [CreatedAt], [ResponseJson])
        VALUES (@UserName, @Route, @KeyValue, @BodySha256, @CreatedAt, @ResponseJson)
        """);

    internal static readonly Sql Answer = new(
        """
        UPDATE [IdempotencyKey] SET [ResponseJson] = @ResponseJson
        WHERE [UserName] = @UserName AND [Route] = @Route AND [KeyValue] = @KeyValue
        """);
}
