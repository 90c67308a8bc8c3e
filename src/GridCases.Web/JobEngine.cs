using GridCases.Data;
using GridCases.Jobs;
#if HANGFIRE
using GridCases.Hangfire;
#endif

namespace GridCases.Web;

/// <summary>What runs the recurring jobs in this process.</summary>
internal enum JobEngine
{
    /// <summary>Hangfire, where this build has it.</summary>
    Hangfire,

    /// <summary>A timer in the process.</summary>
    Timer,

    /// <summary>Nothing: another server does, or a test.</summary>
    None,
}

internal static class JobEngines
{
    /// <summary><c>GridCases:Jobs</c> names one; without it Hangfire, in a build without it the timer.</summary>
    /// <exception cref="InvalidOperationException">Hangfire is asked for, and this build lacks it.</exception>
    public static JobEngine From(IConfiguration configuration)
    {
#if HANGFIRE
        return configuration.GetValue("GridCases:Jobs", JobEngine.Hangfire);
#else
        var engine = configuration.GetValue("GridCases:Jobs", JobEngine.Timer);
        return engine is JobEngine.Hangfire
            ? throw new InvalidOperationException("GridCases:Jobs is Hangfire, but this build lacks it: its packages were not on the build machine's feed.")
            : engine;
#endif
    }

    /// <summary>Lets this process run the jobs.</summary>
    public static void AddJobs(this IServiceCollection services, JobEngine engine, DatabaseOptions data)
    {
#if HANGFIRE
        if (engine is JobEngine.Hangfire)
            services.AddHangfireEngine(data);
#endif
        if (engine is JobEngine.Timer)
            services.AddTimerEngine();
    }

    /// <summary>Maps what the engine shows to administrators.</summary>
    public static void MapJobs(this WebApplication app, JobEngine engine)
    {
#if HANGFIRE
        if (engine is JobEngine.Hangfire)
            app.MapHangfireEngine();
#endif
    }
}
