using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>上报: hands a registered dispute to the village centre.</summary>
[CaseAction(CaseAction.Submit, Icon = "arrow-forward-up")]
public sealed record SubmitCase : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.Submit(at);
}
