using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Outbox;
using GridCases.Features.Rules;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Deadlines;

/// <summary>The loaded years of the working calendar, the latest first, with their rest days and make-up workdays.</summary>
public static class GetCalendar
{
    [AllowedTo(Role.Administrator, Role.Auditor)]
    public sealed record Query : IQuery<IReadOnlyList<Notice>>;

    /// <summary>A year's notice, as it is sent with <see cref="SaveCalendarYear"/> too.</summary>
    /// <param name="Year">The year.</param>
    /// <param name="Source">Where its days were published.</param>
    /// <param name="RestDays">When nobody works; days that follow each other are one range.</param>
    /// <param name="MakeUpWorkdays">Weekend days that are worked instead.</param>
    public sealed record Notice(int Year, string Source, IReadOnlyList<Range> RestDays, IReadOnlyList<DateOnly> MakeUpWorkdays);

    /// <summary>Days that follow each other, both ends included.</summary>
    public sealed record Range(DateOnly From, DateOnly To);

    internal sealed class Handler(Db db) : IRequestHandler<Query, IReadOnlyList<Notice>>
    {
        public async Task<IReadOnlyList<Notice>> Handle(Query request, CancellationToken cancellationToken) =>
            [.. (await StoredCalendar.ReadAsync(db, cancellationToken)).Reverse().Select(y => new Notice(y.Year, y.Source, Ranges(y.RestDays), y.MakeUpWorkdays))];

        private static List<Range> Ranges(IReadOnlyList<DateOnly> ascending)
        {
            var ranges = new List<Range>();
            foreach (var day in ascending)
            {
                if (ranges is [.., var last] && last.To.AddDays(1) == day)
                    ranges[^1] = last with { To = day };
                else
                    ranges.Add(new Range(day, day));
            }

            return ranges;
        }
    }
}
