using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.People;

/// <summary>Ends a role: with the day that is named, or at once. Nothing is deleted; a role that had not begun stays on record as one that never was held.</summary>
public static class EndRole
{
    [AllowedTo(Role.Administrator)]
    public sealed record Command : ICommand<HeldRole>, IUserMessage
    {
        /// <summary>The user, from the address.</summary>
        public string? UserName { get; init; }

        /// <summary>The role, from the address.</summary>
        public Guid RoleId { get; init; }

        /// <summary>The last day on which it is held; without it, it is over with the next request.</summary>
        public DateOnly? On { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator(TimeProvider time) => RuleFor(c => c.On).PlausibleDay()
            .Must(day => day is null || day >= LocalTime.Day(time.GetUtcNow()).AddDays(-1)).WithMessage(_ => Text.Field("LastDayInPast"));
    }

    internal sealed class Handler(Db db, UserRecords users, DeputyRoles deputies, Caller caller, ReadAudit audit, TimeProvider time) : IRequestHandler<Command, HeldRole>
    {
        private static readonly Sql End = new("UPDATE RoleAssignment SET ToDate = @To WHERE Id = @Id");

        public async Task<HeldRole> Handle(Command request, CancellationToken cancellationToken)
        {
            var user = await users.HoldAsync(request.UserName!, cancellationToken);
            var role = user.RolesUnder(caller).FirstOrDefault(r => r.Id == request.RoleId) ?? throw new NotFound($"role {request.RoleId}");
            user.DemandSomebodyElse(caller);
            if (role.DeputyFor is not null)
                throw new RuleViolation("RoleOfDeputy");
            if (request.On < role.From)
                throw new InvalidInput("on", Text.Field("EndsBeforeItBegins"));

            var today = LocalTime.Day(time.GetUtcNow());
            var term = role.Term.EndedOn(request.On, today);
            var ended = role with { To = term.To, State = term.On(today) };
            await db.ExecuteAsync(End, new { ended.Id, ended.To }, cancellationToken);
            await deputies.KeepInStepAsync(user.Id, cancellationToken);
            await audit.ChangedAsync(nameof(EndRole), role.UnitCode, user.UserName, RoleGrants.Kept(role), RoleGrants.Kept(ended), cancellationToken);
            return ended;
        }
    }
}
