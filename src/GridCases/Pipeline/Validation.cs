using System.Text.Json;
using FluentValidation;
using MediatR;

namespace GridCases.Pipeline;

/// <summary>Runs every validator of a message and refuses it with all their complaints at once.</summary>
internal sealed class Validation<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var errors = new Dictionary<string, List<string>>();
        foreach (var validator in validators)
        {
            var result = await validator.ValidateAsync(request, cancellationToken);
            foreach (var failure in result.Errors)
            {
                var sentences = errors.TryGetValue(JsonPath(failure.PropertyName), out var known) ? known : errors[JsonPath(failure.PropertyName)] = [];
                if (!sentences.Contains(failure.ErrorMessage))
                    sentences.Add(failure.ErrorMessage);
            }
        }

        return errors.Count == 0
            ? await next()
            : throw new InvalidInput(errors.ToDictionary(e => e.Key, e => e.Value.ToArray()));
    }

    /// <summary><c>Parties[0].Name</c> → <c>parties[0].name</c>; a complaint about the whole message → <c>$</c>.</summary>
    private static string JsonPath(string? property) => string.IsNullOrEmpty(property)
        ? "$"
        : string.Join('.', property.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}
