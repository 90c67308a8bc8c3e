using FluentValidation;
using GridCases.Domain;
using GridCases.Texts;

namespace GridCases.Features.Cases;

/// <summary>The words of an agreement as they are sent, shared by reaching and revising it.</summary>
public static class AgreementInput
{
    /// <summary>What both commands hold.</summary>
    public interface IFields
    {
        AgreementForm? Form { get; }

        string? Terms { get; }

        /// <summary>Yuan, if money was agreed.</summary>
        decimal? Amount { get; }

        /// <summary>Who does what until when.</summary>
        IReadOnlyList<Promise>? Obligations { get; }
    }

    /// <summary>An obligation as it is sent.</summary>
    /// <param name="PartyId">Who promises.</param>
    /// <param name="Text">What, in up to 500 characters.</param>
    /// <param name="DueOn">The local day it is due.</param>
    /// <param name="Amount">Yuan, if any.</param>
    /// <param name="About">What it is about; if nobody says, a payment with an amount, else an act. It decides what a court may confirm.</param>
    public sealed record Promise(Guid? PartyId, string? Text, DateOnly? DueOn, decimal? Amount, ObligationSubject? About = null);

    /// <summary>The agreement in the domain's words.</summary>
    public static AgreementText Text(IFields fields) => new(fields.Form!.Value, fields.Terms!, fields.Amount,
        [.. (fields.Obligations ?? []).Select(o => new PromisedObligation(o.PartyId!.Value, o.Text!, o.DueOn!.Value, o.Amount, o.About))]);

    /// <summary>Contents of an agreement are "may", not "must" (People's Mediation Law art. 29): only form and terms are asked for.</summary>
    public sealed class Validator : AbstractValidator<IFields>
    {
        /// <inheritdoc cref="Validator"/>
        public Validator()
        {
            RuleFor(c => c.Form).NotNull();
            RuleFor(c => c.Terms).RequiredText(4000);
            RuleFor(c => c.Amount).Yuan();
            RuleFor(c => c.Obligations).Must(list => list is null || list.Count <= 100).WithMessage(_ => Texts.Text.Field("TooMany", 100));
            RuleForEach(c => c.Obligations).NotNull().ChildRules(promise =>
            {
                promise.RuleFor(o => o.PartyId).NotNull();
                promise.RuleFor(o => o.Text).RequiredText(500);
                promise.RuleFor(o => o.DueOn).NotNull().PlausibleDay();
                promise.RuleFor(o => o.Amount).Yuan();
            });
        }
    }
}
