using System.Text.Json;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Pipeline;

/// <summary>Runs every validator of a message and refuses it with all their complaints at once.</summary>
internal sealed class Validation<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var errors = await Complaints.OfAsync(validators, request, cancellationToken);
        return errors.Count == 0 ? await next() : throw new InvalidInput(errors);
    }
}

/// <summary>What validators have to say of a message.</summary>
public static class Complaints
{
    /// <summary>All of it about what could be read of a message beside what could not: fields that were not read are left to those who tried.</summary>
    public static async Task<IReadOnlyDictionary<string, string[]>> WithAsync(InvalidInput unread, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (unread.Unfinished is not { } message)
            return unread.Errors;
        var validators = services.GetServices(typeof(IValidator<>).MakeGenericType(message.GetType())).OfType<IValidator>();
        var errors = new Dictionary<string, string[]>(unread.Errors);
        foreach (var (field, sentences) in await OfAsync(validators, message, cancellationToken))
            errors.TryAdd(field, sentences);
        return errors;
    }

    internal static async Task<IReadOnlyDictionary<string, string[]>> OfAsync(IEnumerable<IValidator> validators, object message, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, List<string>>();
        foreach (var validator in validators)
        {
            var result = await validator.ValidateAsync(new ValidationContext<object>(message), cancellationToken);
            foreach (var failure in result.Errors)
            {
                var sentences = errors.TryGetValue(JsonPath(failure.PropertyName), out var known) ? known : errors[JsonPath(failure.PropertyName)] = [];
                if (!sentences.Contains(failure.ErrorMessage))
                    sentences.Add(failure.ErrorMessage);
            }
        }

        return errors.ToDictionary(e => e.Key, e => e.Value.ToArray());
    }

    /// <summary><c>Parties[0].Name</c> → <c>parties[0].name</c>; a complaint about the whole message → <c>$</c>.</summary>
    private static string JsonPath(string? property) => string.IsNullOrEmpty(property)
        ? "$"
        : string.Join('.', property.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}
