using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Users;
using GridCases.Pipeline;
using GridCases.Security;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.People;

/// <summary>
/// A new user with one or several roles. The temporary password is told in the answer alone, and is good for nothing but choosing another one. For the idempotency key the answer is
/// kept encrypted, as all answers are: a request sent again over a bad line must not leave a user whose password nobody was told.
/// </summary>
public static class CreateUser
{
    /// <summary>Most roles given at once.</summary>
    public const int MostRoles = 20;

    [AllowedTo(Role.Administrator)]
    public sealed record Command : ICommand<Result>
    {
        /// <summary>Name to sign in with; upper and lower case, wide and narrow characters make no difference.</summary>
        public string? UserName { get; init; }

        /// <summary>Name others read.</summary>
        public string? DisplayName { get; init; }

        public string? Phone { get; init; }

        public IReadOnlyList<RoleInput>? Roles { get; init; }
    }

    /// <summary>The user, and what to sign in with the first time.</summary>
    public sealed record Result(UserView User, string TemporaryPassword);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator(TimeProvider time)
        {
            RuleFor(c => c.UserName).UserName();
            RuleFor(c => c.DisplayName).NotEmpty();
            RuleFor(c => c.DisplayName).PersonName();
            RuleFor(c => c.Phone).Phone();
            RuleFor(c => c.Roles).NotEmpty().Must(roles => roles is null || roles.Count <= MostRoles).WithMessage(_ => Text.Field("TooMany", MostRoles));
            RuleForEach(c => c.Roles).NotNull().SetValidator(new RoleInput.Validator(time));
        }
    }

    internal sealed class Handler(Db db, UserRecords users, RoleGrants grants, PersonalData personal, ReadAudit audit, TimeProvider time) : IRequestHandler<Command, Result>
    {
        private static readonly Sql CountNames = new("SELECT COUNT(*) FROM AppUser WHERE NameKey = @nameKey OR UserName = @userName");

        private static readonly Sql Insert = new("""
            INSERT INTO AppUser (Id, UserName, NameKey, DisplayName, PasswordHash, SecurityStamp, PhoneCipher, PasswordChangeRequired)
            VALUES (@id, @userName, @nameKey, @displayName, @hash, @stamp, @phone, @required)
            """);

        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            var id = Guid.CreateVersion7(now);
            var userName = PersonRules.Stored(request.UserName!);
            var nameKey = UserNames.KeyOf(userName);
            var displayName = request.DisplayName!.Trim();
            var roles = await grants.ResolveAsync(request.Roles!, [], (i, field) => $"roles[{i}].{field}", cancellationToken);
            if (await db.QuerySingleAsync<int>(CountNames, new { nameKey, userName }, cancellationToken) > 0)
                throw new RuleViolation("UserNameTaken", userName);

            var password = Passwords.NewTemporary();
            var row = new
            {
                id,
                userName,
                nameKey,
                displayName,
                hash = Passwords.HashTemporary(password),
                stamp = Accounts.NewStamp(),
                phone = personal.Protect(request.Phone?.Trim()),
                required = true,
            };
            try
            {
                await db.ExecuteAsync(Insert, row, cancellationToken);
            }
            catch (UniqueConflict)
            {
                // Another administrator has just taken it.
                throw new RuleViolation("UserNameTaken", userName);
            }

            await grants.AddAsync(id, roles, cancellationToken);
            await audit.ChangedAsync(
                nameof(CreateUser), roles.OrderBy(r => r.UnitCode.Level).First().UnitCode, userName, null,
                new { displayName, hasPhone = row.phone is not null, roles = roles.Select(RoleGrants.Kept) }, cancellationToken);
            return new Result(await users.ViewAsync(userName, cancellationToken), password);
        }
    }
}
