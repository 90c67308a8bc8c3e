using FluentValidation;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;

namespace GridCases.Features.Subsidies;

/// <summary>The same list whole, to be taken away as a file. Audited.</summary>
public static class ExportSubsidies
{
    /// <summary>Most rows of one file.</summary>
    public const int Most = 20_000;

    /// <summary>All conditions hold together; those left out do not count.</summary>
    [AllowedTo(Role.Supervisor, Role.Administrator, Role.Auditor), LongRead]
    public sealed record Query : IQuery<IReadOnlyList<SubsidyRow>>, ISubsidyFilter
    {
        public UnitCode? Unit { get; init; }

        public DateOnly? From { get; init; }

        public DateOnly? To { get; init; }

        public bool? Paid { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.From).PlausibleDay();
            RuleFor(q => q.To).PlausibleDay();
        }
    }

    internal sealed class Handler(SubsidyList subsidies, ReadAudit audit) : IRequestHandler<Query, IReadOnlyList<SubsidyRow>>
    {
        public async Task<IReadOnlyList<SubsidyRow>> Handle(Query query, CancellationToken cancellationToken)
        {
            var rows = await subsidies.FindAsync(query, null, Most, cancellationToken);
            await audit.ExportedAsync(ReadKind.ExportSubsidies, rows.Count, cancellationToken);
            return rows;
        }
    }
}
