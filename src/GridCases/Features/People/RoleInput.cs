using FluentValidation;
using GridCases.Domain;
using GridCases.Texts;

namespace GridCases.Features.People;

/// <summary>A role to be given.</summary>
public record RoleInput
{
    public Role? Role { get; init; }

    /// <summary>Where; a mediator's is the organisation's unit.</summary>
    public UnitCode? UnitCode { get; init; }

    /// <summary>The organisation a mediator serves in; for nobody else.</summary>
    public Guid? OrganisationId { get; init; }

    /// <summary>First day; today unless said.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, if it is known already.</summary>
    public DateOnly? To { get; init; }

    internal sealed class Validator : AbstractValidator<RoleInput>
    {
        public Validator(TimeProvider time)
        {
            RuleFor(r => r.Role).NotNull();
            RuleFor(r => r.UnitCode).NotNull();
            RuleFor(r => r.UnitCode).Must((input, unit) => unit is null || input.Role is null || input.Role.Value.MayBeHeldAt(unit.Value.Level))
                .WithMessage(input => Text.Field("RoleNotAtLevel", input.Role!.Value, input.UnitCode!.Value.Level));
            RuleFor(r => r.OrganisationId).NotNull().When(r => r.Role is Domain.Role.Mediator);
            RuleFor(r => r.OrganisationId).Null().When(r => r.Role is not (null or Domain.Role.Mediator)).WithMessage(_ => Text.Field("OnlyMediatorsInOrganisation"));
            RuleFor(r => r.From).PlausibleDay();
            RuleFor(r => r.To).PlausibleDay()
                .Must((input, to) => to is null || to >= (input.From ?? LocalTime.Day(time.GetUtcNow()))).WithMessage(_ => Text.Field("EndsBeforeItBegins"));
        }
    }
}
