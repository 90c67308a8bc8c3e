using FluentValidation;
using GridCases.Domain;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>A centre sets the risk; red needs a sponsoring leader (领导包案).</summary>
public static class ConfirmRisk
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="Risk">The level.</param>
    /// <param name="Sponsor">The leader who sponsors the case; demanded for red.</param>
    /// <param name="Prevention">What is done to prevent the worst; demanded where violence is to be feared.</param>
    /// <param name="Violence">Whether violence is to be feared: a notice to the police is made (People's Mediation Law art. 25).</param>
    [CaseAction(CaseAction.ConfirmRisk)]
    public sealed record Command(Risk? Risk, string? Sponsor, string? Prevention, bool? Violence = null) : CaseCommand;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.Risk).NotNull();
            RuleFor(c => c.Sponsor).OptionalText(100);
            RuleFor(c => c.Sponsor).NotEmpty().When(c => c.Risk is Risk.Red);
            RuleFor(c => c.Prevention).OptionalText(1000);
            RuleFor(c => c.Prevention).NotEmpty().When(c => c.Violence is true).WithMessage(_ => Text.Field("PreventionNeeded"));
        }
    }

    /// <inheritdoc/>
    public sealed class Handler(CaseActs acts) : IRequestHandler<Command, CaseView>
    {
        /// <inheritdoc/>
        public Task<CaseView> Handle(Command command, CancellationToken ct) =>
            acts.DoAsync(command, (@case, at) => @case.ConfirmRisk(command.Risk!.Value, command.Sponsor, command.Violence ?? false, command.Prevention, at), ct);
    }
}
