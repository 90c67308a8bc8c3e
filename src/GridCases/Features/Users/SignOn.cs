using FluentValidation;
using GridCases.Data;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GridCases.Features.Users;

/// <summary>
/// Somebody whom the city's identity provider has signed in begins a session here, as the user who was linked with that identity. Signing on never makes a user.
/// </summary>
public static partial class SignOn
{
    /// <summary>The provider, and who may still sign in without it. Section <c>GridCases:SignOn</c>.</summary>
    public sealed class Settings
    {
        /// <summary>Address of the provider (OpenID Connect); empty for none.</summary>
        public string? Issuer { get; set; }

        /// <summary>What this installation is called there.</summary>
        public string? ClientId { get; set; }

        /// <summary>The secret that goes with it.</summary>
        public string? ClientSecret { get; set; }

        /// <summary>What the button says behind "sign in with"; the program's own words unless said.</summary>
        public string? Name { get; set; }

        /// <summary>The claim that holds the user name, for <see cref="LinkByUserName"/>.</summary>
        public string UserNameClaim { get; set; } = "preferred_username";

        /// <summary>Whether an identity that nobody is linked with becomes, at its first sign-in, that of the user of the same name. Only for a provider that never gives a name to somebody else.</summary>
        public bool LinkByUserName { get; set; }

        /// <summary>Who may sign in with a password of this program.</summary>
        public LocalSignIn LocalSignIn { get; set; }

        /// <summary>The administrators who may, when others may not: user names.</summary>
        public IList<string> LocalAdministrators { get; } = [];

        /// <summary>Whether there is a provider.</summary>
        public bool IsOn => !string.IsNullOrEmpty(Issuer);
    }

    /// <summary>What the provider says of who signed in there. It is sent by the page that the provider's answer leads to, once that answer has been checked, and by nobody else.</summary>
    /// <param name="Issuer">The provider, as its token names it.</param>
    /// <param name="Subject">Who it is there, for ever.</param>
    /// <param name="UserName">The user name that it tells; null for none.</param>
    [AllowedToAnyone, BeforePasswordChange]
    public sealed record Command(string Issuer, string Subject, string? UserName) : ICommand<SignIn.Result>;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Issuer).NotEmpty().MaximumLength(300);
            RuleFor(c => c.Subject).NotEmpty().MaximumLength(255);
        }
    }

    internal sealed partial class Handler(
        Db db, SessionOpening opening, ReadAudit audit, IOptions<Settings> settings, [FromKeyedServices(ShiftedTimeProvider.Machine)] TimeProvider time, ILogger<Handler> logger)
        : IRequestHandler<Command, SignIn.Result>
    {
        private const string Columns = "u.[Id], u.[UserName], u.[SecurityStamp], u.[Language]";

        private static readonly Sql FindLinked = new(
            $"SELECT {Columns} FROM [ExternalLogin] e JOIN [AppUser] u ON u.[Id] = e.[UserId] WHERE e.[Issuer] = @Issuer AND e.[Subject] = @Subject AND u.[DeactivatedAt] IS NULL");

        private static readonly Sql IsLinked = new("SELECT COUNT(*) FROM [ExternalLogin] WHERE [Issuer] = @Issuer AND [Subject] = @Subject");

        // A user who is linked with another identity of the same provider is not this one, whatever it is called now.
        private static readonly Sql FindByName = new($"""
            SELECT {Columns} FROM [AppUser] u WHERE u.[NameKey] = @nameKey AND u.[DeactivatedAt] IS NULL
                AND NOT EXISTS (SELECT 1 FROM [ExternalLogin] e WHERE e.[UserId] = u.[Id] AND e.[Issuer] = @Issuer)
            """);

        public async Task<SignIn.Result> Handle(Command command, CancellationToken cancellationToken)
        {
            var request = command with { Issuer = ExternalLogins.Normal(command.Issuer) };
            var user = await db.QuerySingleOrDefaultAsync<SessionOpening.User>(FindLinked, request, cancellationToken) ?? await LinkAsync(request, cancellationToken);
            if (user is null)
            {
                Unknown(request.Issuer);
                throw new NotSignedIn(NotSignedIn.SignOnUnknown);
            }

            await audit.SignInAsync(user.UserName, true, cancellationToken);
            return await opening.OpenAsync(user, withRefreshToken: false, signedOn: true, cancellationToken);
        }

        private async Task<SessionOpening.User?> LinkAsync(Command request, CancellationToken cancellationToken)
        {
            if (!settings.Value.LinkByUserName || string.IsNullOrWhiteSpace(request.UserName) || await db.QuerySingleAsync<int>(IsLinked, request, cancellationToken) > 0)
                return null;
            var user = await db.QuerySingleOrDefaultAsync<SessionOpening.User>(FindByName, new { nameKey = UserNames.KeyOf(request.UserName), request.Issuer }, cancellationToken);
            if (user is null)
                return null;
            try
            {
                await db.ExecuteAsync(ExternalLogins.Insert, new { request.Issuer, request.Subject, UserId = user.Id, LinkedBy = user.UserName, Now = time.GetUtcNow() }, cancellationToken);
            }
            catch (UniqueConflict)
            {
                // Another window of the same person, or another identity that was faster.
                return await db.QuerySingleOrDefaultAsync<SessionOpening.User>(FindLinked, request, cancellationToken);
            }

            await audit.ChangedAsync(nameof(LinkExternalLogin), null, user.UserName, null, new { request.Issuer }, cancellationToken);
            return user;
        }

        [LoggerMessage(Level = LogLevel.Warning, Message = "Somebody signed on from {Issuer} whom no user is linked with")]
        private partial void Unknown(string issuer);
    }
}

/// <summary>Who may sign in with a password of this program.</summary>
public enum LocalSignIn
{
    /// <summary>Every user.</summary>
    Everybody,

    /// <summary>Only the administrators that the settings name, for when the provider cannot be reached.</summary>
    Administrators,
}

/// <summary>Whether a name may sign in with a password of this program, or has to come by the identity provider.</summary>
public sealed class LocalSignIns(Db db, TimeProvider time, IOptions<SignOn.Settings> settings)
{
    private static readonly Sql IsAdministrator = new("""
        SELECT COUNT(*) FROM [RoleAssignment] WHERE [UserId] = @userId AND [Role] = 'Administrator' AND [FromDate] <= @today AND ([ToDate] IS NULL OR [ToDate] >= @today)
        """);

    /// <summary>Demands that the name is one of those; asked before the password, so that nothing is learnt of who has that name.</summary>
    /// <exception cref="NotSignedIn">It is not.</exception>
    public void Demand(string nameKey)
    {
        if (settings.Value.LocalSignIn is LocalSignIn.Administrators && !settings.Value.LocalAdministrators.Any(name => UserNames.KeyOf(name) == nameKey))
            throw new NotSignedIn(NotSignedIn.LocalSignInClosed);
    }

    /// <summary>Whether the user is an administrator, where only these may.</summary>
    public async Task<bool> AllowsAsync(Guid userId, CancellationToken cancellationToken) =>
        settings.Value.LocalSignIn is LocalSignIn.Everybody
        || await db.QuerySingleAsync<int>(IsAdministrator, new { userId, today = Domain.LocalTime.Day(time.GetUtcNow()) }, cancellationToken) > 0;
}
