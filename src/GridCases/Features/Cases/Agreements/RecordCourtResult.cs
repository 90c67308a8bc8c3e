using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>What became of a suit that a court entrusted after filing (SPC, court-invited mediation, art. 20).</summary>
/// <param name="Result">The court's own mediation document, or the suit withdrawn.</param>
/// <param name="DecidedOn">The local day of the document or the withdrawal.</param>
/// <param name="DocumentNumber">Number of the court's document, in up to 100 characters.</param>
[CaseAction(CaseAction.RecordCourtResult, Icon = "gavel")]
public sealed record RecordCourtResult(
    [FormField(FieldKind.Words)] CourtResultKind? Result,
    [FormField(FieldKind.Day)] DateOnly? DecidedOn,
    [FormField(FieldKind.Text)] string? DocumentNumber) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.RecordCourtResult(new CourtResult(Result!.Value, DecidedOn!.Value, DocumentNumber), at);

    public sealed class Rules : AbstractValidator<RecordCourtResult>
    {
        public Rules()
        {
            RuleFor(c => c.Result).NotNull();
            RuleFor(c => c.DecidedOn).NotNull().PlausibleDay();
            RuleFor(c => c.DocumentNumber).OptionalText(100);
        }
    }
}
