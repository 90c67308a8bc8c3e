using GridCases.Data;
using GridCases.Jobs;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;

namespace GridCases.Demo;

/// <summary>Fills an empty database with the demo's city, its people and, if wanted, its cases. Does nothing once there is a user.</summary>
public static class SeedDemo
{
    [AllowedToSystem]
    public sealed record Command : ICommand<bool>
    {
        /// <summary>Whether cases are wanted too, not only the city and its people.</summary>
        public bool WithCases { get; init; } = true;
    }

    internal sealed class Handler(Db db, PersonalData personal, ClockWatch watch, TimeProvider time) : IRequestHandler<Command, bool>
    {
        private static readonly Sql CountUsers = new("SELECT COUNT(*) FROM [AppUser]");

        public async Task<bool> Handle(Command request, CancellationToken cancellationToken)
        {
            await db.ExecuteAsync(Migrator.OneServerAtATime, null, cancellationToken);
            if (await db.QuerySingleAsync<long>(CountUsers, null, cancellationToken) > 0)
                return false;
            var (city, now) = (DemoCity.Read(), time.GetUtcNow());
            var people = await city.BuildAsync(db, now, cancellationToken);
            if (request.WithCases)
            {
                await using var past = new DemoHistory(db, personal);
                await past.LiveAsync(city, DemoCases.Read(), people, now, cancellationToken);
                await watch.SetAsync(now, cancellationToken);
            }

            return true;
        }
    }
}
