using FluentValidation;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>Cases in the caller's scope that may be the dispute about to be registered. It only warns: registering never asks it. Audited as a search.</summary>
public static class FindDuplicates
{
    /// <summary>As much of the dispute as is known yet; the body of registering fits.</summary>
    [AllowedTo(Role.GridHead, Role.GovernanceAssistant, Role.CentreOfficer)]
    public sealed record Query : IQuery<IReadOnlyList<Duplicate>>
    {
        /// <summary>One line, up to 100 characters.</summary>
        public string? Title { get; init; }

        /// <summary>What happened, up to 2,000 characters.</summary>
        public string? Summary { get; init; }

        /// <summary>Where it happened: its village is where names and words are compared.</summary>
        public RegisterCase.PlaceInput? Place { get; init; }

        /// <summary>Parties, as far as they are known.</summary>
        public IReadOnlyList<RegisterCase.PartyInput>? Parties { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Title).OptionalText(100);
            RuleFor(q => q.Summary).OptionalText(2000);
            RuleFor(q => q.Parties).Must(list => list is null || list.Count <= 100).WithMessage(_ => Text.Field("TooMany", 100));
            RuleForEach(q => q.Parties).NotNull().ChildRules(party =>
            {
                party.RuleFor(p => p.Name).OptionalText(100);
                party.RuleFor(p => p.IdNumber).OptionalText(50);
                party.RuleFor(p => p.Phone).OptionalText(50);
            });
        }
    }

    internal sealed class Handler(DuplicateSearch search, ReadAudit audit) : IRequestHandler<Query, IReadOnlyList<Duplicate>>
    {
        public async Task<IReadOnlyList<Duplicate>> Handle(Query query, CancellationToken cancellationToken)
        {
            var people = (query.Parties ?? []).Where(p => p.Kind is not PartyKind.Organisation && p.Role is not PartyRole.Representative).ToList();
            var found = await search.FindAsync(
                new DuplicateSearch.Wanted
                {
                    Place = query.Place?.UnitCode,
                    Title = query.Title,
                    Summary = query.Summary,
                    IdNumbers = [.. people.Select(p => search.Fingerprint(p.IdNumber)).OfType<string>()],
                    Phones = [.. people.Select(p => search.Fingerprint(p.Phone)).OfType<string>()],
                    Names = [.. people.Select(p => p.Name?.Trim()).Where(name => !string.IsNullOrEmpty(name)).OfType<string>()],
                },
                cancellationToken);
            await audit.DuplicatesSoughtAsync(query.Title ?? "", found.Count, cancellationToken);
            return found;
        }
    }
}
