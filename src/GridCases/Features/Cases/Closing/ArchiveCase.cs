using FluentValidation;
using GridCases.Domain;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>归档: an incomplete file is refused, unless a reason is given why something cannot be had. A complete one may earn its mediator a subsidy.</summary>
public static class ArchiveCase
{
    /// <summary>What the action takes beside the case.</summary>
    /// <param name="MissingReason">Why what is missing cannot be had, in up to 1,000 characters. Not used when nothing is missing.</param>
    [CaseAction(CaseAction.Archive, Icon = "inbox")]
    public sealed record Command([FormField(FieldKind.Lines)] string? MissingReason = null) : CaseCommand;

    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator() => RuleFor(c => c.MissingReason).OptionalText(1000);
    }

    public sealed class Handler(CaseActionExecutor actions, FileChecks files, SubsidyRates rates) : IRequestHandler<Command, CaseView>
    {
        public Task<CaseView> Handle(Command command, CancellationToken cancellationToken) => actions.ExecuteAsync(
            command,
            async (@case, at) =>
            {
                var rate = @case.IsPeoplesMediationSuccess
                    ? SubsidyRate.For(await rates.AllAsync(cancellationToken), @case.Agreement!.Form, @case.Dispute.Category, at.Today)
                    : null;
                return @case.Archive(await files.OfAsync(@case, cancellationToken), command.MissingReason, rate, at);
            },
            cancellationToken);
    }
}
