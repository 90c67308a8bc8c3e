using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Imports;

/// <summary>A workbook, or a sheet of one, has been stored: it is put down to be checked.</summary>
public static class StartImport
{
    [AllowedTo(Role.Administrator)]
    public sealed record Command : ICommand<Result>
    {
        /// <summary>Id of the stored file, which becomes the import's.</summary>
        public required Guid Id { get; init; }

        /// <summary>What the sender called it.</summary>
        public required string FileName { get; init; }

        /// <summary>Which sheet a CSV file is; null for a workbook.</summary>
        public ImportSheet? Sheet { get; init; }

        /// <summary>How the store opens it.</summary>
        public required string SealedKey { get; init; }
    }

    public sealed record Result(Guid Id);

    internal sealed class Handler(Db db, Caller caller, TimeProvider time) : IRequestHandler<Command, Result>
    {
        private static readonly Sql Insert = new("""
            INSERT INTO CityImport (Id, UserId, StartedAt, FileName, Sheet, KeyCipher, State, Done, Total, Faults, Attempts)
            VALUES (@Id, @UserId, @now, @FileName, @Sheet, @SealedKey, 'Checking', 0, 0, 0, 0)
            """);

        public async Task<Result> Handle(Command command, CancellationToken cancellationToken)
        {
            await db.ExecuteAsync(Insert, new { command.Id, caller.UserId, now = time.GetUtcNow(), command.FileName, command.Sheet, command.SealedKey }, cancellationToken);
            return new Result(command.Id);
        }
    }
}
