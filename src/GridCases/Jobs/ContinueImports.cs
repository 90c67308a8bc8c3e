using GridCases.Features.Imports;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Jobs;

/// <summary>
/// Takes up the imports that wait to be checked or applied, one after the other; where there is none it costs two small questions. One that was killed is begun anew:
/// nothing of it was there.
/// </summary>
public static class ContinueImports
{
    [AllowedToSystem, OwnTransactions]
    public sealed record Command : ICommand<Result>;

    /// <summary>How many were taken up.</summary>
    public sealed record Result(int Continued);

    internal sealed class Handler(CityImports imports) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var continued = 0;
            while (await imports.ClaimAsync(cancellationToken) is { } import)
            {
                await imports.RunAsync(import, cancellationToken);
                continued++;
            }

            return new Result(continued);
        }
    }
}
