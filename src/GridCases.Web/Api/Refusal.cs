using System.Globalization;
using GridCases.Attachments;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Texts;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Api;

/// <summary>
/// What a person or a program is told when something was refused: the one place where exceptions become answers.
/// The API writes it as a problem, pages show its sentences.
/// </summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Type">Stable name, the last part of the problem's <c>type</c>.</param>
/// <param name="Title">A sentence to act on, in the caller's language.</param>
public sealed record Refusal(int Status, string Type, string Title)
{
    /// <summary>Largest body of an API request, in bytes.</summary>
    public const int LargestBody = 1024 * 1024;

    // When to ask again: a database that was merely busy, and one that somebody has to look after.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(10);

    /// <summary>Sentences by field, for 400.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>Code of the broken rule, for 409.</summary>
    public string? Rule { get; init; }

    /// <summary>When to try again, for 429 and 503.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The refusal that an exception means; null for a fault of ours.</summary>
    public static Refusal? Of(Exception exception) => exception switch
    {
        InvalidInput e => For(StatusCodes.Status400BadRequest) with { Errors = e.Errors },
        CodeRequired e => new Refusal(StatusCodes.Status401Unauthorized, "code-required", Text.Error(e.Code)),
        NotSignedIn e => For(StatusCodes.Status401Unauthorized) with { Title = Text.Error(e.Code) },
        PasswordChangeRequired => new Refusal(StatusCodes.Status403Forbidden, "password-change-required", Text.Error("PasswordChangeRequired")),
        SecondFactorRequired => new Refusal(StatusCodes.Status403Forbidden, "second-factor-required", Text.Error("SecondFactorRequired")),
        AccessDenied e => For(StatusCodes.Status403Forbidden) with { Title = Text.Error(e.Code) },
        NotAllowed e => For(StatusCodes.Status403Forbidden) with { Title = Text.Error("NotHolder", e.Action) },
        NotFound => For(StatusCodes.Status404NotFound),
        Gone e => new Refusal(StatusCodes.Status410Gone, "gone", Text.Error(e.Code)),
        RuleViolation e => new Refusal(StatusCodes.Status409Conflict, "rule", Text.Rule(e.Code, e.Args)) { Rule = e.Code },
        UniqueConflict => For(StatusCodes.Status409Conflict),
        StaleVersion => For(StatusCodes.Status412PreconditionFailed),
        FileTooLarge e => For(StatusCodes.Status413PayloadTooLarge) with { Title = Text.Error("FileTooLarge", e.Most / 1024 / 1024) },
        Jobs.ClockInDoubt => For(StatusCodes.Status503ServiceUnavailable) with { Title = Text.Error("ClockInDoubt") },
        NoRoom { Code: NoRoom.NothingLeft } e => For(StatusCodes.Status503ServiceUnavailable) with { Title = Text.Error(e.Code), RetryAfter = Later },
        NoRoom e => For(StatusCodes.Status413PayloadTooLarge) with { Title = Text.Error(e.Code, e.Megabytes) },
        IdempotencyMismatch => For(StatusCodes.Status422UnprocessableEntity),
        MissingVersion => For(StatusCodes.Status428PreconditionRequired),
        Throttled e => For(StatusCodes.Status429TooManyRequests) with
        {
            Title = Text.Error(e.Code, Seconds(e.RetryAfter)),
            RetryAfter = e.RetryAfter,
        },
        StorageUnavailable e => For(StatusCodes.Status503ServiceUnavailable) with { RetryAfter = e.IsMomentary ? Soon : Later },
        AttachmentsAway => For(StatusCodes.Status503ServiceUnavailable) with { Title = Text.Error("AttachmentsAway"), RetryAfter = AttachmentsAway.RetryAfter },
        BadHttpRequestException { StatusCode: >= 400 and < 500 } e => For(e.StatusCode),
        _ => null,
    };

    /// <summary>What a bare status says.</summary>
    public static Refusal For(int status) => status switch
    {
        StatusCodes.Status400BadRequest => new(status, "validation", Text.Error("Validation")),
        StatusCodes.Status401Unauthorized => new(status, "sign-in", Text.Error("SignInNeeded")),
        StatusCodes.Status403Forbidden => new(status, "forbidden", Text.Error("Forbidden")),
        StatusCodes.Status404NotFound => new(status, "not-found", Text.Error("NotFound")),
        StatusCodes.Status405MethodNotAllowed => new(status, "method-not-allowed", Text.Error("MethodNotAllowed")),
        StatusCodes.Status409Conflict => new(status, "conflict", Text.Error("Conflict")),
        StatusCodes.Status412PreconditionFailed => new(status, "stale-version", Text.Error("StaleVersion")),
        StatusCodes.Status413PayloadTooLarge => new(status, "too-large", Text.Error("TooLarge", LargestBody / 1024)),
        StatusCodes.Status415UnsupportedMediaType => new(status, "unsupported-media-type", Text.Error("UnsupportedMediaType")),
        StatusCodes.Status422UnprocessableEntity => new(status, "idempotency-key", Text.Error("IdempotencyMismatch")),
        StatusCodes.Status428PreconditionRequired => new(status, "version-required", Text.Error("VersionRequired")),
        StatusCodes.Status429TooManyRequests => new(status, "throttled", Text.Error("TooManyRequests", 60)),
        StatusCodes.Status503ServiceUnavailable => new(status, "unavailable", Text.Error("Unavailable")),
        >= 500 => new(status, "internal", Text.Error("Internal")),
        _ => new(status, "bad-request", Text.Error("BadRequest")),
    };

    /// <summary>The status, and when to try again: what a page's answer and a problem have in common.</summary>
    public void ApplyTo(HttpResponse response)
    {
        response.StatusCode = Status;
        if (RetryAfter is { } wait)
            response.Headers.RetryAfter = Seconds(wait).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Answers the request with <c>application/problem+json</c>.</summary>
    public async Task WriteAsync(HttpContext context)
    {
        var problem = new ProblemDetails { Status = Status, Type = $"/problems/{Type}", Title = Title };
        problem.Extensions["traceId"] = TraceId(context);
        if (Status == StatusCodes.Status400BadRequest)
            problem.Extensions["errors"] = Errors ?? new Dictionary<string, string[]> { ["$"] = [Text.Error("BadRequest")] };
        if (Rule is not null)
            problem.Extensions["rule"] = Rule;
        ApplyTo(context.Response);
        await context.Response.WriteAsJsonAsync(problem, Json.Options, "application/problem+json", context.RequestAborted);
    }

    /// <summary>Under which the logs know this request.</summary>
    public static string TraceId(HttpContext context) => System.Diagnostics.Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;

    private static int Seconds(TimeSpan wait) => Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
}
