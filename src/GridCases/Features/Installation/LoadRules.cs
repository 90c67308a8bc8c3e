using System.Text.Json;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Installation;

/// <summary>
/// Gives the database the deadline policies and the working calendars that come with the program, where it lacks them.
/// What is there stays as it is: a city's own versions and corrections are never overwritten.
/// </summary>
public static class LoadRules
{
    /// <summary>The message.</summary>
    [AllowedToSystem]
    public sealed record Command : ICommand<Result>;

    /// <summary>How many policies, and which years, were added.</summary>
    public sealed record Result(int Policies, IReadOnlyList<int> Years);

    internal sealed class Handler(Db db) : IRequestHandler<Command, Result>
    {
        private static readonly Sql KnownPolicies = new("SELECT [Id] FROM [Policy]");
        private static readonly Sql KnownYears = new("SELECT [Year] FROM [CalendarYear]");

        private static readonly Sql InsertPolicy = new(
            """
            INSERT INTO [Policy] ([Id], [Version], [EffectiveFrom], [EffectiveTo], [Stage], [UnitLevel], [Track], [Entrustment], [Category], [Risk], [Urgency],
              [LimitAmount], [LimitUnit], [WarningAmount], [WarningUnit], [MaxExtension], [ExtensionNeedsPartiesConsent], [LaterLevels], [Escalates])
            VALUES (@Id, @Version, @EffectiveFrom, @EffectiveTo, @Stage, @UnitLevel, @Track, @Entrustment, @Category, @Risk, @Urgency,
              @LimitAmount, @LimitUnit, @WarningAmount, @WarningUnit, @MaxExtension, @ExtensionNeedsPartiesConsent, @LaterLevels, @Escalates)
            """);

        private static readonly Sql InsertYear = new("INSERT INTO [CalendarYear] ([Year], [Source]) VALUES (@Year, @Source)");

        // A notice may reach into the year beside it, whose own notice may name the same day.
        private static readonly Sql InsertDay = new(
            """
            INSERT INTO [CalendarDay] ([Day], [Year], [Kind])
            SELECT @Day, @Year, @Kind WHERE NOT EXISTS (SELECT 1 FROM [CalendarDay] WHERE [Day] = @Day)
            """);

        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            await db.ExecuteAsync(Migrator.OneServerAtATime, null, cancellationToken);
            return new Result(await AddPoliciesAsync(cancellationToken), await AddYearsAsync(cancellationToken));
        }

        private async Task<int> AddPoliciesAsync(CancellationToken cancellationToken)
        {
            var known = (await db.QueryAsync<Guid>(KnownPolicies, null, cancellationToken)).ToHashSet();
            return await db.ExecuteManyAsync(
                InsertPolicy,
                from policy in DefaultPolicies.All
                where !known.Contains(policy.Id)
                select new
                {
                    policy.Id,
                    policy.Version,
                    policy.EffectiveFrom,
                    policy.EffectiveTo,
                    policy.Stage,
                    policy.UnitLevel,
                    policy.Track,
                    policy.Entrustment,
                    policy.Category,
                    policy.Risk,
                    policy.Urgency,
                    LimitAmount = policy.Limit?.Amount,
                    LimitUnit = policy.Limit?.Unit,
                    WarningAmount = policy.WarningLead.Amount,
                    WarningUnit = policy.WarningLead.Unit,
                    policy.MaxExtension,
                    policy.ExtensionNeedsPartiesConsent,
                    LaterLevels = JsonSerializer.Serialize(policy.LaterLevels, Json.Options),
                    policy.Escalates,
                },
                cancellationToken);
        }

        private async Task<IReadOnlyList<int>> AddYearsAsync(CancellationToken cancellationToken)
        {
            var known = (await db.QueryAsync<int>(KnownYears, null, cancellationToken)).ToHashSet();
            var years = EmbeddedFiles.In("calendar").Select(CalendarYear.Parse).Where(year => !known.Contains(year.Year)).ToList();
            foreach (var year in years)
            {
                await db.ExecuteAsync(InsertYear, new { year.Year, year.Source }, cancellationToken);
                await db.ExecuteManyAsync(
                    InsertDay,
                    [
                        .. year.RestDays.Select(day => new { Day = day, year.Year, Kind = "Rest" }),
                        .. year.MakeUpWorkdays.Select(day => new { Day = day, year.Year, Kind = "MakeUp" }),
                    ],
                    cancellationToken);
            }

            return [.. years.Select(year => year.Year)];
        }
    }
}
