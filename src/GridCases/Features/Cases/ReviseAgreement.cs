using FluentValidation;
using GridCases.Domain;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>A new version of the agreement; every signature under the old one is void.</summary>
public static class ReviseAgreement
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="Form">Written or oral.</param>
    /// <param name="Terms">What was agreed, in up to 4,000 characters.</param>
    /// <param name="Amount">Yuan, if money was agreed.</param>
    /// <param name="Obligations">Who does what until when; may be empty.</param>
    [CaseAction(CaseAction.ReviseAgreement)]
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
            acts.DoAsync(command, (@case, at) => @case.ReviseAgreement(AgreementInput.Text(command), at), ct);
    }
}
