using FluentValidation;
using GridCases.Domain;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>回避: a mediator with a conflict of interest steps aside (SPC, court-invited mediation, art. 15).</summary>
public static class RecuseMediator
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="Reason">What the conflict is, in up to 1,000 characters.</param>
    [CaseAction(CaseAction.Recuse, Icon = "logout", IsExceptional = true)]
    public sealed record Command([FormField(FieldKind.Lines)] string? Reason) : CaseCommand;

    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.Reason).RequiredText(1000);
        }
    }

    public sealed class Handler(CaseActionExecutor actions, CaseDirectory directory) : IRequestHandler<Command, CaseView>
    {
        public Task<CaseView> Handle(Command command, CancellationToken cancellationToken) => actions.ExecuteAsync(
            command,
            async (@case, at) =>
            {
                var besides = @case.Recusals.Select(r => r.UserName).Append(at.By.UserName);
                var colleagues = @case.Mediation is { } mediation && await directory.HasOtherMediatorAsync(mediation.OrganisationId, besides, at, cancellationToken);
                return @case.Recuse(command.Reason!, colleagues, at);
            },
            cancellationToken);
    }
}
