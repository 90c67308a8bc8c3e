using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Rules;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Deadlines;

/// <summary>What the working calendar of a year would do to the open cases if it were loaded now. Nothing is changed.</summary>
public static class PreviewCalendar
{
    [AllowedTo(Role.Administrator, Role.Auditor), LongRead]
    public sealed record Query : CalendarInput.Fields, IQuery<RulePreview.Effect>;

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => Include(new CalendarInput.Validator());
    }

    internal sealed class Handler(Db db, Rulebook rules, RulePreview preview) : IRequestHandler<Query, RulePreview.Effect>
    {
        public async Task<RulePreview.Effect> Handle(Query request, CancellationToken cancellationToken)
        {
            var year = request.ToYear();
            var loaded = await StoredCalendar.ReadAsync(db, cancellationToken);
            SaveCalendarYear.DemandOneMind(year, loaded);
            var at = await rules.ContextAsync(cancellationToken);
            var calendar = new WorkingCalendar([.. loaded.Where(other => other.Year != year.Year), year]);
            return await preview.ReckonAsync(at with { Calendar = calendar }, at.Today, cancellationToken);
        }
    }
}
