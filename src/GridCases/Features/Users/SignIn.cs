using System.Diagnostics.Metrics;
using System.Text.Json.Serialization;
using FluentValidation;
using GridCases.Data;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;

namespace GridCases.Features.Users;

/// <summary>
/// A user signs in, and a session begins. After a number of failures the name is locked for some minutes, whether or not somebody has that name,
/// so that neither answers nor waiting times tell which names exist. Successes are never counted.
/// </summary>
public static class SignIn
{
    /// <summary>How long a sign-in lasts, and how many failures lock a name or an address, and for how long. Section <c>GridCases:SignIn</c>.</summary>
    public sealed class Settings
    {
        /// <summary>Failures that lock a name for the address they came from.</summary>
        public int Failures { get; set; } = 5;

        /// <summary>Failures that lock a name for all addresses.</summary>
        public int FailuresOfName { get; set; } = 20;

        /// <summary>Failures that lock an address for all names.</summary>
        public int FailuresOfAddress { get; set; } = 300;

        /// <summary>Minutes of the longest lock; failures older than this are forgotten.</summary>
        public int LockMinutes { get; set; } = 5;

        /// <summary>Days a refresh token can be used.</summary>
        public int RefreshDays { get; set; } = 14;

        /// <summary>Days after which one has to sign in again, whatever one did.</summary>
        public int SessionDays { get; set; } = 30;

        /// <summary>The latest end that a session can have, as far as the clocks of several servers may be apart.</summary>
        internal DateTimeOffset LatestEnd(DateTimeOffset now) => now.AddDays(2 * SessionDays);

        /// <summary>Roles whose holders have to give a code of an authenticator app beside the password.</summary>
        public IList<Domain.Role> SecondFactorRoles { get; } = [];

        /// <summary>Passwords that are checked at once; half of the processors unless said.</summary>
        public int HashesAtOnce { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);
    }

    [AllowedToAnyone, BeforePasswordChange, OwnTransactions]
    public sealed record Command : ICommand<Result>
    {
        /// <summary>Name, ignoring case, width and blanks around it.</summary>
        public string? UserName { get; init; }

        public string? Password { get; init; }

        /// <summary>The code of the authenticator app, or a recovery code; of who has one.</summary>
        public string? Code { get; init; }

        /// <summary>In place of the password, what was said when it was right and only the code was missing (<see cref="CodeRequired"/>): pages send it.</summary>
        [JsonIgnore]
        public string? Proof { get; init; }

        /// <summary>Whether a refresh token is wanted: the API's clients, not pages.</summary>
        public bool WithRefreshToken { get; init; }
    }

    public sealed record Result
    {
        public Guid UserId { get; init; }

        /// <summary>The name as stored.</summary>
        public string UserName { get; init; } = "";

        /// <summary>The session, by which every request says who asks.</summary>
        public Guid SessionId { get; init; }

        /// <summary>The language the user chose; null for none.</summary>
        public string? Language { get; init; }

        /// <summary>The refresh token, when one was wanted.</summary>
        public string? RefreshToken { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.UserName).NotEmpty().MaximumLength(64);
            RuleFor(c => c.Password).NotEmpty().When(c => c.Proof is null).MaximumLength(200);
            RuleFor(c => c.Code).MaximumLength(40);
        }
    }

    internal sealed class Handler(
        Db db, LocalSignIns local, SecondFactors second, SessionOpening opening, SignInFailures failures, PasswordChecks passwords, ReadAudit audit) : IRequestHandler<Command, Result>
    {
        private static readonly Counter<long> FailureCount =
            Telemetry.Meter.CreateCounter<long>("gridcases.sign_in.failures", "{failure}", "Sign-ins refused for a wrong name, password or code; those refused by a lock are not counted");

        private static readonly Sql FindUser = new(
            "SELECT [Id], [UserName], [PasswordHash], [SecurityStamp], [DeactivatedAt], [Language] FROM [AppUser] WHERE [NameKey] = @NameKey");

        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var nameKey = UserNames.KeyOf(request.UserName!);
            var nameHash = HexHash.OfText(nameKey);
            local.Demand(nameKey);
            await using var attempt = await failures.BeginAsync(nameHash, cancellationToken);

            var user = await db.QuerySingleOrDefaultAsync<Row>(FindUser, new { NameKey = nameKey }, cancellationToken);
            var isKnown = request.Proof is { } proof ? second.IsProof(proof, user?.Id, user?.SecurityStamp) : await passwords.VerifyAsync(user?.PasswordHash, request.Password!, cancellationToken);
            var isRight = isKnown && user!.DeactivatedAt is null && await local.AllowsAsync(user.Id, cancellationToken);
            var code = SecondFactors.Answer.NotAsked;
            var opened = await db.InTransactionAsync(async () =>
            {
                code = isRight ? await second.CheckAsync(user!.Id, request.Code, cancellationToken) : SecondFactors.Answer.NotAsked;
                if (code is SecondFactors.Answer.Missing)
                    return null;
                var verified = isRight && code is not SecondFactors.Answer.Wrong;
                if (verified)
                    await attempt.SucceedAsync(cancellationToken);
                else
                    await attempt.FailAsync(cancellationToken);
                if (user is not null)
                    await audit.SignInAsync(user.UserName, verified, cancellationToken);
                return verified ? await opening.OpenAsync(user!, request.WithRefreshToken, signedOn: false, cancellationToken) : null;
            }, cancellationToken);
            if (code is not SecondFactors.Answer.Missing)
                attempt.Ended();
            return opened ?? throw Refused(code, user);
        }

        /// <summary>Whoever has the password right is told what is wrong about the code; nobody else is told which was wrong.</summary>
        private NotSignedIn Refused(SecondFactors.Answer code, Row? user)
        {
            if (code is SecondFactors.Answer.Missing)
                return new CodeRequired(second.Prove(user!.Id, user.SecurityStamp));
            var what = code is SecondFactors.Answer.Wrong ? NotSignedIn.CodeRefused : NotSignedIn.SignInRefused;
            FailureCount.Add(1, new KeyValuePair<string, object?>("reason", what));
            return new NotSignedIn(what);
        }

        private sealed record Row : SessionOpening.User
        {
            public string PasswordHash { get; init; } = "";
            public DateTimeOffset? DeactivatedAt { get; init; }
        }
    }
}
