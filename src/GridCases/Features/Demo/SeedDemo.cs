using GridCases.Data;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Demo;

/// <summary>Fills an empty database with the demo's city, its people and, if wanted, its cases. Does nothing once there is a user.</summary>
public static class SeedDemo
{
    /// <summary>The message.</summary>
    [AllowedToSystem]
    public sealed record Command : ICommand<bool>
    {
        /// <summary>Whether cases are wanted too, not only the city and its people.</summary>
        public bool WithCases { get; init; } = true;
    }

    internal sealed class Handler(Db db, TimeProvider time) : IRequestHandler<Command, bool>
    {
        private static readonly Sql CountUsers = new("SELECT COUNT(*) FROM [AppUser]");

        public async Task<bool> Handle(Command request, CancellationToken cancellationToken)
        {
            await db.ExecuteAsync(Migrator.OneServerAtATime, null, cancellationToken);
            if (await db.QuerySingleAsync<long>(CountUsers, null, cancellationToken) > 0)
                return false;
            await DemoCity.Read().BuildAsync(db, time.GetUtcNow(), cancellationToken);
            return true;
        }
    }
}
