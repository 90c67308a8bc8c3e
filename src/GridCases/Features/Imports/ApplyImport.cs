using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Imports;

/// <summary>A file that was checked and found without faults is put down to be applied, all of it or nothing.</summary>
public static class ApplyImport
{
    [AllowedTo(Role.Administrator)]
    public sealed record Command(Guid Id) : ICommand<Result>;

    public sealed record Result(Guid Id);

    internal sealed class Handler(Db db, Caller caller) : IRequestHandler<Command, Result>
    {
        private static readonly Sql Find = new("SELECT i.* FROM CityImport i WHERE i.Id = @Id AND i.UserId = @UserId");
        private static readonly Sql Queue = new("UPDATE CityImport SET State = 'Applying', Done = 0, ClaimedUntil = NULL, FinishedAt = NULL WHERE Id = @Id AND State = 'Checked' AND Faults = 0");

        public async Task<Result> Handle(Command command, CancellationToken cancellationToken)
        {
            var import = await db.QuerySingleOrDefaultAsync<CityImportRow>(Find, new { command.Id, caller.UserId }, cancellationToken) ?? throw new NotFound($"import {command.Id}");
            if (import.Faults > 0)
                throw new RuleViolation("ImportHasFaults", import.Faults);
            if (await db.ExecuteAsync(Queue, new { command.Id }, cancellationToken) == 0)
                throw new RuleViolation("ImportNotReady");
            return new Result(import.Id);
        }
    }
}
