using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>The court's ruling on the application.</summary>
/// <param name="Result">Confirmed or refused.</param>
/// <param name="DecidedOn">The local day of the ruling.</param>
/// <param name="DocumentNumber">Number of the ruling.</param>
/// <param name="Reason">Why it was refused.</param>
[CaseAction(CaseAction.RecordConfirmation, Icon = "gavel")]
public sealed record RecordConfirmation(
    [FormField(FieldKind.Words)] ConfirmationResult? Result,
    [FormField(FieldKind.Day)] DateOnly? DecidedOn,
    [FormField(FieldKind.Text)] string? DocumentNumber,
    [FormField(FieldKind.Lines, When = "result=Refused")] string? Reason) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) =>
        @case.RecordConfirmation(Result!.Value, DecidedOn!.Value, DocumentNumber, Reason, at);

    public sealed class Rules : AbstractValidator<RecordConfirmation>
    {
        public Rules()
        {
            RuleFor(c => c.Result).NotNull();
            RuleFor(c => c.DecidedOn).NotNull().PlausibleDay();
            RuleFor(c => c.DocumentNumber).OptionalText(100);
            RuleFor(c => c.Reason).OptionalText(1000);
        }
    }
}
