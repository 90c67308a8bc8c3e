namespace GridCases.Pipeline;

#pragma warning disable CA1032 // these carry what an answer needs; nobody else makes them
#pragma warning disable CA1710 // named as the answer they become

/// <summary>Not there, or outside the caller's scope: the caller cannot tell which. 404.</summary>
/// <param name="what">What was looked for, for the log; never shown.</param>
public sealed class NotFound(string what) : Exception($"Not found: {what}");

/// <summary>It was there once and is no more: what is given a single time, or a file that was lost. 410.</summary>
/// <param name="code">Key of the sentence in Texts/Errors.</param>
public sealed class Gone(string code) : Exception($"Gone: {code}")
{
    /// <summary>The temporary passwords of an import have been fetched.</summary>
    public const string CredentialsTaken = nameof(CredentialsTaken);

    /// <summary>An attachment's file is missing or damaged on the server.</summary>
    public const string FileLost = nameof(FileLost);

    /// <summary>Key of the sentence in Texts/Errors.</summary>
    public string Code { get; } = code;
}

/// <summary>Nobody is signed in, or the sign-in was refused. 401.</summary>
/// <param name="code">Key of the sentence in Texts/Errors.</param>
public class NotSignedIn(string code = NotSignedIn.SignInNeeded) : Exception($"Not signed in: {code}")
{
    /// <summary>The message needs somebody signed in.</summary>
    public const string SignInNeeded = nameof(SignInNeeded);

    /// <summary>User name or password is wrong.</summary>
    public const string SignInRefused = nameof(SignInRefused);

    /// <summary>The refresh token is unknown, used or expired.</summary>
    public const string TokenRefused = nameof(TokenRefused);

    /// <summary>Whom the identity provider has signed in is no user here.</summary>
    public const string SignOnUnknown = nameof(SignOnUnknown);

    /// <summary>Users come by the identity provider; passwords are for the administrators whom the settings name.</summary>
    public const string LocalSignInClosed = nameof(LocalSignInClosed);

    /// <summary>The code of the authenticator app is wrong, or was used already.</summary>
    public const string CodeRefused = nameof(CodeRefused);

    /// <summary>Key of the sentence in Texts/Errors.</summary>
    public string Code { get; } = code;
}

/// <summary>The password is right; the code of the authenticator app is still to be given. 401.</summary>
/// <param name="proof">Stands for the password for some minutes, so that a page need not ask for it again.</param>
public sealed class CodeRequired(string proof) : NotSignedIn(nameof(CodeRequired))
{
    /// <inheritdoc cref="CodeRequired(string)"/>
    public string Proof { get; } = proof;
}

/// <summary>One of the caller's roles demands an authenticator app, which is to be set up before anything else. 403.</summary>
public sealed class SecondFactorRequired() : Exception("An authenticator app has to be set up first");

/// <summary>The caller holds none of the roles that may send this message, or not where it would count. 403.</summary>
/// <param name="message">Name of the message, for the log.</param>
/// <param name="code">Key of the sentence in Texts/Errors.</param>
public sealed class AccessDenied(string message, string code = AccessDenied.Forbidden) : Exception($"Not allowed to send {message}")
{
    /// <summary>None of the roles.</summary>
    public const string Forbidden = nameof(Forbidden);

    /// <summary>The account belongs to somebody who serves outside of the caller's units too.</summary>
    public const string ServesElsewhere = nameof(ServesElsewhere);

    /// <summary>Key of the sentence in Texts/Errors.</summary>
    public string Code { get; } = code;
}

/// <summary>The caller has a temporary password and has to change it before anything else. 403.</summary>
public sealed class PasswordChangeRequired() : Exception("The password has to be changed first");

/// <summary>Fields that cannot be accepted, all of them at once. 400.</summary>
/// <param name="errors">Sentences by field; fields are JSON paths such as <c>parties[0].name</c>, <c>$</c> is the body as a whole.</param>
public sealed class InvalidInput(IReadOnlyDictionary<string, string[]> errors)
    : Exception($"Invalid: {string.Join(", ", errors.Keys)}")
{
    /// <summary>One field, one sentence.</summary>
    public InvalidInput(string field, string sentence)
        : this(new Dictionary<string, string[]> { [field] = [sentence] })
    {
    }

    public IReadOnlyDictionary<string, string[]> Errors { get; } = errors;

    /// <summary>The message as far as it could be read, of which more may be wrong; null where nothing could.</summary>
    public object? Unfinished { get; init; }
}

/// <summary>Somebody else changed it meanwhile. 412.</summary>
/// <param name="current">The version that is stored now, when known.</param>
public sealed class StaleVersion(long? current = null) : Exception("Stale version")
{
    /// <summary>The version that is stored now, when known.</summary>
    public long? Current { get; } = current;
}

/// <summary>The version the change was made for is missing (<c>If-Match</c>). 428.</summary>
public sealed class MissingVersion() : Exception("Missing version");

/// <summary>The idempotency key was used with another body. 422.</summary>
public sealed class IdempotencyMismatch() : Exception("Idempotency key used with another body");

/// <summary>A file has more bytes than are taken. 413.</summary>
/// <param name="most">Most bytes.</param>
public sealed class FileTooLarge(long most) : Exception($"More than {most} bytes")
{
    /// <summary>Most bytes.</summary>
    public long Most { get; } = most;
}

/// <summary>A file does not fit into what is left of the room for files: 413; or no file does any more, which is nothing about this one: 503.</summary>
/// <param name="code">Key of the sentence in Texts/Errors.</param>
/// <param name="megabytes">The numbers in it.</param>
public sealed class NoRoom(string code, params object[] megabytes) : Exception($"No room: {code}")
{
    /// <summary>The files of the case take as much as a case may.</summary>
    public const string CaseFull = nameof(CaseFull);

    /// <summary>The files of all cases take as much as they may, or as the disk holds.</summary>
    public const string StorageFull = nameof(StorageFull);

    /// <summary>As <see cref="StorageFull"/>, and not even an empty file would fit.</summary>
    public const string NothingLeft = nameof(NothingLeft);

    /// <summary>Key of the sentence in Texts/Errors.</summary>
    public string Code { get; } = code;

    /// <summary>The numbers in the sentence.</summary>
    public object[] Megabytes { get; } = megabytes;
}

/// <summary>Too many failures, or too much asked at once; to be tried again later. 429.</summary>
/// <param name="retryAfter">How long to wait.</param>
/// <param name="code">Key of the sentence in Texts/Errors.</param>
public sealed class Throttled(TimeSpan retryAfter, string code = nameof(Throttled)) : Exception($"{code} for {retryAfter}")
{
    /// <summary>As many read much as the server can bear.</summary>
    public const string TooBusy = nameof(TooBusy);

    /// <summary>As many passwords are being checked as the server can bear.</summary>
    public const string ManySignIns = nameof(ManySignIns);

    /// <summary>One address asked too often.</summary>
    public const string TooManyRequests = nameof(TooManyRequests);

    /// <summary>Key of the sentence in Texts/Errors.</summary>
    public string Code { get; } = code;

    /// <summary>How long to wait.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}
