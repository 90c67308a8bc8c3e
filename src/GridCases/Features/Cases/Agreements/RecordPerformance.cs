using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>An obligation of the agreement was performed (the committee watches: People's Mediation Law art. 31).</summary>
/// <param name="ObligationId">The obligation.</param>
/// <param name="PerformedOn">The local day it was performed.</param>
/// <param name="Note">Up to 1,000 characters.</param>
[CaseAction(CaseAction.RecordPerformance, Icon = "checks")]
public sealed record RecordPerformance(
    [FormField(FieldKind.Obligation)] Guid? ObligationId,
    [FormField(FieldKind.Day)] DateOnly? PerformedOn,
    [FormField(FieldKind.Lines)] string? Note) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.RecordPerformance(ObligationId!.Value, PerformedOn!.Value, Note, at);

    public sealed class Rules : AbstractValidator<RecordPerformance>
    {
        public Rules()
        {
            RuleFor(c => c.ObligationId).NotNull();
            RuleFor(c => c.PerformedOn).NotNull().PlausibleDay();
            RuleFor(c => c.Note).OptionalText(1000);
        }
    }
}
