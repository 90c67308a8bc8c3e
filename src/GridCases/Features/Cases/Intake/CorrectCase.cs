using FluentValidation;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>更正: what the dispute is about, where and when, as it should have been written down. What is left out stays; what was wrong and has no right value is named in <c>clear</c>.</summary>
public static class CorrectCase
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="Title">One line, up to 100 characters.</param>
    /// <param name="Summary">What happened, up to 2,000 characters.</param>
    /// <param name="Category">Category.</param>
    /// <param name="OccurredOn">Local day it happened; not in the future.</param>
    /// <param name="Source">How it came to be known.</param>
    /// <param name="Urgency">Whether it can wait.</param>
    /// <param name="Scale">How many it is about.</param>
    /// <param name="PeopleInvolved">Number of people involved.</param>
    /// <param name="AmountInDispute">Yuan.</param>
    /// <param name="Place">Where it happened, in the district whose number the case bears; what of it is left out stays.</param>
    /// <param name="Clear">What is left empty from now on.</param>
    /// <param name="Reason">Why, in up to 1,000 characters.</param>
    [CaseAction(CaseAction.Correct, Icon = "pencil")]
    public sealed record Command(
        [FormField(FieldKind.Text, IsPrefilled = true, IsRequired = true)] string? Title = null,
        [FormField(FieldKind.Lines, IsPrefilled = true)] string? Summary = null,
        [FormField(FieldKind.WordList, IsPrefilled = true, IsRequired = true)] Category? Category = null,
        [FormField(FieldKind.Place, Name = "place")] RegisterCase.PlaceInput? Place = null,
        [FormField(FieldKind.Day, IsPrefilled = true)] DateOnly? OccurredOn = null,
        [FormField(FieldKind.WordList, IsPrefilled = true, IsRequired = true)] Source? Source = null,
        [FormField(FieldKind.Words, IsPrefilled = true, IsRequired = true)] Urgency? Urgency = null,
        [FormField(FieldKind.Words, IsPrefilled = true, IsRequired = true)] Scale? Scale = null,
        [FormField(FieldKind.Number, IsPrefilled = true)] int? PeopleInvolved = null,
        [FormField(FieldKind.Yuan, IsPrefilled = true)] decimal? AmountInDispute = null,
        IReadOnlyList<DisputeFact>? Clear = null,
        [FormField(FieldKind.Lines)] string? Reason = null) : CaseCommand
    {
        /// <summary>Whether something is to be left empty: named so, or a text of nothing.</summary>
        internal bool Clears(DisputeFact fact, string? text = null) => Clear?.Contains(fact) is true || text is { } typed && string.IsNullOrWhiteSpace(typed);

        /// <summary>The dispute with what was sent in place of what was on record.</summary>
        internal Dispute Corrected(Dispute was) => was with
        {
            Title = Title?.Trim() ?? was.Title,
            Summary = Clears(DisputeFact.Summary, Summary) ? null : Summary ?? was.Summary,
            Category = Category ?? was.Category,
            OccurredOn = Clears(DisputeFact.OccurredOn) ? null : OccurredOn ?? was.OccurredOn,
            Source = Source ?? was.Source,
            Urgency = Urgency ?? was.Urgency,
            Scale = Scale ?? was.Scale,
            PeopleInvolved = Clears(DisputeFact.PeopleInvolved) ? null : PeopleInvolved ?? was.PeopleInvolved,
            AmountInDispute = Clears(DisputeFact.AmountInDispute) ? null : AmountInDispute ?? was.AmountInDispute,
            Place = was.Place with
            {
                Unit = Place?.UnitCode ?? was.Place.Unit,
                Latitude = Clears(DisputeFact.Point) ? null : Place?.Latitude ?? was.Place.Latitude,
                Longitude = Clears(DisputeFact.Point) ? null : Place?.Longitude ?? was.Place.Longitude,
            },
        };
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.Reason).RequiredText(1000);
            RuleFor(c => c.Title).RequiredText(100).When(c => c.Title is not null);
            RuleFor(c => c.Summary).OptionalText(2000);
            RuleFor(c => c.OccurredOn).PlausibleDay();
            RuleFor(c => c.PeopleInvolved).InclusiveBetween(1, 100_000);
            RuleFor(c => c.AmountInDispute).Yuan();
            RuleFor(c => c.Place!.Address).OptionalText(200).When(c => c.Place is not null);
            RuleFor(c => c.Place!.Latitude).InclusiveBetween(-90, 90).When(c => c.Place is not null);
            RuleFor(c => c.Place!.Longitude).InclusiveBetween(-180, 180).When(c => c.Place is not null);
            RuleFor(c => c.Clear).Must(list => list is null || list.Count <= 20).WithMessage(_ => Text.Field("TooMany", 20));
            RuleFor(c => c).Must(SaysSomething).OverridePropertyName("$").WithMessage(_ => Text.Field("NothingToCorrect"));
        }

        private static bool SaysSomething(Command c) => c.Clear is { Count: > 0 }
            || c is not { Title: null, Summary: null, Category: null, OccurredOn: null, Source: null, Urgency: null, Scale: null, PeopleInvolved: null, AmountInDispute: null }
            || c.Place is not (null or { UnitCode: null, Address: null, Latitude: null, Longitude: null });
    }

    internal sealed class Handler(CaseActionExecutor actions, CaseDirectory directory, PersonalData personal) : IRequestHandler<Command, CaseView>
    {
        public async Task<CaseView> Handle(Command command, CancellationToken cancellationToken)
        {
            if (command.Place?.UnitCode is { } unit)
                await directory.DemandUnitAsync(unit, "place.unitCode", cancellationToken);
            return await actions.CorrectAsync(
                command,
                (stored, at) =>
                {
                    if (command.OccurredOn > at.Today)
                        throw new InvalidInput("occurredOn", Text.Field("NotInFuture"));

                    if (command.Place?.UnitCode is { } place && !stored.Case.MayLieIn(place))
                        throw new InvalidInput("place.unitCode", Text.Field("PlaceInOtherDistrict"));

                    var was = personal.Reveal(stored.Row.PlaceAddressCipher);
                    var address = command.Clears(DisputeFact.Address, command.Place?.Address) ? null : command.Place?.Address ?? was;
                    PartyPapers.DemandUntold(command.Reason!, was, address);
                    var change = stored.Case.Correct(command.Corrected(stored.Case.Dispute), address != was, command.Reason!, at);
                    return new CorrectedPapers(change, stored.Parties, address == was ? stored.Row.PlaceAddressCipher : personal.Protect(address));
                },
                cancellationToken);
        }
    }
}
