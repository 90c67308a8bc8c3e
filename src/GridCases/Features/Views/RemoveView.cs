using System.Text.Json.Serialization;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Views;

/// <summary>Removes a kept search: one's own, or as a supervisor one of the unit.</summary>
public static class RemoveView
{
    [AllowedToSignedIn]
    public sealed record Command : ICommand<Result>
    {
        /// <summary>Which, by the address.</summary>
        [JsonIgnore]
        public Guid Id { get; init; }
    }

    /// <summary>What was removed.</summary>
    public sealed record Result(Guid Id);

    internal sealed class Handler(Db db, Caller caller) : IRequestHandler<Command, Result>
    {
        private static readonly Sql Delete = new("DELETE FROM SavedView WHERE Id = @Id AND (OwnerId = @UserId OR UnitCode IN {codes supervised})");

        /// <exception cref="NotFound">There is none, or it is not the caller's to remove.</exception>
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken) =>
            await db.ExecuteAsync(Delete, new { request.Id, caller.UserId, supervised = ViewAccess.Supervised(caller) }, cancellationToken) == 1
                ? new Result(request.Id)
                : throw new NotFound($"view {request.Id}");
    }
}
