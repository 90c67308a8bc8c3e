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

    /// <summary>All conditions hold together; those left out do not count.</summary>
    [AllowedToSignedIn]
    public sealed record Query : IQuery<Page<Row>>
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
        public Order? Sort { get; init; }

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
            RuleFor(q => q.Limit).InclusiveBetween(1, 200);
            RuleFor(q => q.Q).MaximumLength(100);
            RuleFor(q => q.Phone).Phone();
            RuleFor(q => q.IdNumber).MaximumLength(50);
            RuleFor(q => q.RegisteredBy).MaximumLength(100);
            RuleFor(q => q.Mediator).MaximumLength(100);
            RuleFor(q => q.AmountFrom).Yuan();
            RuleFor(q => q.AmountTo).Yuan();
            RuleFor(q => q.Cursor).Must((query, cursor) => PageKey.TryParse(cursor, out var key) && (key is null || key.Value.Amount is null != (query.Sort is Order.Amount)))
                .WithMessage(_ => Text.Field("BadCursor"));
        }
    }

    internal sealed class Handler(Db db, HandedOnCases handedOn, PersonalData personal, Caller caller, TimeProvider time, ReadAudit audit) : IRequestHandler<Query, Page<Row>>
    {
        private static readonly Sql CountQueue = new($"SELECT COUNT(*) FROM Escalation e WHERE {EscalationQueue.WaitsForCaller}");

        public async Task<Page<Row>> Handle(Query query, CancellationToken cancellationToken)
        {
            PageKey.TryParse(query.Cursor, out var key);
            var queued = CaseListAsked.DependsOnQueue(query, caller)
                ? await db.QuerySingleAsync<int>(CountQueue, new { supervised = caller.Roles.Where(r => r.Role is Role.Supervisor).Select(r => r.Unit) }, cancellationToken)
                : 0;
            var asked = new CaseListAsked(query, key, caller, time.GetUtcNow().TruncatedToMilliseconds(), queued, personal);
            var rows = asked.IsNothing ? [] : await db.QueryAsync<Row>(CaseListText.Of[asked.Shape], asked, cancellationToken);
            rows = await handedOn.ShownAsync(rows, asked.Organisations, cancellationToken);
            if (asked.Search.IsAnything)
                await audit.SearchedAsync(asked.Search.Typed, asked.Search.Phone is not null, asked.Search.IdNumber is not null, Math.Min(rows.Count, query.Limit), cancellationToken);

            return Page<Row>.Of(rows, query.Limit, last => new PageKey(query.Sort is Order.Due or Order.Overdue ? last.DueAt ?? Never : last.RegisteredAt, last.Id)
            {
                Amount = query.Sort is Order.Amount ? last.AmountInDispute ?? CaseListAsked.NoAmount : null,
            });
        }
    }
}
