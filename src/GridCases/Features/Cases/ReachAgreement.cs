using FluentValidation;
using GridCases.Domain;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>达成协议. Oral: binds at once; written: when all have signed (People's Mediation Law art. 28–31).</summary>
public static class ReachAgreement
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="Form">Written or oral.</param>
    /// <param name="Terms">What was agreed, in up to 4,000 characters.</param>
    /// <param name="Amount">Yuan, if money was agreed.</param>
    /// <param name="Obligations">Who does what until when; may be empty.</param>
    [CaseAction(CaseAction.ReachAgreement)]
    public sealed record Command(AgreementForm? Form, string? Terms, decimal? Amount, IReadOnlyList<AgreementInput.Promise>? Obligations) : CaseCommand, AgreementInput.IFields;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            Include(new AgreementInput.Validator());
        }
    }

    /// <inheritdoc/>
    public sealed class Handler(CaseActs acts) : IRequestHandler<Command, CaseView>
    {
        /// <inheritdoc/>
        public Task<CaseView> Handle(Command command, CancellationToken ct) =>
            acts.DoAsync(command, (@case, at) => @case.ReachAgreement(AgreementInput.Text(command), at), ct);
    }
}
