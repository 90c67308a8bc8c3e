using FluentValidation;
using GridCases.Domain;
using GridCases.Pipeline;

namespace GridCases.Features.Cases;

/// <summary>Which cases are asked for, and in which order. All conditions hold together; those left out do not count.</summary>
public abstract record CaseListFilter
{
    /// <summary>Only in this state.</summary>
    public CaseState? State { get; init; }

    /// <summary>Only those that are open, or only those that are not.</summary>
    public bool? Open { get; init; }

    /// <summary>Only with this light.</summary>
    public Light? Light { get; init; }

    /// <summary>Only those that began or are held in the subtree of this unit.</summary>
    public UnitCode? Unit { get; init; }

    /// <summary>Only of this category.</summary>
    public Category? Category { get; init; }

    /// <summary>Only those mediated on this track.</summary>
    public MediationTrack? Track { get; init; }

    /// <summary>Words, all of which stand in the number, the title, the summary or a party's name. What looks like a phone or an ID number is looked up as one. A search is audited.</summary>
    public string? Q { get; init; }

    /// <summary>Only with a party of this phone, however it is written.</summary>
    [NeverInAddress]
    public string? Phone { get; init; }

    /// <summary>Only with a party of this ID number, in its form of eighteen or of fifteen.</summary>
    [NeverInAddress]
    public string? IdNumber { get; init; }

    /// <summary>Only those registered on this local day or later.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Only those registered on this local day or earlier.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Only those closed on this local day or later.</summary>
    public DateOnly? ClosedFrom { get; init; }

    /// <summary>Only those closed on this local day or earlier.</summary>
    public DateOnly? ClosedTo { get; init; }

    /// <summary>Only those that this user registered: the user name, or the name people read.</summary>
    public string? RegisteredBy { get; init; }

    /// <summary>Only those that this user mediates: the user name, or the name people read.</summary>
    public string? Mediator { get; init; }

    /// <summary>Only those that are overdue, or only those that are not.</summary>
    public bool? Overdue { get; init; }

    /// <summary>Only with an amount in dispute of this or more.</summary>
    public decimal? AmountFrom { get; init; }

    /// <summary>Only with an amount in dispute of this or less.</summary>
    public decimal? AmountTo { get; init; }

    /// <summary>Whether a person's number is looked for, which is never to stand in an address.</summary>
    public bool HasPersonalNumber() => SearchedFor.Of(this).HasNumber;

    /// <summary>Only what waits for the caller or a role of theirs in its unit.</summary>
    public bool Mine { get; init; }

    /// <summary>Order; the newest first unless said.</summary>
    public ListCases.Order? Sort { get; init; }

    internal sealed class Rules : AbstractValidator<CaseListFilter>
    {
        public Rules()
        {
            RuleFor(q => q.Q).MaximumLength(100);
            RuleFor(q => q.Phone).Phone();
            RuleFor(q => q.IdNumber).MaximumLength(50);
            RuleFor(q => q.RegisteredBy).MaximumLength(100);
            RuleFor(q => q.Mediator).MaximumLength(100);
            RuleFor(q => q.AmountFrom).Yuan();
            RuleFor(q => q.AmountTo).Yuan();
        }
    }
}
