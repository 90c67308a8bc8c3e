using FluentValidation;
using GridCases.Domain;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>Mediation begins with every applicant's and respondent's consent (People's Mediation Law art. 17); any refusal ends it.</summary>
public static class StartMediation
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="Consents">One for each applicant and respondent.</param>
    /// <param name="MediatorChoice">Whether the parties chose the mediator or accepted who was proposed (People's Mediation Law art. 19); accepted, if nobody says.</param>
    [CaseAction(CaseAction.StartMediation)]
    public sealed record Command(IReadOnlyList<GivenConsent>? Consents, MediatorChoice? MediatorChoice = null) : CaseCommand;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.Consents).NotEmpty();
            RuleFor(c => c.Consents).Must(list => list is null || list.Count <= 100).WithMessage(_ => Text.Field("TooMany", 100));
            RuleFor(c => c.Consents).Must(list => list is null || list.DistinctBy(c => c?.PartyId).Count() == list.Count).WithMessage(_ => Text.Field("PartyTwice"));
            RuleForEach(c => c.Consents).NotNull().ChildRules(consent =>
            {
                consent.RuleFor(c => c.PartyId).NotNull();
                consent.RuleFor(c => c.Consented).NotNull();
                consent.RuleFor(c => c.How).RequiredText(200);
            });
        }
    }

    /// <summary>A party's answer.</summary>
    /// <param name="PartyId">The party.</param>
    /// <param name="Consented">Whether it consents.</param>
    /// <param name="How">How the answer was given: in person, by phone, in writing.</param>
    public sealed record GivenConsent(Guid? PartyId, bool? Consented, string? How);

    /// <inheritdoc/>
    public sealed class Handler(CaseActs acts) : IRequestHandler<Command, CaseView>
    {
        /// <inheritdoc/>
        public Task<CaseView> Handle(Command command, CancellationToken ct) => acts.DoAsync(
            command,
            (@case, at) => @case.StartMediation(
                command.Consents!.ToDictionary(c => c.PartyId!.Value, c => new Consent(c.Consented!.Value, c.How!, at.Now)),
                command.MediatorChoice ?? MediatorChoice.Accepted,
                at),
            ct);
    }
}
