using FluentValidation;
using GridCases.Domain;
using GridCases.Features.Rules;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Deadlines;

/// <summary>What a deadline rule would do to the open cases if it were in force now, before it is saved. Nothing is changed.</summary>
public static class PreviewPolicy
{
    [AllowedTo(Role.Administrator, Role.Auditor), LongRead]
    public sealed record Query : PolicyInput.Fields, IQuery<RulePreview.Effect>;

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator(TimeProvider time) => Include(new PolicyInput.Validator(time));
    }

    internal sealed class Handler(Rulebook rules, RulePreview preview) : IRequestHandler<Query, RulePreview.Effect>
    {
        public async Task<RulePreview.Effect> Handle(Query request, CancellationToken cancellationToken)
        {
            var at = await rules.ContextAsync(cancellationToken);
            var revision = at.Policies.Revised(request.ToPolicy(at.NewId()));
            return await preview.ReckonAsync(at with { Policies = revision.Book }, revision.Added.EffectiveFrom, cancellationToken);
        }
    }
}
