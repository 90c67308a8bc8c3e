using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Rules;
using GridCases.Features.Units;
using GridCases.Pipeline;
using GridCases.Security;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>登记: a grid head, an assistant or a centre's officer writes a dispute down, and submits it at once if wanted, or records it as settled on the spot.</summary>
public static class RegisterCase
{
    /// <summary>The dispute. Only title, category, place and one party are required; the rest may be added by correcting the case until it is archived.</summary>
    [AllowedTo(Role.GridHead, Role.GovernanceAssistant, Role.CentreOfficer), WritesLast]
    public sealed record Command : ICommand<CaseView>
    {
        /// <summary>One line, up to 100 characters.</summary>
        public string? Title { get; init; }

        /// <summary>What happened, up to 2,000 characters.</summary>
        public string? Summary { get; init; }

        public Category? Category { get; init; }

        /// <summary>Local day it happened; not in the future.</summary>
        public DateOnly? OccurredOn { get; init; }

        /// <summary>How it came to be known; on patrol, if nobody says.</summary>
        public Source? Source { get; init; }

        public Urgency? Urgency { get; init; }

        public Scale? Scale { get; init; }

        /// <summary>Number of people involved.</summary>
        public int? PeopleInvolved { get; init; }

        /// <summary>Yuan.</summary>
        public decimal? AmountInDispute { get; init; }

        /// <summary>Where it happened, in the caller's own area.</summary>
        public PlaceInput? Place { get; init; }

        public IReadOnlyList<PartyInput>? Parties { get; init; }

        /// <summary>Whether it goes to the centre at once.</summary>
        public bool? Submit { get; init; }

        /// <summary>现场化解: what was settled there and then, and how, in up to 2,000 characters. The case goes on to be verified, in the same step; it is not handed to the centre besides.</summary>
        public string? ResolvedOnSpot { get; init; }
    }

    /// <summary>A place.</summary>
    /// <param name="UnitCode">The unit, usually the grid.</param>
    /// <param name="Address">In words.</param>
    /// <param name="Latitude">WGS-84 degrees.</param>
    /// <param name="Longitude">WGS-84 degrees.</param>
    public sealed record PlaceInput(UnitCode? UnitCode, string? Address, double? Latitude, double? Longitude);

    /// <summary>A party; ID number, phone and address are stored encrypted.</summary>
    /// <param name="Role">Its part.</param>
    /// <param name="Kind">Person or organisation.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="IdNumber">ID number.</param>
    /// <param name="Phone">Phone.</param>
    /// <param name="Sex">Sex.</param>
    /// <param name="Address">Address.</param>
    /// <param name="BirthDate">Day of birth.</param>
    public sealed record PartyInput(PartyRole? Role, PartyKind? Kind, string? Name, string? IdNumber, string? Phone, Sex? Sex, string? Address, DateOnly? BirthDate = null);

    public sealed class Validator : AbstractValidator<Command>
    {
        /// <inheritdoc cref="Validator"/>
        public Validator(TimeProvider time)
        {
            RuleFor(c => c.Title).RequiredText(100);
            RuleFor(c => c.Summary).OptionalText(2000);
            RuleFor(c => c.Category).NotNull();
            RuleFor(c => c.OccurredOn).PlausibleDay().Must(day => day is null || day <= LocalTime.Day(time.GetUtcNow())).WithMessage(_ => Text.Field("NotInFuture"));
            RuleFor(c => c.PeopleInvolved).InclusiveBetween(1, 100_000);
            RuleFor(c => c.AmountInDispute).Yuan();
            RuleFor(c => c.Place).NotNull();
            RuleFor(c => c.Place!.UnitCode).NotNull().When(c => c.Place is not null);
            RuleFor(c => c.Place!.Address).OptionalText(200).When(c => c.Place is not null);
            RuleFor(c => c.Place!.Latitude).InclusiveBetween(-90, 90).When(c => c.Place is not null);
            RuleFor(c => c.Place!.Longitude).InclusiveBetween(-180, 180).When(c => c.Place is not null);
            RuleFor(c => c.ResolvedOnSpot).RequiredText(2000).When(c => c.ResolvedOnSpot is not null);
            RuleFor(c => c.ResolvedOnSpot).Null().When(c => c.Submit is true).WithMessage(_ => Text.Field("SubmitOrResolve"));
            RuleFor(c => c.Parties).NotEmpty().WithMessage(_ => Text.Field("PartyNeeded"));
            RuleFor(c => c.Parties).Must(list => list is null || list.Count <= 100).WithMessage(_ => Text.Field("TooMany", 100));
            RuleForEach(c => c.Parties).NotNull().ChildRules(party =>
            {
                party.RuleFor(p => p.Role).NotNull();
                party.RuleFor(p => p.Kind).NotNull();
                party.RuleFor(p => p.Name).RequiredText(100);
                party.RuleFor(p => p.IdNumber).OptionalText(50);
                party.RuleFor(p => p.Phone).OptionalText(50);
                party.RuleFor(p => p.Address).OptionalText(200);
                party.RuleFor(p => p.BirthDate).PlausibleDay();
            });
        }
    }

    public sealed class Handler(Db db, CaseStore cases, CaseViews views, Rulebook rules, CurrentCaller current, PersonalData personal, OpenUnits units) : IRequestHandler<Command, CaseView>
    {
        public async Task<CaseView> Handle(Command command, CancellationToken cancellationToken)
        {
            var at = await rules.ContextAsync(cancellationToken);
            var place = command.Place!.UnitCode!.Value;
            var origin = await OriginAsync(place, cancellationToken);
            var rows = command.Parties!.Select((party, ordinal) => personal.RowOf(party, at.NewId(), ordinal)).ToArray();
            var address = personal.Protect(command.Place.Address);
            var registration = new Domain.Registration(
                Number: "",
                new Dispute
                {
                    Title = command.Title!.Trim(),
                    Summary = command.Summary,
                    Category = command.Category!.Value,
                    OccurredOn = command.OccurredOn,
                    Source = command.Source ?? Source.Patrol,
                    Urgency = command.Urgency ?? Urgency.Normal,
                    Scale = command.Scale ?? Scale.Individual,
                    PeopleInvolved = command.PeopleInvolved,
                    AmountInDispute = command.AmountInDispute,
                    Place = new Place(place, null, command.Place.Latitude, command.Place.Longitude),
                },
                origin,
                [.. rows.Select(r => r.ToParty())]);

            var change = Case.Register(registration, at);
            if (command.Submit is true)
                change = change.Then(registered => registered.Submit(at));
            else if (command.ResolvedOnSpot is { } settled)
                change = change.Then(registered => registered.ResolveOnSpot(settled, at));

            var (unnumbered, _) = await cases.InsertionAsync(change, rows, address, at, cancellationToken);
            var view = await views.OfAsync(unnumbered, at.Now, at.Calendar, cancellationToken);

            // The serial is taken last: registrations of a district wait for each other from here to the end, and none that fails leaves a gap.
            await db.WriteAsync(
                async session =>
                {
                    var number = await CaseNumbers.NextAsync(session, place, at, cancellationToken);
                    var (_, writes) = await cases.InsertionAsync(change.WithNumber(number), rows, address, at, cancellationToken);
                    await session.WriteAsync(writes, cancellationToken);
                    view.Number = number;
                },
                cancellationToken);
            return view;
        }

        /// <summary>
        /// The unit where the case begins: of the units in which the caller registers, the lowest one that the place lies in.
        /// </summary>
        private async Task<UnitCode> OriginAsync(UnitCode place, CancellationToken cancellationToken)
        {
            await units.DemandAsync(place, "place.unitCode", cancellationToken, unknown: "PlaceOutsideYourArea");
            var origin = current.Caller.Roles
                .Where(r => r.Role is Role.GridHead or Role.GovernanceAssistant or Role.CentreOfficer && r.Unit.Contains(place))
                .MaxBy(r => r.Unit.Level)?.Unit;
            if (origin is null || place.Level < UnitLevel.District)
                throw new InvalidInput("place.unitCode", Text.Field("PlaceOutsideYourArea"));

            return origin.Value;
        }
    }
}
