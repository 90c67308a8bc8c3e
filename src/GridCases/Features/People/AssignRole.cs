using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;

namespace GridCases.Features.People;

/// <summary>Gives a user another role, from its first day on.</summary>
public static class AssignRole
{
    [AllowedTo(Domain.Role.Administrator)]
    public sealed record Command : RoleInput, ICommand<HeldRole>, IUserMessage
    {
        /// <summary>The user, from the address.</summary>
        public string? UserName { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator(TimeProvider time) => Include(new RoleInput.Validator(time));
    }

    internal sealed class Handler(UserRecords users, RoleGrants grants, DeputyRoles deputies, Caller caller, ReadAudit audit) : IRequestHandler<Command, HeldRole>
    {
        public async Task<HeldRole> Handle(Command request, CancellationToken cancellationToken)
        {
            var user = await users.HoldAsync(request.UserName!, cancellationToken);
            user.DemandSomebodyElse(caller);
            user.DemandActive();
            var role = (await grants.ResolveAsync([request], user.Roles, (_, field) => field, cancellationToken)).Single();
            await grants.AddAsync(user.Id, [role], cancellationToken);
            await deputies.KeepInStepAsync(user.Id, cancellationToken);
            await audit.ChangedAsync(nameof(AssignRole), role.UnitCode, user.UserName, null, RoleGrants.Kept(role), cancellationToken);
            return role;
        }
    }
}
