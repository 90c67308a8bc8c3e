using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Rules;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Installation;

/// <summary>
/// Gives the database the deadline policies and the working calendars that come with the program, where it lacks them.
/// What is there stays as it is: a city's own versions and corrections are never overwritten.
/// </summary>
public static class LoadRules
{
    [AllowedToSystem]
    public sealed record Command : ICommand<Result>;

    /// <summary>How many policies, and which years, were added.</summary>
    public sealed record Result(int Policies, IReadOnlyList<int> Years);

    internal sealed class Handler(Db db) : IRequestHandler<Command, Result>
    {
        private static readonly Sql KnownPolicies = new("SELECT [Id] FROM [Policy]");
        private static readonly Sql KnownYears = new("SELECT [Year] FROM [CalendarYear]");

        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            await db.ExecuteAsync(Migrator.OneServerAtATime, null, cancellationToken);
            return new Result(await AddPoliciesAsync(cancellationToken), await AddYearsAsync(cancellationToken));
        }

        private async Task<int> AddPoliciesAsync(CancellationToken cancellationToken)
        {
            var known = (await db.QueryAsync<Guid>(KnownPolicies, null, cancellationToken)).ToHashSet();
            return await db.ExecuteManyAsync(PolicyRow.Insert, DefaultPolicies.All.Where(policy => !known.Contains(policy.Id)).Select(PolicyRow.Of), cancellationToken);
        }

        private async Task<IReadOnlyList<int>> AddYearsAsync(CancellationToken cancellationToken)
        {
            var known = (await db.QueryAsync<int>(KnownYears, null, cancellationToken)).ToHashSet();
            var years = EmbeddedFiles.In("calendar").Select(CalendarYear.Parse).Where(year => !known.Contains(year.Year)).ToList();
            foreach (var year in years)
                await StoredCalendar.WriteAsync(db, year, cancellationToken);

            return [.. years.Select(year => year.Year)];
        }
    }
}
