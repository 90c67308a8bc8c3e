using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Subsidies;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>归档: an incomplete file is refused, unless a reason is given why something cannot be had. A complete one may earn its mediator a subsidy.</summary>
public static class ArchiveCase
{
    /// <summary>What the action takes beside the case.</summary>
    /// <param name="MissingReason">Why what is missing cannot be had, in up to 1,000 characters. Not used when nothing is missing.</param>
    [CaseAction(CaseAction.Archive)]
    public sealed record Command(string? MissingReason = null) : CaseCommand;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator() => RuleFor(c => c.MissingReason).OptionalText(1000);
    }

    /// <inheritdoc/>
    public sealed class Handler(Db db, CaseStore cases, CaseViews views, Rulebook rules, FileChecks files, SubsidyRates rates) : IRequestHandler<Command, CaseView>
    {
        private static readonly Sql Grant = new("""
            INSERT INTO CaseSubsidy (CaseId, RateId, OrganisationId, Mediator, Amount, GrantedAt)
            VALUES (@CaseId, @RateId, @OrganisationId, @Mediator, @Amount, @Now)
            """);

        /// <inheritdoc/>
        public async Task<CaseView> Handle(Command command, CancellationToken ct)
        {
            var at = await rules.ContextAsync(ct);
            var @case = await cases.LoadAsync(command.CaseId, command.ExpectedVersion, ct);
            var rate = @case.IsPeoplesMediationSuccess
                ? SubsidyRate.For(await rates.AllAsync(ct), @case.Agreement!.Form, @case.Dispute.Category, at.Today)
                : null;
            var change = @case.Archive(await files.OfAsync(@case, ct), command.MissingReason, rate, at);
            await cases.SaveAsync(change, at, ct);
            if (change.Subsidy is { } granted && @case.Mediation is { Mediator: { } mediator } mediation)
            {
                await db.ExecuteAsync(Grant, new { CaseId = @case.Id, RateId = granted.Id, mediation.OrganisationId, Mediator = mediator, granted.Amount, at.Now }, ct);
            }

            return await views.LoadAsync(command.CaseId, ct);
        }
    }
}
