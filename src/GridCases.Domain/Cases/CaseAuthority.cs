using System.Collections.Immutable;
using static GridCases.Domain.CaseState;

namespace GridCases.Domain;

/// <summary>
/// Who may do what to a case. Only the present holder acts; a supervisor at or above it may intervene. <see cref="CaseActions"/> declares it for each
/// action; this class defines what each <see cref="Authority"/> means. Whether the state allows the action is decided by <see cref="CaseTransitions"/>.
/// </summary>
public static class CaseAuthority
{
    private static readonly Role[] UnitRoles = [Role.GridHead, Role.GovernanceAssistant, Role.CentreOfficer];
    private static readonly Role[] WorkingRoles = [.. UnitRoles, Role.Mediator, Role.Supervisor];
    private static readonly ImmutableArray<IReadOnlyList<Role>> RolesByAction = [.. Enum.GetValues<CaseAction>().Select(RolesOf)];

    /// <summary>Roles that can ever be allowed an action: somebody with none of them is refused before the case is looked at.</summary>
    public static IReadOnlyList<Role> RolesFor(CaseAction action) => RolesByAction[(int)action];

    /// <summary>
    /// Whether this actor is the one who may do the action to the case, not considering whether its state allows it. A mediator who stepped aside
    /// does nothing more to it, in no role (SPC, court-invited mediation, art. 15).
    /// </summary>
    public static bool Allows(Case @case, Actor actor, CaseAction action)
    {
        if (@case.IsRecused(actor.UserName))
            return false;

        var present = Present(@case, actor, action);
        foreach (var authority in CaseActions.Rule(action).AuthoritiesIn(@case.State))
        {
            if (Has(@case, present, authority))
                return true;
        }

        return false;
    }

    /// <summary>
    /// For whom somebody did what an entry of the journal tells: user name of the colleague without whose roles it would not have been allowed; null where one's own roles suffice.
    /// </summary>
    public static string? PrincipalOf(CaseEventKind kind, CaseChange change, Actor actor)
    {
        if (!actor.IsDeputy || Suffices(actor.With(r => r.OnBehalfOf is null)))
            return null;

        return actor.Roles.Select(r => r.OnBehalfOf).OfType<string>().Distinct().FirstOrDefault(name => Suffices(actor.With(r => r.OnBehalfOf is null || r.OnBehalfOf == name)));

        bool Suffices(Actor who) => change.Before is not { } before ? who.Is(change.After.Origin, UnitRoles)
            : kind.Action() is { } action ? Allows(before, who, action)
            : kind switch
            {
                CaseEventKind.Unmask => MayUnmask(before, who),
                CaseEventKind.SignSession => MaySignSession(before, who),
                CaseEventKind.GrantExtension or CaseEventKind.AcknowledgeEscalation or CaseEventKind.DismissEscalation => IsSupervisor(before, who),
                _ => true,
            };
    }

    /// <summary>Whether this actor may withdraw a file: who put it in, or the present holder.</summary>
    public static bool MayWithdraw(Case @case, Actor actor, Attachment attachment) =>
        attachment.Withdrawn is null && (attachment.By == actor.UserName || IsHolder(@case, actor));

    /// <summary>Whether the case waits for this actor: the mediator in charge, or who stands in for that mediator, or the roles of the holding unit.</summary>
    public static bool IsHolder(Case @case, Actor actor) => @case.State switch
    {
        Assigned or InMediation or AgreementReached or ConfirmationPending => IsMediator(@case, actor),
        MediationFailed => IsMediator(@case, actor) || IsCentre(@case, actor),
        AwaitingAcceptance or Accepted => IsCentre(@case, actor),
        Registered or AwaitingVerification or Closed or Declined or Withdrawn or ReferredOut or Merged or Archived => IsUnitHolder(@case, actor),
    };

    /// <summary>
    /// Whether this actor may see the parties' ID numbers, phones and addresses in full: who has to act on the case, the officers of the centre in charge
    /// and of the centre where it began, and a supervisor at or above the holder. Others have no need of them, though they see the case.
    /// </summary>
    public static bool MayUnmask(Case @case, Actor actor) =>
        IsHolder(@case, actor) || IsCentre(@case, actor) || IsOriginCentre(@case, actor) || IsSupervisor(@case, actor);

    /// <summary>
    /// Whether this actor may have the record of a meeting signed: the mediator in charge, as with an agreement.
    /// </summary>
    public static bool MaySignSession(Case @case, Actor actor) => !@case.IsRecused(actor.UserName) && IsMediator(@case, actor);

    /// <summary>
    /// Whether somebody who sees the case may open a file of it. An identity paper shows what is masked elsewhere: it is for those who may unmask, and for who put it in.
    /// </summary>
    public static bool MayOpen(Case @case, Actor actor, Attachment file) =>
        file.Kind is not AttachmentKind.IdentityPaper || file.By == actor.UserName || MayUnmask(@case, actor);

    /// <summary>Roles that hold a case in its unit in this state; a mediator holds it in the organisation.</summary>
    public static IReadOnlyList<Role> HoldingRoles(CaseState state) => state switch
    {
        Assigned or InMediation or AgreementReached or ConfirmationPending => [Role.Mediator],
        MediationFailed => [Role.Mediator, Role.CentreOfficer],
        AwaitingAcceptance or Accepted => [Role.CentreOfficer],
        Registered or AwaitingVerification or Closed or Declined or Withdrawn or ReferredOut or Merged or Archived => UnitRoles,
    };

    /// <summary>The actor without the roles that do not count here: for a colleague who stepped aside nobody stands in, and one steps aside, or tells of a conflict, only oneself.</summary>
    private static Actor Present(Case @case, Actor actor, CaseAction action) =>
        !actor.IsDeputy ? actor
        : action is CaseAction.Recuse or CaseAction.DiscloseConflict ? actor.With(r => r.OnBehalfOf is null)
        : @case.Recusals.IsEmpty ? actor
        : actor.With(r => r.OnBehalfOf is null || !@case.IsRecused(r.OnBehalfOf));

    private static IReadOnlyList<Role> RolesOf(CaseAction action) =>
        [.. Enum.GetValues<CaseState>().SelectMany(state => CaseActions.Rule(action).AuthoritiesIn(state)).Distinct().SelectMany(RolesOf).Distinct().Order()];

    private static Role[] RolesOf(Authority authority) => authority switch
    {
        Authority.HoldingUnit or Authority.VerifyingUnit or Authority.Registrar or Authority.OriginUnit => UnitRoles,
        Authority.Centre or Authority.OriginCentre or Authority.OfficerAtOrAbove => [Role.CentreOfficer],
        Authority.Mediator => [Role.Mediator],
        Authority.PresentHolder => [.. UnitRoles, Role.Mediator],
        Authority.Supervisor => [Role.Supervisor],
        Authority.FileOwner or Authority.Anyone => WorkingRoles,
    };

    private static bool Has(Case @case, Actor actor, Authority authority) => authority switch
    {
        Authority.HoldingUnit => IsUnitHolder(@case, actor),
        Authority.Registrar => actor.Roles.Any(r => r.Unit == @case.Origin && UnitRoles.Contains(r.Role) && @case.RegisteredBy == (r.OnBehalfOf ?? actor.UserName)),
        Authority.OriginUnit => actor.Is(@case.Origin, UnitRoles),
        Authority.Centre => IsCentre(@case, actor),
        Authority.OriginCentre => IsOriginCentre(@case, actor),
        Authority.Mediator => IsMediator(@case, actor),
        Authority.PresentHolder => IsHolder(@case, actor),
        Authority.Supervisor => IsSupervisor(@case, actor),
        Authority.OfficerAtOrAbove => actor.IsAtOrAbove(@case.Holder.Unit, Role.CentreOfficer),
        Authority.VerifyingUnit => IsUnitHolder(@case, actor) || (@case.State is Closed && IsOriginCentre(@case, actor)),
        Authority.FileOwner => @case.Attachments.Any(file => MayWithdraw(@case, actor, file)),
        Authority.Anyone => actor.Roles.Any(held => WorkingRoles.Contains(held.Role)),
    };

    private static bool IsUnitHolder(Case @case, Actor actor) => actor.Is(@case.Holder.Unit, UnitRoles);

    private static bool IsCentre(Case @case, Actor actor) => actor.Is(@case.Holder.Unit, Role.CentreOfficer);

    private static bool IsOriginCentre(Case @case, Actor actor) => actor.Is(@case.OriginCentre, Role.CentreOfficer);

    private static bool IsSupervisor(Case @case, Actor actor) => actor.IsAtOrAbove(@case.Holder.Unit, Role.Supervisor);

    private static bool IsMediator(Case @case, Actor actor) =>
        @case.Mediation is { } mediation
        && @case.ResponsibleOrganisation == mediation.OrganisationId
        && !@case.IsRecused(actor.UserName)
        && actor.Roles.Any(r => r.Role is Role.Mediator && r.OrganisationId == mediation.OrganisationId
            && (mediation.Mediator is null || mediation.Mediator == (r.OnBehalfOf ?? actor.UserName)));
}
