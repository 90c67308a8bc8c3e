using FluentValidation;
using GridCases.Domain;
using GridCases.Texts;

namespace GridCases.Features.Deadlines;

/// <summary>A year's holiday notice as it is sent, shared by loading it and asking beforehand what it would do.</summary>
public static class CalendarInput
{
    private const int LongestRest = 31;

    /// <summary>A holiday.</summary>
    /// <param name="From">First day.</param>
    /// <param name="To">Last day, inclusive; absent for a single day.</param>
    public sealed record Rest(DateOnly? From, DateOnly? To)
    {
        internal DateOnly Last => To ?? From!.Value;

        internal IEnumerable<DateOnly> Days => Enumerable.Range(0, Last.DayNumber - From!.Value.DayNumber + 1).Select(From.Value.AddDays);
    }

    /// <summary>What both messages hold.</summary>
    public abstract record Fields
    {
        /// <summary>The year the notice is for.</summary>
        public int? Year { get; init; }

        /// <summary>Where it was published, in up to 400 characters.</summary>
        public string? Source { get; init; }

        /// <summary>When nobody works, weekends within a holiday included; ordinary weekends need not be listed.</summary>
        public IReadOnlyList<Rest>? RestDays { get; init; }

        /// <summary>Weekend days that are worked instead (调休).</summary>
        public IReadOnlyList<DateOnly>? MakeUpWorkdays { get; init; }

        internal CalendarYear ToYear() => CalendarYear.Create(Year!.Value, Source!.Trim(), RestDays!.SelectMany(r => r.Days), MakeUpWorkdays ?? []);
    }

    /// <summary>What a notice can say, told so that whoever typed it finds the slip.</summary>
    public sealed class Validator : AbstractValidator<Fields>
    {
        /// <inheritdoc cref="Validator"/>
        public Validator()
        {
            RuleFor(f => f.Year).NotNull().InclusiveBetween(2000, 2199);
            RuleFor(f => f.Source).RequiredText(400);
            RuleFor(f => f.RestDays).Must(rests => rests is { Count: > 0 }).WithMessage(_ => Text.Field("RestDaysNeeded"));
            RuleFor(f => f.RestDays).Must(rests => rests is null || rests.Count <= 40).WithMessage(_ => Text.Field("TooMany", 40));
            RuleFor(f => f.MakeUpWorkdays).Must(days => days is null || days.Count <= 40).WithMessage(_ => Text.Field("TooMany", 40));
            RuleFor(f => f).Custom(Check);
        }

        /// <summary>Every day must be able to stand in this year's notice, and only once.</summary>
        private static void Check(Fields fields, ValidationContext<Fields> context)
        {
            if (fields.Year is not (>= 2000 and <= 2199) || fields.RestDays is not { Count: <= 40 } rests || fields.MakeUpWorkdays is { Count: > 40 })
                return;

            var year = fields.Year.Value;
            var seen = new Dictionary<DateOnly, string>();
            for (var i = 0; i < rests.Count; i++)
            {
                var name = $"RestDays[{i}].From";
                if (rests[i].From is not { } from)
                    context.AddFailure(name, Text.Field("RestFromNeeded"));
                else if (!Belongs(from, year) || !Belongs(rests[i].Last, year))
                    context.AddFailure(name, Text.Field("NotOfThisNotice", Belongs(from, year) ? rests[i].Last : from, year));
                else if (rests[i].Last < from || rests[i].Last.DayNumber - from.DayNumber >= LongestRest)
                    context.AddFailure($"RestDays[{i}].To", Text.Field("RestToWrong", LongestRest));
                else if (rests[i].Days.Where(day => !seen.TryAdd(day, name)).ToList() is [var twice, ..])
                    context.AddFailure(name, Text.Field("RestTwice", twice));
            }

            for (var i = 0; i < (fields.MakeUpWorkdays?.Count ?? 0); i++)
            {
                var (name, day) = ($"MakeUpWorkdays[{i}]", fields.MakeUpWorkdays![i]);
                if (!Belongs(day, year))
                    context.AddFailure(name, Text.Field("NotOfThisNotice", day, year));
                else if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                    context.AddFailure(name, Text.Field("MakeUpOnWeekday", day));
                else if (!seen.TryAdd(day, name))
                    context.AddFailure(name, Text.Field(seen[day].StartsWith('R') ? "MakeUpIsRest" : "MakeUpTwice", day));
            }
        }

        private static bool Belongs(DateOnly day, int year) => CalendarYear.CanName(year, day);
    }
}
