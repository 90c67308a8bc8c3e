using System.Reflection;
using FluentValidation;
using GridCases.Texts;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Pipeline;

/// <summary>Puts messages, their handlers, validators and guards and the behaviors into a service collection.</summary>
public static class Registration
{
    private static readonly Type[] Found = [typeof(IRequestHandler<,>), typeof(IValidator<>)];

    /// <summary>The mediator and the behaviors, in their order; the messages themselves come with <see cref="AddMessages"/>.</summary>
    public static IServiceCollection AddPipeline(this IServiceCollection services)
    {
        // A validator's sentences name fields as people do.
        ValidatorOptions.Global.DisplayNameResolver = (_, member, _) => member is null ? null : Text.Find("Fields", member.Name);
        ValidatorOptions.Global.LanguageManager = new FieldSentences();

        services.AddScoped<CurrentCaller>();
        services.AddScoped(provider => provider.GetRequiredService<CurrentCaller>().Caller);
        services.AddScoped<RequestKey>();
        services.AddScoped<AnsweredKeys>();
        services.AddScoped<MessageGate>();
        services.AddSingleton<Messages>();
        services.AddSingleton<LongReads>();
        services.AddScoped<ServiceFactory>(provider => provider.GetRequiredService);
        services.AddScoped<IMediator, Mediator>();

        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(Tracing<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(LongReading<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(UnitOfWork<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(Authorization<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(Validation<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(Transaction<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(Idempotency<,>));

        return services;
    }

    /// <summary>Every handler, validator, guard and mark of an assembly.</summary>
    public static IServiceCollection AddMessages(this IServiceCollection services, Assembly assembly)
    {
        foreach (var type in assembly.GetTypes().Where(t => t is { IsAbstract: false, ContainsGenericParameters: false }))
        {
            foreach (var contract in type.GetInterfaces())
            {
                if (contract == typeof(IMessageGuard) || contract == typeof(IReadMark) || (contract.IsGenericType && Found.Contains(contract.GetGenericTypeDefinition())))
                    services.Add(new ServiceDescriptor(contract, type, IsValidator(contract) ? ServiceLifetime.Singleton : ServiceLifetime.Scoped));
            }
        }

        return services;

        // Rules are built once: that costs more than applying them.
        static bool IsValidator(Type contract) => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IValidator<>);
    }

    /// <summary>One handler for every message of a kind.</summary>
    /// <typeparam name="TMessages">What the messages derive from.</typeparam>
    /// <typeparam name="TResult">What their sender gets back.</typeparam>
    /// <param name="services">Where it is registered.</param>
    /// <param name="handler">The handler, a generic type of one parameter: the message.</param>
    public static IServiceCollection AddSharedHandler<TMessages, TResult>(this IServiceCollection services, Type handler)
        where TMessages : IRequest<TResult>
    {
        foreach (var message in typeof(TMessages).Assembly.GetTypes().Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(TMessages))))
            services.AddScoped(typeof(IRequestHandler<,>).MakeGenericType(message, typeof(TResult)), handler.MakeGenericType(message));
        return services;
    }
}

/// <summary>Sends messages from where there is no request: jobs, set-up, tests. Each message gets a scope, and so a transaction, of its own.</summary>
public sealed class Messages(IServiceScopeFactory scopes)
{
    /// <summary>Sends one message as this caller.</summary>
    public async Task<TResult> SendAsync<TResult>(IRequest<TResult> message, Caller caller, CancellationToken cancellationToken = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentCaller>().Caller = caller;
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(message, cancellationToken);
    }
}
