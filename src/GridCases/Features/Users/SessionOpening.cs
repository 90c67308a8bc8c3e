using GridCases.Pipeline;

namespace GridCases.Features.Users;

/// <summary>The last step of every sign-in, whoever has answered for the user: a session begins.</summary>
public sealed class SessionOpening(Caller caller, Sessions sessions, RefreshTokens refreshTokens)
{
    /// <summary>Begins it.</summary>
    /// <param name="user">Whose it is.</param>
    /// <param name="withRefreshToken">Whether it is a program's, which renews its access by a token.</param>
    /// <param name="signedOn">Whether an identity provider answers for the user.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task<SignIn.Result> OpenAsync(User user, bool withRefreshToken, bool signedOn, CancellationToken cancellationToken)
    {
        // A browser has one cookie: the session of the one that it had is nobody's now.
        if (!withRefreshToken && caller.IsSignedIn)
            await sessions.EndAsync(caller.SessionId, caller.UserId, cancellationToken);
        var session = await sessions.BeginAsync(user.Id, user.SecurityStamp, withRefreshToken ? SignInKind.Program : SignInKind.Page, signedOn, cancellationToken);
        return new SignIn.Result
        {
            UserId = user.Id,
            UserName = user.UserName,
            SessionId = session.Id,
            Language = user.Language,
            RefreshToken = withRefreshToken ? await refreshTokens.IssueAsync(session, cancellationToken) : null,
        };
    }

    /// <summary>Of a user what a session needs.</summary>
    public record User
    {
        public Guid Id { get; init; }

        /// <summary>The name as stored.</summary>
        public string UserName { get; init; } = "";

        /// <summary>The stamp under which somebody has answered for the user.</summary>
        public string SecurityStamp { get; init; } = "";

        /// <summary>The language the user chose; null for none.</summary>
        public string? Language { get; init; }
    }
}
