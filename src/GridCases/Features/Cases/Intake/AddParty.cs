using FluentValidation;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>A party that nobody had named joins. While mediation goes on its mediator may record its consent at once; otherwise it is asked before anything is agreed.</summary>
public static class AddParty
{
    /// <summary>What the action needs beside the case: a party as in registering.</summary>
    /// <param name="Role">Its part.</param>
    /// <param name="Kind">Person or organisation.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="IdNumber">ID number.</param>
    /// <param name="Phone">Phone.</param>
    /// <param name="Sex">Sex.</param>
    /// <param name="BirthDate">Day of birth.</param>
    /// <param name="Address">Address.</param>
    /// <param name="Consent">Its answer to mediation, while mediation goes on; left out, it is asked later.</param>
    [CaseAction(CaseAction.AddParty, Icon = "user-plus")]
    public sealed record Command(
        [FormField(FieldKind.WordList)] PartyRole? Role,
        [FormField(FieldKind.Words)] PartyKind? Kind,
        [FormField(FieldKind.Text)] string? Name,
        [FormField(FieldKind.Phone)] string? Phone = null,
        [FormField(FieldKind.Text)] string? IdNumber = null,
        [FormField(FieldKind.Words, When = "kind=Person")] Sex? Sex = null,
        [FormField(FieldKind.Day, When = "kind=Person")] DateOnly? BirthDate = null,
        [FormField(FieldKind.Text)] string? Address = null,
        [FormField(FieldKind.Consent)] GivenAnswer? Consent = null) : CaseCommand;

    /// <summary>A party's answer.</summary>
    /// <param name="Consented">Whether it consents.</param>
    /// <param name="How">How the answer was given: in person, by phone, in writing.</param>
    public sealed record GivenAnswer(bool? Consented, string? How);

    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.Role).NotNull();
            RuleFor(c => c.Kind).NotNull();
            RuleFor(c => c.Name).RequiredText(100);
            RuleFor(c => c.IdNumber).OptionalText(50);
            RuleFor(c => c.Phone).OptionalText(50);
            RuleFor(c => c.BirthDate).PlausibleDay();
            RuleFor(c => c.Address).OptionalText(200);
            RuleFor(c => c.Consent!.Consented).NotNull().When(c => c.Consent is not null);
            RuleFor(c => c.Consent!.How).RequiredText(200).When(c => c.Consent is not null);
        }
    }

    internal sealed class Handler(CaseActionExecutor actions, PersonalData personal) : IRequestHandler<Command, CaseView>
    {
        public Task<CaseView> Handle(Command command, CancellationToken cancellationToken) => actions.CorrectAsync(
            command,
            (stored, at) =>
            {
                if (command.BirthDate > at.Today)
                    throw new InvalidInput("birthDate", Text.Field("NotInFuture"));

                var input = new RegisterCase.PartyInput(command.Role, command.Kind, command.Name, command.IdNumber, command.Phone, command.Sex, command.Address, command.BirthDate);
                var row = personal.RowOf(input, at.NewId(), stored.Parties.Count == 0 ? 0 : stored.Parties[^1].Ordinal + 1) with { CaseId = stored.Case.Id };
                var party = row.ToParty() with { Consent = command.Consent is { } given ? new Consent(given.Consented!.Value, given.How!, at.Now) : null };
                return new CorrectedPapers(stored.Case.AddParty(party, at), [.. stored.Parties, row], stored.Row.PlaceAddressCipher);
            },
            cancellationToken);
    }
}
