using FluentValidation;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.People;

/// <summary>Gives several users a temporary password each, for slips of paper that are printed together: all of them or none.</summary>
public static class ResetPasswords
{
    /// <summary>Most users at once: ten sheets of paper.</summary>
    public const int Most = 200;

    [AllowedTo(Role.Administrator)]
    public sealed record Command(IReadOnlyList<string>? UserNames) : ICommand<IReadOnlyList<Slip>>;

    /// <summary>What stands on one slip.</summary>
    /// <param name="UserName">Name to sign in with.</param>
    /// <param name="DisplayName">Whose it is.</param>
    /// <param name="UnitName">Unit or organisation, to find the person by.</param>
    /// <param name="TemporaryPassword">The password, told once.</param>
    public sealed record Slip(string UserName, string DisplayName, string UnitName, string TemporaryPassword)
    {
        /// <summary>The slip of a user whose password was just set.</summary>
        public static Slip Of(UserView user, string password)
        {
            var role = user.Roles.OrderBy(r => r.State is RoleState.Held ? 0 : r.State is RoleState.Coming ? 1 : 2).First();
            return new(user.UserName, user.DisplayName, role.OrganisationName ?? role.UnitName, password);
        }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.UserNames).NotEmpty().WithMessage(_ => Text.Field("NobodyChosen"))
            .Must(names => names is null || names.Count <= Most).WithMessage(_ => Text.Field("TooMany", Most));
    }

    internal sealed class Handler(UserRecords users, Accounts accounts, Caller caller, PersonalData personal, ReadAudit audit) : IRequestHandler<Command, IReadOnlyList<Slip>>
    {
        public async Task<IReadOnlyList<Slip>> Handle(Command request, CancellationToken cancellationToken)
        {
            var slips = new List<Slip>();

            // In one order, so that two lists never wait for one another.
            foreach (var name in request.UserNames!.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal))
            {
                var user = await users.HoldAsync(name, cancellationToken);
                if (user.ServesOutside(caller) || user.Id == caller.UserId || user.DeactivatedAt is not null)
                    throw new InvalidInput("userNames", Text.Field("NotToBeReset", user.UserName));
                slips.Add(Slip.Of(user.ViewFor(caller, personal, inFull: false), await accounts.ResetAsync(user, cancellationToken)));
                await audit.ChangedAsync(nameof(ResetPassword), user.UnitUnder(caller), user.UserName, null, new { passwordChanged = true }, cancellationToken);
            }

            return slips;
        }
    }
}
