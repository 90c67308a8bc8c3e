using FluentValidation;
using GridCases.Domain;
using GridCases.Texts;

namespace GridCases.Features.Deadlines;

/// <summary>A deadline rule as it is sent, shared by saving it and asking beforehand what it would do.</summary>
public static class PolicyInput
{
    /// <summary>Levels 2, 3 and 4: the parent unit, the district, the city.</summary>
    public const int MostLaterLevels = 3;

    /// <summary>A length of time.</summary>
    /// <param name="Amount">How many.</param>
    /// <param name="Unit">Hours, days or working days.</param>
    public sealed record Length(int? Amount, LimitUnit? Unit)
    {
        internal Limit ToLimit() => new(Amount!.Value, Unit!.Value);

        /// <summary>To compare lengths of different units, roughly: a working day as a day.</summary>
        internal int Hours => Amount.GetValueOrDefault() * (Unit is LimitUnit.Hours ? 1 : 24);
    }

    /// <summary>What both messages hold. A condition that is missing fits everything.</summary>
    public abstract record Fields
    {
        public ClockKind? Stage { get; init; }

        /// <summary>Only for units of this level.</summary>
        public UnitLevel? UnitLevel { get; init; }

        /// <summary>Only for this track.</summary>
        public MediationTrack? Track { get; init; }

        /// <summary>Only for this way in which a court entrusts.</summary>
        public Entrustment? Entrustment { get; init; }

        /// <summary>Only where this kind of organisation mediates.</summary>
        public OrganisationKind? OrganisationKind { get; init; }

        /// <summary>Only for this category.</summary>
        public Category? Category { get; init; }

        /// <summary>Only for this confirmed risk.</summary>
        public Risk? Risk { get; init; }

        /// <summary>Only for this urgency.</summary>
        public Urgency? Urgency { get; init; }

        /// <summary>First local day; today or later.</summary>
        public DateOnly? EffectiveFrom { get; init; }

        /// <summary>How long it may take, 1 to <see cref="Domain.Limit.Longest"/>; absent where the thing has a due date of its own.</summary>
        public Length? Limit { get; init; }

        /// <summary>How long before the due date it warns; shorter than the limit.</summary>
        public Length? WarningLead { get; init; }

        /// <summary>The most all extensions may amount to; 0 = none, absent = no maximum.</summary>
        public int? MaxExtension { get; init; }

        /// <summary>Whether an extension needs the parties' agreement.</summary>
        public bool ExtensionNeedsPartiesConsent { get; init; }

        /// <summary>Whether only the authority above the centre in charge gives more time.</summary>
        public bool ExtensionByHigherAuthority { get; init; }

        /// <summary>Whether it escalates when overdue.</summary>
        public bool Escalates { get; init; } = true;

        /// <summary>When levels 2, 3 and 4 open, counted from the due date, each later than the one before.</summary>
        public IReadOnlyList<Length>? LaterLevels { get; init; }

        /// <summary>The rule as the domain has it; its version is given when it goes into the book.</summary>
        internal DeadlinePolicy ToPolicy(Guid id) => new()
        {
            Id = id,
            Version = 0,
            EffectiveFrom = EffectiveFrom!.Value,
            Stage = Stage!.Value,
            UnitLevel = UnitLevel,
            Track = Track,
            Entrustment = Entrustment,
            OrganisationKind = OrganisationKind,
            Category = Category,
            Risk = Risk,
            Urgency = Urgency,
            Limit = Limit?.ToLimit(),
            WarningLead = WarningLead!.ToLimit(),
            MaxExtension = MaxExtension,
            ExtensionNeedsPartiesConsent = ExtensionNeedsPartiesConsent,
            ExtensionByHigherAuthority = ExtensionByHigherAuthority,
            Escalates = Escalates,
            LaterLevels = [.. (LaterLevels ?? []).Select(l => l.ToLimit())],
        };
    }

    /// <summary>What a rule must be, said so that whoever typed it knows what to do.</summary>
    public sealed class Validator : AbstractValidator<Fields>
    {
        /// <inheritdoc cref="Validator"/>
        public Validator(TimeProvider time)
        {
            RuleFor(f => f.Stage).NotNull();
            RuleFor(f => f.Track).Must((f, track) => f.Entrustment is null || track is MediationTrack.Judicial).WithMessage(_ => Text.Field("EntrustmentIsJudicial"));
            RuleFor(f => f.EffectiveFrom).NotNull().PlausibleDay()
                .Must(day => day is null || day >= LocalTime.Day(time.GetUtcNow())).WithMessage(_ => Text.Field("EffectiveFromNotPast"));
            RuleFor(f => f.Limit).ChildRules(limit => Check(limit!, 1))
                .Must((f, limit) => f.Stage is not { } stage || limit is null == DeadlinePolicy.HasOwnDueDate(stage))
                .WithMessage(f => Text.Rule(f.Limit is null ? "PolicyNeedsLimit" : "PolicyHasOwnDueDate", f.Stage!.Value));
            RuleFor(f => f.WarningLead).NotNull().ChildRules(lead => Check(lead!, 0))
                .Must((f, lead) => lead is null || f.Limit is null || lead.Hours < f.Limit.Hours).WithMessage(_ => Text.Field("WarningBeforeLimit"));
            RuleFor(f => f.MaxExtension).InclusiveBetween(0, Domain.Limit.Longest);
            RuleForEach(f => f.LaterLevels).NotNull().ChildRules(level => Check(level, 1));
            RuleFor(f => f.LaterLevels)
                .Must(levels => levels is null || levels.Count <= MostLaterLevels).WithMessage(_ => Text.Field("LadderTooLong"))
                .Must(levels => levels is null || levels.Zip(levels.Skip(1)).All(pair => pair.First.Hours < pair.Second.Hours)).WithMessage(_ => Text.Field("LadderIncreases"))
                .Must((f, levels) => f.Escalates || levels is not { Count: > 0 }).WithMessage(_ => Text.Field("LadderWithoutEscalation"));
        }

        private static void Check(InlineValidator<Length> length, int least)
        {
            length.RuleFor(l => l.Amount).Must(amount => amount >= least && amount <= Domain.Limit.Longest).WithMessage(_ => Text.Field("LengthAmount", least, Domain.Limit.Longest));
            length.RuleFor(l => l.Unit).NotNull().WithMessage(_ => Text.Field("LengthUnit"));
        }
    }
}
