using FluentValidation;
using GridCases.Domain;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>The next meeting is arranged; with a link it is held online.</summary>
public static class PlanSession
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="StartsAt">When; in the future.</param>
    /// <param name="Place">Where, unless it is held online.</param>
    /// <param name="Link">Where online (https).</param>
    [CaseAction(CaseAction.PlanSession)]
    public sealed record Command(DateTimeOffset? StartsAt, string? Place, string? Link) : CaseCommand;

    /// <inheritdoc/>
    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.StartsAt).NotNull();
            RuleFor(c => c.Place).OptionalText(200);
            RuleFor(c => c.Place).NotEmpty().When(c => string.IsNullOrWhiteSpace(c.Link)).WithMessage(_ => Text.Field("PlaceOrLink"));
            RuleFor(c => c.Link).HttpsLink();
        }
    }

    /// <inheritdoc/>
    public sealed class Handler(CaseActs acts) : IRequestHandler<Command, CaseView>
    {
        /// <inheritdoc/>
        public Task<CaseView> Handle(Command command, CancellationToken ct) => acts.DoAsync(
            command,
            (@case, at) => @case.PlanSession(new NextSession(command.StartsAt!.Value, command.Place, command.Link), at),
            ct);
    }
}
