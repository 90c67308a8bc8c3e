using FluentValidation;
using GridCases.Domain;
using GridCases.Pipeline;

namespace GridCases.Features.Cases;

/// <summary>A note; moves nothing.</summary>
/// <param name="Note">Up to 2,000 characters.</param>
[CaseAction(CaseAction.Comment, Icon = "message-2"), VersionOptional]
public sealed record CommentOnCase([FormField(FieldKind.Lines)] string? Note) : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.Comment(Note!, at);

    public sealed class Rules : AbstractValidator<CommentOnCase>
    {
        public Rules() => RuleFor(c => c.Note).RequiredText(2000);
    }
}
