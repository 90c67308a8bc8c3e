using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Outbox;
using GridCases.Features.Rules;
using GridCases.Pipeline;
using GridCases.Security;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.People;

/// <summary>
/// What waits for somebody who leaves goes to a colleague of the same role and organisation, in one act: one transaction, one notice. What waits for a role in a unit waits
/// for whoever holds the role, and stays.
/// </summary>
public static class HandOver
{
    /// <summary>What is handed over.</summary>
    /// <param name="From">User name of who leaves, or has left.</param>
    /// <param name="To">User name of the colleague.</param>
    /// <param name="Reason">Why, in up to 1,000 characters; it stands in each case's journal.</param>
    /// <param name="CaseIds">Only these cases; all when nobody says.</param>
    [AllowedTo(Role.Administrator)]
    public sealed record Command(string? From, string? To, string? Reason, IReadOnlyList<Guid>? CaseIds = null) : ICommand<Result>;

    /// <summary>What went over, and what did not.</summary>
    public sealed record Result(IReadOnlyList<Guid> Moved, IReadOnlyList<LeftCase> Left);

    /// <summary>A case that stays where it is.</summary>
    /// <param name="CaseId">The case.</param>
    /// <param name="Why">A sentence that says why.</param>
    public sealed record LeftCase(Guid CaseId, string Why);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.From).RequiredText(100).WithName(_ => Text.Field("WhoLeaves"));
            RuleFor(c => c.To).RequiredText(100).WithName(_ => Text.Field("Colleague"));
            RuleFor(c => c.To).NotEqual(c => c.From, StringComparer.OrdinalIgnoreCase).When(c => !string.IsNullOrWhiteSpace(c.From)).WithMessage(_ => Text.Field("HandOverToSelf"));
            RuleFor(c => c.Reason).RequiredText(1000);
            RuleFor(c => c.CaseIds).Must(ids => ids is null || ids.Count <= 1000).WithMessage(_ => Text.Field("TooMany", 1000));
        }
    }

    internal sealed class Handler(Db db, CaseStore cases, Rulebook rules, Caller caller, ReadAudit audit) : IRequestHandler<Command, Result>
    {
        private static readonly Sql FindOrganisations = new("""
            SELECT DISTINCT OrganisationId FROM RoleAssignment
            WHERE UserId = @Id AND Role = 'Mediator' AND OrganisationId IS NOT NULL AND DeputyId IS NULL AND FromDate <= @today AND (ToDate IS NULL OR ToDate >= @today)
            """);

        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var at = await rules.ContextAsync(cancellationToken);
            var from = await AdministeredUsers.DemandAsync(db, request.From!, caller, cancellationToken);
            var to = await AdministeredUsers.DemandAsync(db, request.To!, caller, cancellationToken);
            if (to.Id == from.Id)
                throw new InvalidInput("to", Text.Field("HandOverToSelf"));

            var waiting = await WaitingCases.FindAsync(db, from.UserName, caller, cancellationToken);
            var asked = request.CaseIds is { Count: > 0 } some ? some.Distinct().ToList() : [.. waiting.Select(w => w.Id)];
            var served = (await db.QueryAsync<Guid>(FindOrganisations, new { to.Id, at.Today }, cancellationToken)).ToHashSet();
            var bound = (await cases.FindManyAsync([.. asked.Intersect(waiting.Select(w => w.Id))], cancellationToken)).ToDictionary(s => s.Case.Id);
            var (moved, left) = (new List<Guid>(), new List<LeftCase>());

            // In the order of their ids, so that two who hand over at once never wait for each other crosswise.
            foreach (var id in asked.Order())
            {
                var stored = bound.GetValueOrDefault(id);
                if (WhyNot(stored?.Case, from.UserName, to, served) is { } why)
                {
                    left.Add(new LeftCase(id, why));
                    continue;
                }

                await cases.SaveAsync(stored!, stored!.Case.HandOver(from.UserName, to.UserName, request.Reason!), at, cancellationToken);
                moved.Add(id);
            }

            if (moved.Count > 0)
            {
                var data = new Dictionary<string, object?> { ["from"] = from.DisplayName, ["count"] = moved.Count };
                await db.WriteAsync([Notices.Queueing(new Notice(NoticeKind.CasesHandedOver, null, null, null, null, to.UserName, data), at)], cancellationToken);
            }

            await audit.ChangedAsync(nameof(HandOver), null, from.UserName, null, new { to = to.UserName, moved = moved.Count, left = left.Count }, cancellationToken);
            return new Result(moved, left);
        }

        private static string? WhyNot(Case? @case, string from, AdministeredUsers.Person to, HashSet<Guid> served) =>
            @case?.IsBoundTo(from) is not true ? Text.Field("HandOver.NotWaiting")
            : @case.IsRecused(to.UserName) ? Text.Field("HandOver.Recused", to.DisplayName)
            : !served.Contains(@case.Mediation!.OrganisationId) ? Text.Field("HandOver.OtherOrganisation", to.DisplayName)
            : null;
    }
}
