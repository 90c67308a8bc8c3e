using System.Text.Json.Serialization;
using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Units;

/// <summary>
/// A unit is closed from a day on, and another one of its level takes its place. Here it is decided; when the day has come, <see cref="Jobs.ApplyClosings"/> brings open cases,
/// roles and organisations under the successor. What is past stays under the closed unit's own code. See docs/adr/0014.
/// </summary>
public static class CloseUnit
{
    /// <summary>What is decided.</summary>
    /// <param name="On">The first day on which it is closed: today or later.</param>
    /// <param name="Successor">An open unit of the same level in the administrator's area.</param>
    /// <param name="Reason">Why, in up to 1,000 characters.</param>
    [AllowedTo(Role.Administrator)]
    public sealed record Command(DateOnly? On, UnitCode? Successor, string? Reason) : ICommand<ListUnits.Found>, IUnitMessage
    {
        /// <summary>The unit, by the address.</summary>
        [JsonIgnore]
        public UnitCode? Unit { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator(TimeProvider time)
        {
            RuleFor(c => c.Unit).NotNull();
            RuleFor(c => c.On).NotNull().PlausibleDay();
            RuleFor(c => c.On).Must(day => day is null || day >= LocalTime.Day(time.GetUtcNow())).WithMessage(_ => Text.Field("NotInPast"));
            RuleFor(c => c.Successor).NotNull();
            RuleFor(c => c.Reason).RequiredText(1000);
        }
    }

    internal sealed class Handler(Db db, OpenUnits units, Caller caller, TimeProvider time, ReadAudit audit) : IRequestHandler<Command, ListUnits.Found>
    {
        private static readonly Sql CountOpenBelow = new("SELECT COUNT(*) FROM Unit WHERE ParentCode = @unit AND (ClosedOn IS NULL OR ClosedOn > @on)");
        private static readonly Sql FindToCome = new("SELECT Name FROM Unit WHERE SuccessorCode = @unit AND ClosedOn > @today ORDER BY Code");
        private static readonly Sql Close = new("UPDATE Unit SET ClosedOn = @on, SuccessorCode = @successor WHERE Code = @unit");
        private static readonly Sql Remember = new("""
            INSERT INTO UnitClosing (UnitCode, Reason, ClosedBy, CreatedAt) VALUES (@unit, @Reason, @UserName, @now)
            """);

        public async Task<ListUnits.Found> Handle(Command request, CancellationToken cancellationToken)
        {
            // Of two that close each other, or one another's successor, the second finds what the first has done.
            await db.ExecuteAsync(Migrator.OneServerAtATime, null, cancellationToken);
            var now = time.GetUtcNow().TruncatedToMilliseconds();
            var (unit, on, successor, today) = (request.Unit!.Value, request.On!.Value, request.Successor!.Value, LocalTime.Day(now));
            var named = await UnitRows.ReadAsync(db, unit, cancellationToken);
            if (named is { ClosedOn: { } closed, SuccessorName: { } to })
                throw new RuleViolation("UnitClosed", named.Name, closed, to);
            await DemandSuccessorAsync(unit, successor, cancellationToken);
            if (await db.QuerySingleAsync<int>(CountOpenBelow, new { unit, on }, cancellationToken) is > 0 and var open)
                throw new RuleViolation("UnitsBelowOpen", named.Name, open);
            if (await db.QueryAsync<string>(FindToCome, new { unit, today }, cancellationToken) is [var coming, ..])
                throw new RuleViolation("UnitIsSuccessor", named.Name, coming);

            await db.ExecuteAsync(Close, new { unit, on, successor }, cancellationToken);
            await db.ExecuteAsync(Remember, new { unit, request.Reason, caller.UserName, now }, cancellationToken);
            await audit.ChangedAsync(nameof(CloseUnit), unit, unit.Value, null, new { closedOn = on, successor }, cancellationToken);
            return await UnitRows.ReadAsync(db, unit, cancellationToken);
        }

        private async Task DemandSuccessorAsync(UnitCode unit, UnitCode successor, CancellationToken cancellationToken)
        {
            if (!caller.UnitsOf(Role.Administrator).Any(top => top.Contains(successor)))
                throw new InvalidInput("successor", Text.Field("UnknownUnit"));
            if (successor == unit)
                throw new InvalidInput("successor", Text.Field("SuccessorItself"));
            if (successor.Level != unit.Level)
                throw new InvalidInput("successor", Text.Field("SuccessorOfOtherLevel", unit.Level));
            await units.DemandAsync(successor, "successor", cancellationToken);
            if (await units.FindAsync(successor, cancellationToken) is { ClosedOn: { } closing } next)
                throw new InvalidInput("successor", Text.Field("UnitCloses", next.Name, closing));
        }
    }
}
