using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Subsidies;

/// <summary>Granted subsidies, case by case. There is no ranking and no total per person.</summary>
public static class ListSubsidies
{
    /// <summary>All conditions hold together; those left out do not count.</summary>
    [AllowedTo(Role.Supervisor, Role.Administrator, Role.Auditor)]
    public sealed record Query : IQuery<Result>, ISubsidyFilter
    {
        /// <summary>Only of cases that began in the subtree of this unit.</summary>
        public UnitCode? Unit { get; init; }

        public DateOnly? From { get; init; }

        public DateOnly? To { get; init; }

        public bool? Paid { get; init; }

        /// <summary>Where the previous page ended.</summary>
        public string? Cursor { get; init; }

        /// <summary>At most so many, 1 to 200.</summary>
        public int Limit { get; init; } = 50;
    }

    /// <summary>A page of the list, and how many there are in all with their sum.</summary>
    /// <param name="Items">The rows, the newest first.</param>
    /// <param name="Next">The next page's cursor.</param>
    /// <param name="Count">How many match.</param>
    /// <param name="Amount">Their sum in yuan.</param>
    public sealed record Result(IReadOnlyList<SubsidyRow> Items, string? Next, int Count, decimal Amount);

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Limit).InclusiveBetween(1, 200);
            RuleFor(q => q.From).PlausibleDay();
            RuleFor(q => q.To).PlausibleDay();
            RuleFor(q => q.Cursor).Must(cursor => PageKey.TryParse(cursor, out _)).WithMessage(_ => Text.Field("BadCursor"));
        }
    }

    internal sealed class Handler(SubsidyList subsidies) : IRequestHandler<Query, Result>
    {
        public async Task<Result> Handle(Query query, CancellationToken cancellationToken)
        {
            PageKey.TryParse(query.Cursor, out var key);
            var page = Page<SubsidyRow>.Of(await subsidies.FindAsync(query, key, query.Limit + 1, cancellationToken), query.Limit, last => new PageKey(last.GrantedAt, last.CaseId));
            var total = await subsidies.SumAsync(query, cancellationToken);
            return new Result(page.Items, page.Next, total.Count, total.Amount);
        }
    }
}
