using FluentValidation;
using GridCases.Domain;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>交办 to a direct child's centre.</summary>
public static class AssignDown
{
    /// <summary>What the action needs beside the case.</summary>
    /// <param name="UnitCode">The child.</param>
    [CaseAction(CaseAction.AssignDown, Icon = "building")]
    public sealed record Command([FormField(FieldKind.ChildUnit)] UnitCode? UnitCode) : CaseCommand;

    public sealed class Validator : AbstractValidator<Command>
    {
        /// <summary>What a program or a form must send.</summary>
        public Validator()
        {
            RuleFor(c => c.UnitCode).NotNull();
        }
    }

    public sealed class Handler(CaseActionExecutor actions, CaseDirectory directory) : IRequestHandler<Command, CaseView>
    {
        public Task<CaseView> Handle(Command command, CancellationToken cancellationToken) => actions.ExecuteAsync(
            command,
            async (@case, at) =>
            {
                var to = command.UnitCode!.Value;
                await directory.DemandUnitAsync(to, "unitCode", cancellationToken);
                return @case.AssignDown(to, at);
            },
            cancellationToken);
    }
}
