using System.Text.Json.Serialization;
using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>Finds cases in the caller's scope: the work list, the search.</summary>
public static class ListCases
{
    /// <summary>Stands for the due instant of a case with nothing due, which comes last.</summary>
    internal static readonly DateTimeOffset Never = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);

    public enum Order
    {
        /// <summary>The newest registered first.</summary>
        Newest,

        /// <summary>The one due first; those with nothing due last.</summary>
        Due,

        /// <summary>The longest overdue first, which is the order of due dates.</summary>
        Overdue,

        /// <summary>The largest amount in dispute first; those without one last.</summary>
        Amount,
    }

    /// <summary>A page of the cases that meet the conditions.</summary>
    [AllowedToSignedIn]
    public sealed record Query : CaseListFilter, IQuery<Page<Row>>
    {
        /// <summary>Where the previous page ended.</summary>
        public string? Cursor { get; init; }

        /// <summary>At most so many, 1 to 200.</summary>
        public int Limit { get; init; } = 50;
    }

    /// <summary>A case in a list.</summary>
    public sealed record Row
    {
        public Guid Id { get; init; }
        public string Number { get; init; } = "";
        public int Version { get; init; }
        public string Title { get; init; } = "";
        public CaseState State { get; init; }
        public bool Suspended { get; init; }
        public Category Category { get; init; }
        public Urgency Urgency { get; init; }
        public Risk Risk { get; init; }
        public Light Light { get; init; }

        /// <summary>What is due first; null when no clock counts now.</summary>
        public DateTimeOffset? DueAt { get; init; }

        /// <summary>Which clock that is.</summary>
        public ClockKind? DueKind { get; init; }

        /// <summary>Whether that date hangs on a calendar that is not loaded.</summary>
        public bool Provisional { get; init; }

        public UnitCode HolderUnitCode { get; init; }
        public string HolderUnitName { get; init; } = "";
        public Guid? HolderOrganisationId { get; init; }
        public string? HolderOrganisationName { get; init; }
        public string? HolderMediator { get; init; }
        public string? HolderMediatorName { get; init; }
        public UnitCode PlaceUnitCode { get; init; }
        public string PlaceUnitName { get; init; } = "";
        public UnitCode OriginUnitCode { get; init; }
        public MediationTrack? Track { get; init; }
        public CardColor? Card { get; init; }

        /// <summary>Whether the holder has asked for more time, and nobody has answered.</summary>
        public bool ExtensionAsked { get; init; }

        /// <summary>Why it came back to its present holder; null once it has gone on from there.</summary>
        public ReturnedView? Returned => ReturnedAt is { } at ? new(at, ReturnedBy!, ReturnedReason!, ReturnedFromUnitCode!.Value, ReturnedFromOrganisationId) : null;

        [JsonIgnore]
        public DateTimeOffset? ReturnedAt { get; init; }

        [JsonIgnore]
        public string? ReturnedBy { get; init; }

        [JsonIgnore]
        public string? ReturnedReason { get; init; }

        [JsonIgnore]
        public UnitCode? ReturnedFromUnitCode { get; init; }

        [JsonIgnore]
        public Guid? ReturnedFromOrganisationId { get; init; }

        /// <summary>Name of the first applicant.</summary>
        public string? Applicant { get; init; }

        /// <summary>Name of the first respondent.</summary>
        public string? Respondent { get; init; }
        public decimal? AmountInDispute { get; init; }
        public DateTimeOffset RegisteredAt { get; init; }
        public DateTimeOffset? ClosedAt { get; init; }

        /// <summary>When the caller's organisation handed the case on; the row shows it as it was then. Null for a case that is seen as it is.</summary>
        public DateTimeOffset? HandedOnAt { get; init; }

        /// <summary>Whether the row is to be shown as the case was when it was handed on.</summary>
        internal bool HandedOn { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            Include(new CaseListFilter.Rules());
            RuleFor(q => q.Limit).InclusiveBetween(1, 200);
            RuleFor(q => q.Cursor).Must((query, cursor) => PageKey.TryParse(cursor, out var key) && (key is null || key.Value.Amount is null != (query.Sort is Order.Amount)))
                .WithMessage(_ => Text.Field("BadCursor"));
        }
    }

    internal sealed class Handler(CaseList cases, ReadAudit audit) : IRequestHandler<Query, Page<Row>>
    {
        public async Task<Page<Row>> Handle(Query query, CancellationToken cancellationToken)
        {
            PageKey.TryParse(query.Cursor, out var after);
            var rows = await cases.FindAsync(query, after, query.Limit, cancellationToken);
            if (SearchedFor.Of(query) is { IsAnything: true } search)
                await audit.SearchedAsync(search.Typed, search.Phone is not null, search.IdNumber is not null, Math.Min(rows.Count, query.Limit), cancellationToken);

            return Page<Row>.Of(rows, query.Limit, last => new PageKey(query.Sort is Order.Due or Order.Overdue ? last.DueAt ?? Never : last.RegisteredAt, last.Id)
            {
                Amount = query.Sort is Order.Amount ? last.AmountInDispute ?? CaseListAsked.NoAmount : null,
            });
        }
    }
}
