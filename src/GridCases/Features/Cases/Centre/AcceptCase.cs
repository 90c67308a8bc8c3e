using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>受理: the centre takes the case in.</summary>
[CaseAction(CaseAction.Accept, Icon = "check")]
public sealed record AcceptCase : CaseActionCommand
{
    public override CaseChange Apply(Case @case, CaseContext at) => @case.Accept(at);
}
