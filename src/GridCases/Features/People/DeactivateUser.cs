using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;

namespace GridCases.Features.People;

/// <summary>
/// Somebody has left: signs in no more from the next request on, and holds no role any longer. The user stays on record, since journals and files name who did what.
/// </summary>
public static class DeactivateUser
{
    [AllowedTo(Role.Administrator)]
    public sealed record Command : ICommand<UserView>, IUserMessage
    {
        /// <summary>The user, from the address.</summary>
        public string? UserName { get; init; }

        /// <summary>Why, for the audit.</summary>
        public string? Reason { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Reason).RequiredText(400);
    }

    internal sealed class Handler(Db db, UserRecords users, Accounts accounts, Caller caller, ReadAudit audit, TimeProvider time) : IRequestHandler<Command, UserView>
    {
        private static readonly Sql End = new("UPDATE RoleAssignment SET ToDate = @To WHERE Id = @Id");

        public async Task<UserView> Handle(Command request, CancellationToken cancellationToken)
        {
            var user = await users.HoldAsync(request.UserName!, cancellationToken);
            user.DemandAccountOf(caller);
            user.DemandSomebodyElse(caller);
            user.DemandActive();

            var now = time.GetUtcNow().TruncatedToMilliseconds();
            var today = LocalTime.Day(now);
            await accounts.CloseAsync(user, now, cancellationToken);
            var ended = user.Roles.Where(r => r.State is not RoleState.Over).Select(r => r with { To = r.Term.EndedOn(null, today).To }).ToList();
            await db.ExecuteManyAsync(End, ended.Select(r => (object?)new { r.Id, r.To }).ToList(), cancellationToken);
            await audit.ChangedAsync(
                nameof(DeactivateUser), user.UnitUnder(caller), user.UserName, new { roles = user.Roles.Where(r => r.State is not RoleState.Over).Select(RoleGrants.Kept) },
                new { deactivatedAt = now, request.Reason, roles = ended.Select(RoleGrants.Kept) }, cancellationToken);
            return await users.ViewAsync(user.UserName, cancellationToken);
        }
    }
}
