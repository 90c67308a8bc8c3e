using GridCases.Data;
using GridCases.Features.Cases;
using GridCases.Features.Users;
using GridCases.Pipeline;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GridCases;

/// <summary>Puts the application into a service collection.</summary>
public static class Setup
{
    /// <summary>
    /// Database, clock, pipeline and every use case of this assembly. The database is prepared at start by a hosted service,
    /// so call it before adding services that read it at start.
    /// </summary>
    public static IServiceCollection AddGridCases(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddGridCasesData(configuration);

        services.TryAddKeyedSingleton(ShiftedTimeProvider.Machine, TimeProvider.System);
        services.AddSingleton<ShiftedTimeProvider>();
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<ShiftedTimeProvider>());

        services.AddScoped<CaseStore>();
        services.AddScoped<CaseViews>();
        services.AddScoped<CaseActs>();
        services.AddScoped<CaseSight>();
        services.AddScoped<Rulebook>();
        services.AddScoped<Features.Cases.Directory>();
        services.AddPipeline(typeof(Setup).Assembly);

        services.Configure<SignIn.Settings>(configuration.GetSection("GridCases:SignIn"));
        services.AddScoped<Callers>();
        services.AddScoped<RefreshTokens>();
        return services;
    }
}
