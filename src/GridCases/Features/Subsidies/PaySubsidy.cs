using System.Text.Json.Serialization;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Subsidies;

/// <summary>The payment of a subsidy is put on record, once, by a supervisor at or above the unit where the case began.</summary>
public static class PaySubsidy
{
    [AllowedTo(Role.Supervisor)]
    public sealed record Command : ICommand<SubsidyRow>, ICaseMessage
    {
        [JsonIgnore]
        public Guid CaseId { get; init; }
    }

    public sealed class Handler(Db db, SubsidyList subsidies, Caller caller, TimeProvider time) : IRequestHandler<Command, SubsidyRow>
    {
        private static readonly Sql Pay = new("UPDATE CaseSubsidy SET PaidAt = @now, PaidBy = @UserName WHERE CaseId = @CaseId AND PaidAt IS NULL");

        public async Task<SubsidyRow> Handle(Command command, CancellationToken cancellationToken)
        {
            var row = await subsidies.FindOneAsync(command.CaseId, cancellationToken);
            if (row is null || !caller.UnitsOf(Role.Supervisor).Any(u => u.Contains(row.OriginUnitCode)))
                throw new NotFound($"subsidy of case {command.CaseId}");

            if (row.Mediator == caller.UserName)
                throw new RuleViolation("OwnSubsidy");

            if (await db.ExecuteAsync(Pay, new { now = time.GetUtcNow().TruncatedToMilliseconds(), caller.UserName, command.CaseId }, cancellationToken) == 0)
                throw new RuleViolation("SubsidyPaid", row.Number);

            return (await subsidies.FindOneAsync(command.CaseId, cancellationToken))!;
        }
    }
}
