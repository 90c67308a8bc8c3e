using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Users;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Installation;

/// <summary>
/// Makes the city and its first administrator in a database without users, so that somebody can sign in and bring in the rest.
/// Does nothing once there is a user.
/// </summary>
public static class CreateFirstAdministrator
{
    /// <summary>The message, which is also the configuration section <c>GridCases:FirstAdministrator</c>.</summary>
    [AllowedToSystem]
    public sealed record Command : ICommand<bool>
    {
        /// <summary>Name to sign in with.</summary>
        public string? UserName { get; init; }

        /// <summary>Password, by the city's rules of passwords. It may leave the configuration after the first start.</summary>
        public string? Password { get; init; }

        /// <summary>Code of the city, four digits.</summary>
        public string? CityCode { get; init; }

        /// <summary>Name of the city.</summary>
        public string? CityName { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.UserName).RequiredText(64);
            RuleFor(c => c.Password).NotEmpty().MaximumLength(200);
            RuleFor(c => c.CityCode).Must(code => UnitCode.TryParse(code) is { Level: UnitLevel.City });
            RuleFor(c => c.CityName).RequiredText(100);
        }
    }

    internal sealed class Handler(Db db, PasswordRules rules, TimeProvider time) : IRequestHandler<Command, bool>
    {
        private static readonly Sql CountUsers = new("SELECT COUNT(*) FROM [AppUser]");

        public async Task<bool> Handle(Command request, CancellationToken cancellationToken)
        {
            await db.ExecuteAsync(Migrator.OneServerAtATime, null, cancellationToken);
            if (await db.QuerySingleAsync<long>(CountUsers, null, cancellationToken) > 0)
                return false;
            if (rules.Broken(request.Password!, request.UserName!).ToArray() is { Length: > 0 } broken)
                throw new InvalidInput(new Dictionary<string, string[]> { ["password"] = broken });

            var now = time.GetUtcNow();
            var city = new UnitCode(request.CityCode!);
            var user = new NewUser(Guid.CreateVersion7(now), request.UserName!.Trim(), request.UserName.Trim(), Passwords.Hash(request.Password!));
            await NewRows.AddUnitAsync(db, city, request.CityName!.Trim(), cancellationToken);
            await NewRows.AddUserAsync(db, user, new RoleInUnit(Role.Administrator, city), LocalTime.Day(now), now, cancellationToken);
            return true;
        }
    }
}
