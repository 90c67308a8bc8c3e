using FluentValidation;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>A file was put in by mistake: it stays on record with the reason, and out of every packet.</summary>
/// <param name="AttachmentId">The file.</param>
/// <param name="Reason">Why, in up to 1,000 characters.</param>
[CaseAction(CaseAction.WithdrawAttachment, Icon = "x", IsExceptional = true)]
public sealed record WithdrawAttachment(
    [FormField(FieldKind.File)] Guid? AttachmentId,
    [FormField(FieldKind.Lines)] string? Reason) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.WithdrawAttachment(AttachmentId!.Value, Reason!, at);

    public sealed class Rules : AbstractValidator<WithdrawAttachment>
    {
        public Rules()
        {
            RuleFor(c => c.AttachmentId).NotNull();
            RuleFor(c => c.Reason).RequiredText(1000);
        }
    }
}
