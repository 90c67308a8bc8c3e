using System.Text.Json.Serialization;
using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Rules;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>
/// The parties of a case with their papers in full, for those who have need of them (<see cref="CaseAuthority.MayUnmask"/>). What for is asked,
/// and stands in the journal and in the audit before the answer leaves.
/// </summary>
public static class UnmaskParties
{
    /// <summary>What is asked beside the case.</summary>
    /// <param name="Purpose">What they are needed for, 2 to 400 characters.</param>
    [AllowedTo(Role.GridHead, Role.GovernanceAssistant, Role.CentreOfficer, Role.Mediator, Role.Supervisor), AnswerNotKept, WritesLast]
    public sealed record Command(string? Purpose) : ICommand<Result>, ICaseMessage
    {
        [JsonIgnore]
        public Guid CaseId { get; init; }
    }

    /// <summary>Nothing of it is masked.</summary>
    public sealed record Result(IReadOnlyList<PartyInFull> Parties, PlaceInFull Place)
    {
        /// <summary>The parties as an agreement in force was signed by them, where something was corrected since: for the documents.</summary>
        [JsonIgnore]
        public IReadOnlyList<PartyInFull> AsSigned { get; init; } = [];
    }

    public sealed record PartyInFull(Guid Id, PartyRole Role, PartyKind Kind, string Name, string? IdNumber, string? Phone, Sex? Sex, string? Address, DateOnly? BirthDate = null);

    public sealed record PlaceInFull(UnitCode UnitCode, string? Address, double? Latitude, double? Longitude);

    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.Purpose).Cascade(CascadeMode.Stop).RequiredText(400).Must(purpose => purpose!.Trim().Length >= 2).WithMessage(_ => Texts.Text.Field("PurposeTooShort"));
        }
    }

    internal sealed class Handler(Db db, CaseStore cases, Rulebook rules, ReadAudit audit, PersonalData personal, Caller caller) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command command, CancellationToken cancellationToken)
        {
            var at = await rules.ContextAsync(cancellationToken);
            var stored = await cases.LoadAsync(command.CaseId, null, cancellationToken);
            if (!CaseAuthority.MayUnmask(stored.Case, caller.Actor))
                throw new AccessDenied(nameof(UnmaskParties));

            var purpose = command.Purpose!.Trim();
            await cases.SaveAsync(stored, stored.Case.Unmask(purpose), at, cancellationToken);
            await audit.UnmaskedAsync(stored.Case.Id, purpose, cancellationToken);
            var place = stored.Case.Dispute.Place;
            return new Result(
                [.. stored.Parties.Select(p => new PartyInFull(p.Id, p.Role, p.Kind, p.Name, personal.Reveal(p.IdNumberCipher), personal.Reveal(p.PhoneCipher), p.Sex, personal.Reveal(p.AddressCipher), p.BirthDate))],
                new PlaceInFull(place.Unit, personal.Reveal(stored.Row.PlaceAddressCipher), place.Latitude, place.Longitude))
            {
                AsSigned =
                [
                    .. (await SignedPartyRow.ReadAsync(db, stored.Case, cancellationToken)).Select(p => new PartyInFull(
                        p.PartyId, p.Role, p.Kind, p.Name, personal.Reveal(p.IdNumberCipher), personal.Reveal(p.PhoneCipher), p.Sex, personal.Reveal(p.AddressCipher))),
                ],
            };
        }
    }
}
