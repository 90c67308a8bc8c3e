using GridCases.Hangfire;
using GridCases.Jobs;

namespace GridCases.Web;

/// <summary>What runs the recurring jobs in this process.</summary>
internal enum JobEngine
{
    /// <summary>Hangfire, with its dashboard. The default.</summary>
    Hangfire,

    /// <summary>A timer in the process.</summary>
    Timer,

    /// <summary>Nothing: another server does, or a test.</summary>
    None,
}

internal static class JobEngines
{
    /// <summary>The engine that the setting <c>GridCases:Jobs</c> names; Hangfire if it names none.</summary>
    public static JobEngine From(IConfiguration configuration) => configuration.GetValue("GridCases:Jobs", JobEngine.Hangfire);

    /// <summary>Lets this process run the jobs.</summary>
    public static void AddJobs(this IServiceCollection services, JobEngine engine, IConfiguration configuration)
    {
        if (engine is JobEngine.Hangfire)
            services.AddHangfireEngine(configuration);
        if (engine is JobEngine.Timer)
            services.AddTimerEngine();
    }

    /// <summary>Maps what the engine shows to administrators.</summary>
    public static void MapJobs(this WebApplication app, JobEngine engine)
    {
        if (engine is JobEngine.Hangfire)
            app.MapHangfireEngine();
    }
}
