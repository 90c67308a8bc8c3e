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
/// Somebody stands in for a colleague on some days. Everybody names a deputy for oneself, among those who serve in the same unit or organisation; an administrator for anybody in the area.
/// Nobody raises oneself by it: one is not one's own appointed deputy, and an administrator's role is given only by the administrator of a unit above. See <see cref="DeputyRoles"/>.
/// </summary>
public static class AppointDeputy
{
    /// <summary>Longest absence, in days.</summary>
    public const int MostDays = 366;

    /// <summary>Who stands in for whom.</summary>
    /// <param name="UserName">Who is absent; the caller, if nobody says.</param>
    /// <param name="Deputy">User name of who stands in.</param>
    /// <param name="From">First day: today or later.</param>
    /// <param name="To">Last day.</param>
    [AllowedToSignedIn]
    public sealed record Command(string? UserName, string? Deputy, DateOnly? From, DateOnly? To) : ICommand<Result>;

    public sealed record Result(Guid Id, string UserName, string Deputy, DateOnly From, DateOnly To);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator(TimeProvider time)
        {
            RuleFor(c => c.UserName).OptionalText(100);
            RuleFor(c => c.Deputy).RequiredText(100);
            RuleFor(c => c.From).NotNull().PlausibleDay();
            RuleFor(c => c.From).Must(day => day is null || day >= LocalTime.Day(time.GetUtcNow())).WithMessage(_ => Text.Field("NotInPast"));
            RuleFor(c => c.To).NotNull().WithName(_ => Text.Field("LastDay")).PlausibleDay();
            RuleFor(c => c.To).Must((c, to) => to is null || c.From is null || to >= c.From).WithMessage(_ => Text.Field("EndsBeforeItBegins"));
            RuleFor(c => c.To).Must((c, to) => to is null || c.From is null || to.Value.DayNumber - c.From.Value.DayNumber < MostDays).WithMessage(_ => Text.Field("DeputyTooLong", MostDays));
        }
    }

    internal sealed class Handler(Db db, Caller caller, DeputyRoles roles, TimeProvider time, ReadAudit audit) : IRequestHandler<Command, Result>
    {
        private static readonly Sql FindColleague = new("""
            SELECT u.Id, u.UserName, u.DisplayName FROM AppUser u
            WHERE u.NameKey = @key AND u.DeactivatedAt IS NULL AND u.Id <> @UserId AND EXISTS (SELECT 1 FROM RoleAssignment r JOIN RoleAssignment m ON m.UnitCode = r.UnitCode OR m.OrganisationId = r.OrganisationId
                WHERE r.UserId = u.Id AND r.DeputyId IS NULL AND r.FromDate <= @To AND (r.ToDate IS NULL OR r.ToDate >= @From)
                    AND m.UserId = @UserId AND m.DeputyId IS NULL AND m.FromDate <= @To AND (m.ToDate IS NULL OR m.ToDate >= @From))
            """);

        private static readonly Sql CountOverlapping = new("""
            SELECT COUNT(*) FROM Deputy WHERE UserId = @person AND DeputyUserId = @deputy AND FromDate <= @To AND ToDate >= @From AND FromDate <= ToDate
            """);

        private static readonly Sql Insert = new("""
            INSERT INTO Deputy (Id, UserId, DeputyUserId, FromDate, ToDate, CreatedBy, CreatedAt) VALUES (@Id, @person, @deputy, @From, @To, @by, @now)
            """);

        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow().TruncatedToMilliseconds();
            var (from, to) = (request.From!.Value, request.To!.Value);
            var (person, deputy) = await PairAsync(request, cancellationToken);
            await UserRow.HoldAsync(db, person.Id, cancellationToken);
            if (await db.QuerySingleAsync<int>(CountOverlapping, new { person = person.Id, deputy = deputy.Id, From = from, To = to }, cancellationToken) > 0)
                throw new RuleViolation("DeputyAlready", deputy.DisplayName);

            var id = Guid.CreateVersion7(now);
            await db.ExecuteAsync(Insert, new { Id = id, person = person.Id, deputy = deputy.Id, From = from, To = to, by = caller.UserName, now }, cancellationToken);
            await roles.KeepInStepAsync(person.Id, cancellationToken);
            await audit.ChangedAsync(nameof(AppointDeputy), null, person.UserName, null, new { deputy = deputy.UserName, from, to }, cancellationToken);
            return new Result(id, person.UserName, deputy.UserName, from, to);
        }

        private async Task<(AdministeredUsers.Person Person, AdministeredUsers.Person Deputy)> PairAsync(Command request, CancellationToken cancellationToken)
        {
            if (string.IsNullOrWhiteSpace(request.UserName) || UserNames.KeyOf(request.UserName) == UserNames.KeyOf(caller.UserName))
            {
                var colleague = await db.QuerySingleOrDefaultAsync<AdministeredUsers.Person>(
                    FindColleague, new { key = UserNames.KeyOf(request.Deputy!), caller.UserId, request.From, request.To }, cancellationToken);
                return (new AdministeredUsers.Person { Id = caller.UserId, UserName = caller.UserName, DisplayName = caller.DisplayName },
                    colleague ?? throw new InvalidInput("deputy", Text.Field("NotAColleague")));
            }

            if (!caller.Has(Role.Administrator))
                throw new AccessDenied(nameof(AppointDeputy));

            var person = await AdministeredUsers.DemandAsync(db, request.UserName, caller, cancellationToken);
            var deputy = await AdministeredUsers.DemandAsync(db, request.Deputy!, caller, cancellationToken);
            return deputy.Id == caller.UserId ? throw new RuleViolation("DeputyIsYourself")
                : deputy.Id == person.Id ? throw new InvalidInput("deputy", Text.Field("NotAColleague"))
                : (person, deputy);
        }
    }
}
