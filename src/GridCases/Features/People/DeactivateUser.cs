using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.People;

/// <summary>
/// Somebody has left: signs in no more from the next request on, and holds no role any longer. The user stays on record, since journals and files name who did what.
/// </summary>
public static class DeactivateUser
{
    [AllowedTo(Role.Administrator)]
    public sealed record Command : ICommand<Result>, IUserMessage
    {
        /// <summary>The user, from the address.</summary>
        public string? UserName { get; init; }

        /// <summary>Why, for the audit and the journals of what is handed over.</summary>
        public string? Reason { get; init; }

        /// <summary>User name of the colleague who takes what waits for the leaver; without it, it waits on.</summary>
        public string? HandOverTo { get; init; }
    }

    /// <summary>The user, and what went over to the colleague, if one was named.</summary>
    public sealed record Result(UserView User, HandOver.Result? HandedOver);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Reason).RequiredText(400);
            RuleFor(c => c.HandOverTo).OptionalText(100);
        }
    }

    internal sealed class Handler(Db db, UserRecords users, Accounts accounts, DeputyRoles deputies, IMediator mediator, Caller caller, ReadAudit audit, TimeProvider time) : IRequestHandler<Command, Result>
    {
        private static readonly Sql End = new("UPDATE RoleAssignment SET ToDate = @To WHERE Id = @Id");

        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var user = await users.HoldAsync(request.UserName!, cancellationToken);
            user.DemandAccountOf(caller);
            user.DemandSomebodyElse(caller);
            user.DemandActive();

            // First, while the leaver still has the roles by which a colleague is found to be one.
            var handedOver = string.IsNullOrWhiteSpace(request.HandOverTo) ? null : await HandOverAsync(user, request, cancellationToken);
            var now = time.GetUtcNow().TruncatedToMilliseconds();
            var today = LocalTime.Day(now);
            await accounts.CloseAsync(user, now, cancellationToken);
            var ended = user.Roles.Where(r => r.State is not RoleState.Over).Select(r => r with { To = r.Term.EndedOn(null, today).To }).ToList();
            await db.ExecuteManyAsync(End, ended.Select(r => (object?)new { r.Id, r.To }).ToList(), cancellationToken);
            await deputies.KeepInStepAsync(user.Id, cancellationToken);
            await audit.ChangedAsync(
                nameof(DeactivateUser), user.UnitUnder(caller), user.UserName, new { roles = user.Roles.Where(r => r.State is not RoleState.Over).Select(RoleGrants.Kept) },
                new { deactivatedAt = now, request.Reason, roles = ended.Select(RoleGrants.Kept) }, cancellationToken);
            return new Result(await users.ViewAsync(user.UserName, cancellationToken), handedOver);
        }

        private async Task<HandOver.Result> HandOverAsync(UserRecord user, Command request, CancellationToken cancellationToken)
        {
            try
            {
                return await mediator.Send(new HandOver.Command(user.UserName, request.HandOverTo, request.Reason), cancellationToken);
            }
            catch (NotFound)
            {
                throw new InvalidInput("handOverTo", Text.Field("NoSuchColleague"));
            }
            catch (InvalidInput e) when (e.Errors.TryGetValue("to", out var sentences))
            {
                throw new InvalidInput(new Dictionary<string, string[]> { ["handOverTo"] = sentences });
            }
        }
    }
}
