using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Escalations;

/// <summary>A supervisor takes note of several escalations at once. Those that somebody dealt with meanwhile, or that are not the caller's, are passed over.</summary>
public static class AcknowledgeEscalations
{
    /// <summary>The message.</summary>
    /// <param name="Ids">The escalations, up to 100.</param>
    /// <param name="Note">Up to 1,000 characters, for all of them.</param>
    [AllowedTo(Role.Supervisor)]
    public sealed record Command(IReadOnlyList<Guid>? Ids, string? Note) : ICommand<Result>;

    /// <summary>How many were acknowledged, and how many passed over.</summary>
    public sealed record Result(int Acknowledged, int Skipped);

    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.Ids).NotEmpty().Must(ids => ids is not { Count: > 100 }).WithMessage(_ => Texts.Text.Get("Escalations", "TooMany", 100));
            RuleFor(c => c.Note).OptionalText(1000);
        }
    }

    internal sealed class Handler(Db db, EscalationActionExecutor actions, Caller caller) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            // In one order, so that two who acknowledge the same ones at once never wait for each other crosswise.
            var ids = request.Ids!.Distinct().Order().ToList();
            var acknowledged = 0;
            foreach (var id in ids)
            {
                if (await EscalationRow.FindAsync(db, id, cancellationToken) is { State: EscalationState.Open } row && row.IsOf(caller) && await TryAsync(id, request.Note, cancellationToken))
                    acknowledged++;
            }

            return new Result(acknowledged, ids.Count - acknowledged);
        }

        private async Task<bool> TryAsync(Guid id, string? note, CancellationToken cancellationToken)
        {
            try
            {
                await actions.ExecuteAsync(new AcknowledgeEscalation(note) { EscalationId = id }, cancellationToken);
                return true;
            }
            catch (RuleViolation)
            {
                // Somebody has just answered it.
                return false;
            }
        }
    }
}
