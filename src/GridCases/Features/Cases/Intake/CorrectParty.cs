using System.Collections.Immutable;
using FluentValidation;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>更正: who a party is as it should have been written down. What is left out stays; what was wrong and has no right value is named in <c>clear</c>.</summary>
public static class CorrectParty
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="PartyId">The party.</param>
    /// <param name="Role">Its part; only until an agreement is in force.</param>
    /// <param name="Kind">Person or organisation.</param>
    /// <param name="Name">Its name; only until an agreement is in force.</param>
    /// <param name="IdNumber">ID number.</param>
    /// <param name="Phone">Phone.</param>
    /// <param name="Sex">Sex.</param>
    /// <param name="BirthDate">Day of birth.</param>
    /// <param name="Address">Address.</param>
    /// <param name="Clear">What is left empty from now on: IdNumber, Phone, Sex, BirthDate, Address.</param>
    /// <param name="Reason">Why, in up to 1,000 characters, without the numbers themselves: it stands in the journal.</param>
    [CaseAction(CaseAction.CorrectParty, Icon = "id")]
    public sealed record Command(
        [FormField(FieldKind.ThisParty)] Guid? PartyId,
        [FormField(FieldKind.Text, IsPrefilled = true, IsRequired = true)] string? Name = null,
        [FormField(FieldKind.WordList, IsPrefilled = true, IsRequired = true)] PartyRole? Role = null,
        [FormField(FieldKind.Words, IsPrefilled = true, IsRequired = true)] PartyKind? Kind = null,
        [FormField(FieldKind.Masked)] string? Phone = null,
        [FormField(FieldKind.Masked)] string? IdNumber = null,
        [FormField(FieldKind.Words, IsPrefilled = true)] Sex? Sex = null,
        [FormField(FieldKind.MaskedDay)] DateOnly? BirthDate = null,
        [FormField(FieldKind.Masked)] string? Address = null,
        IReadOnlyList<PartyFact>? Clear = null,
        [FormField(FieldKind.Lines)] string? Reason = null) : CaseCommand
    {
        /// <summary>Whether something is to be left empty: named so, or a text of nothing.</summary>
        internal bool Clears(PartyFact fact, string? text = null) => Clear?.Contains(fact) is true || text is { } typed && string.IsNullOrWhiteSpace(typed);
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.PartyId).NotNull();
            RuleFor(c => c.Reason).RequiredText(1000);
            RuleFor(c => c.Name).RequiredText(100).When(c => c.Name is not null);
            RuleFor(c => c.IdNumber).OptionalText(50);
            RuleFor(c => c.Phone).OptionalText(50);
            RuleFor(c => c.BirthDate).PlausibleDay();
            RuleFor(c => c.Address).OptionalText(200);
            RuleFor(c => c.Clear).Must(list => list is null || list.All(fact => fact is not (PartyFact.Role or PartyFact.Kind or PartyFact.Name)))
                .WithMessage(_ => Text.Field("CannotBeCleared"));
            RuleFor(c => c).Must(SaysSomething).OverridePropertyName("$").WithMessage(_ => Text.Field("NothingToCorrect"));
        }

        private static bool SaysSomething(Command c) => c.Clear is { Count: > 0 }
            || c is not { Role: null, Kind: null, Name: null, IdNumber: null, Phone: null, Sex: null, BirthDate: null, Address: null };
    }

    internal sealed class Handler(CaseActionExecutor actions, PersonalData personal) : IRequestHandler<Command, CaseView>
    {
        public Task<CaseView> Handle(Command command, CancellationToken cancellationToken) => actions.CorrectAsync(
            command,
            (stored, at) =>
            {
                if (command.BirthDate > at.Today)
                    throw new InvalidInput("birthDate", Text.Field("NotInFuture"));

                var row = stored.Parties.FirstOrDefault(p => p.Id == command.PartyId) ?? throw new RuleViolation("NotAParty", command.PartyId!);
                var papers = new Papers(row, personal);
                var corrected = papers.Corrected(command);
                PartyPapers.DemandUntold(command.Reason!, papers.IdNumber, papers.Phone, papers.Address, corrected.IdNumber, corrected.Phone, corrected.Address);
                var change = stored.Case.CorrectParty(new PartyCorrection(row.Id, command.Role, command.Kind, papers.DifferingFrom(corrected)), command.Reason!, at);
                return new CorrectedPapers(change, [.. stored.Parties.Select(p => p.Id == row.Id ? corrected.Row(row, papers, personal) : p)], stored.Row.PlaceAddressCipher);
            },
            cancellationToken);
    }

    /// <summary>Name and papers in the clear, for as long as they are compared.</summary>
    private sealed record Papers(string Name, string? IdNumber, string? Phone, Sex? Sex, DateOnly? BirthDate, string? Address)
    {
        public Papers(PartyRow row, PersonalData personal)
            : this(row.Name, personal.Reveal(row.IdNumberCipher), personal.Reveal(row.PhoneCipher), row.Sex, row.BirthDate, personal.Reveal(row.AddressCipher))
        {
        }

        public Papers Corrected(Command command) => new(
            command.Name?.Trim() ?? Name,
            command.Clears(PartyFact.IdNumber, command.IdNumber) ? null : command.IdNumber ?? IdNumber,
            command.Clears(PartyFact.Phone, command.Phone) ? null : command.Phone ?? Phone,
            command.Clears(PartyFact.Sex) ? null : command.Sex ?? Sex,
            command.Clears(PartyFact.BirthDate) ? null : command.BirthDate ?? BirthDate,
            command.Clears(PartyFact.Address, command.Address) ? null : command.Address ?? Address);

        public ImmutableArray<PartyFact> DifferingFrom(Papers other) =>
        [
            .. new (PartyFact Fact, bool Differs)[]
            {
                (PartyFact.Name, Name != other.Name), (PartyFact.IdNumber, IdNumber != other.IdNumber), (PartyFact.Phone, Phone != other.Phone),
                (PartyFact.Sex, Sex != other.Sex), (PartyFact.BirthDate, BirthDate != other.BirthDate), (PartyFact.Address, Address != other.Address),
            }.Where(f => f.Differs).Select(f => f.Fact),
        ];

        /// <summary>The row with these papers; what is as it was keeps its cipher.</summary>
        public PartyRow Row(PartyRow row, Papers before, PersonalData personal)
        {
            var corrected = row with { Name = Name, Sex = Sex, BirthDate = BirthDate };
            if (IdNumber != before.IdNumber)
                corrected = corrected.WithIdNumber(IdNumber, personal);
            if (Phone != before.Phone)
                corrected = corrected.WithPhone(Phone, personal);
            return Address == before.Address ? corrected : corrected.WithAddress(Address, personal);
        }
    }
}
