using System.Globalization;
using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Rules;
using GridCases.Jobs;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;

namespace GridCases.Features.Deadlines;

/// <summary>
/// Loads the working calendar of a year from the State Council's notice, or a corrected one in place of what is loaded. In the same transaction a run over
/// the open clocks is queued.
/// </summary>
public static class SaveCalendarYear
{
    [AllowedInCity(Role.Administrator)]
    public sealed record Command : CalendarInput.Fields, ICommand<Result>;

    /// <summary>The year, and the run that brings the open clocks under it.</summary>
    public sealed record Result(int Year, Guid RunId);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => Include(new CalendarInput.Validator());
    }

    internal sealed class Handler(Db db, ClockRuns runs, ReadAudit audit, TimeProvider time) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            await db.ExecuteAsync(Migrator.OneServerAtATime, null, cancellationToken);
            var year = request.ToYear();
            DemandOneMind(year, await StoredCalendar.ReadAsync(db, cancellationToken));
            await StoredCalendar.WriteAsync(db, year, cancellationToken);
            await audit.RulesSavedAsync(ReadKind.SaveCalendar, new { year.Year, year.Source, year.RestDays, year.MakeUpWorkdays }, cancellationToken);
            var name = year.Year.ToString(CultureInfo.InvariantCulture);
            return new Result(year.Year, await runs.QueueAsync(ClockRunReason.Calendar, name, LocalTime.Day(time.GetUtcNow()), cancellationToken));
        }
    }

    /// <summary>A notice that reaches into the year beside it must not say the contrary of that year's own.</summary>
    /// <exception cref="RuleViolation">It does.</exception>
    internal static void DemandOneMind(CalendarYear year, IEnumerable<CalendarYear> loaded)
    {
        foreach (var other in loaded.Where(other => other.Year != year.Year))
        {
            if (year.RestDays.Intersect(other.MakeUpWorkdays).Concat(year.MakeUpWorkdays.Intersect(other.RestDays)).Order().ToList() is [var day, ..])
                throw new RuleViolation("CalendarContradicts", day, other.Year);
        }
    }
}
