using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Pipeline;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Subsidies;

/// <summary>
/// Sets what a mediated case is worth from a day on. A later rate for the same form and category takes the place of an earlier one;
/// what was granted stays as it was.
/// </summary>
public static class SetSubsidyRate
{
    /// <summary>The rate.</summary>
    /// <param name="EffectiveFrom">First local day, today or later.</param>
    /// <param name="EffectiveTo">Last local day, if it is to end.</param>
    /// <param name="Form">Only for agreements of this form.</param>
    /// <param name="Category">Only for disputes of this category.</param>
    /// <param name="Amount">Yuan; 0 ends the subsidy for what it matches.</param>
    [AllowedInCity(Role.Administrator)]
    public sealed record Command(DateOnly? EffectiveFrom, DateOnly? EffectiveTo, AgreementForm? Form, Category? Category, decimal? Amount) : ICommand<SubsidyRate>;

    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.EffectiveFrom).NotNull().PlausibleDay();
            RuleFor(c => c.EffectiveTo).PlausibleDay()
                .Must((command, to) => to is null || command.EffectiveFrom is null || to >= command.EffectiveFrom).WithMessage(_ => Text.Field("EndsBeforeItBegins"));
            RuleFor(c => c.Amount).NotNull().Yuan();
        }
    }

    public sealed class Handler(Db db, SubsidyRates rates, TimeProvider time) : IRequestHandler<Command, SubsidyRate>
    {
        public async Task<SubsidyRate> Handle(Command command, CancellationToken cancellationToken)
        {
            // Two of one day set at once would both find none.
            await db.ExecuteAsync(Migrator.OneServerAtATime, null, cancellationToken);
            var now = time.GetUtcNow().TruncatedToMilliseconds();
            var rate = new SubsidyRate(Guid.CreateVersion7(now), command.EffectiveFrom!.Value, command.EffectiveTo, command.Form, command.Category, command.Amount!.Value);
            if (rate.EffectiveFrom < LocalTime.Day(now))
                throw new RuleViolation("SubsidyRateInPast");

            if ((await rates.AllAsync(cancellationToken)).Any(r => (r.EffectiveFrom, r.Form, r.Category) == (rate.EffectiveFrom, rate.Form, rate.Category)))
                throw new RuleViolation("SubsidyRateExists", rate.EffectiveFrom);

            await SubsidyRates.AddAsync(db, rate, cancellationToken);
            return rate;
        }
    }
}
