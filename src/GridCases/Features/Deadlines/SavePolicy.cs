using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Rules;
using GridCases.Jobs;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;

namespace GridCases.Features.Deadlines;

/// <summary>
/// A new version of a deadline rule (the same conditions), or a new, more specific rule. No row is rewritten; the former version ends on the day before.
/// In the same transaction a run over the open clocks is queued, for the day on which the version takes effect.
/// </summary>
public static class SavePolicy
{
    [AllowedInCity(Role.Administrator)]
    public sealed record Command : PolicyInput.Fields, ICommand<Result>;

    /// <summary>The row as it was added, and the run that brings the open clocks under it.</summary>
    public sealed record Result(DeadlinePolicy Policy, Guid RunId);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator(TimeProvider time) => Include(new PolicyInput.Validator(time));
    }

    internal sealed class Handler(Db db, Rulebook rules, ClockRuns runs, ReadAudit audit) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            // Two versions saved at once would each end the same former one.
            await db.ExecuteAsync(Migrator.OneServerAtATime, null, cancellationToken);
            var at = await rules.ContextAsync(cancellationToken);
            var (added, ended, _) = at.Policies.Revised(request.ToPolicy(at.NewId()));
            if (ended is not null)
                await db.ExecuteAsync(PolicyRow.End, new { ended.Id, ended.EffectiveTo }, cancellationToken);
            await db.ExecuteAsync(PolicyRow.Insert, PolicyRow.Of(added), cancellationToken);
            await audit.RulesSavedAsync(ReadKind.SavePolicy, new { policy = added, former = ended?.Id }, cancellationToken);
            return new Result(added, await runs.QueueAsync(ClockRunReason.Policy, added.Id.ToString(), added.EffectiveFrom, cancellationToken));
        }
    }
}
