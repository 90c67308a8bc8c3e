using GridCases.Attachments;
using GridCases.Data;
using GridCases.Features.Audit;
using GridCases.Features.Backups;
using GridCases.Features.Cases;
using GridCases.Features.Deadlines;
using GridCases.Features.Documents;
using GridCases.Features.Escalations;
using GridCases.Features.Imports;
using GridCases.Features.Installation;
using GridCases.Features.Operations;
using GridCases.Features.Organisations;
using GridCases.Features.People;
using GridCases.Features.Rules;
using GridCases.Features.Statistics;
using GridCases.Features.Subsidies;
using GridCases.Features.Units;
using GridCases.Features.Users;
using GridCases.Features.Work;
using GridCases.Jobs;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace GridCases;

/// <summary>Puts the application into a service collection.</summary>
public static class Setup
{
    /// <summary>
    /// Database, clock, pipeline and every use case of this assembly. The database is prepared and set up at start by hosted services,
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
        services.AddScoped<CaseActionExecutor>();
        services.AddScoped<CaseAccess>();
        services.AddScoped<SeenCases>();
        services.AddScoped<CaseReader>();
        services.AddScoped<HandedOnCases>();
        services.AddScoped<CaseList>();
        services.AddScoped<CaseJournals>();
        services.Configure<DuplicateSearch.Settings>(configuration.GetSection("GridCases:Duplicates"));
        services.AddScoped<DuplicateSearch>();
        services.AddSingleton<LongCounts>();
        services.AddScoped<CaseRecords>();
        services.AddScoped<FileChecks>();
        services.AddScoped<AttachmentRoom>();
        services.AddScoped<SubsidyRates>();
        services.AddScoped<SubsidyList>();
        services.AddSingleton<RulesCache>();
        services.AddSingleton<LastSweep>();
        services.Configure<ClockWatch.Settings>(configuration.GetSection("GridCases:Clock"));
        services.AddScoped<ClockWatch>();
        services.AddSingleton<JobRuns>();
        services.AddScoped<Rulebook>();
        services.AddScoped<RulePreview>();
        services.AddScoped<ClockRuns>();
        services.AddScoped<ClockRound>();
        services.AddScoped<OpenUnits>();
        services.AddScoped<CaseDirectory>();
        services.AddScoped<DeputyRoles>();
        services.AddScoped<ClosingRound>();
        services.AddScoped<ReadAudit>();
        services.AddSingleton<FolderLock>();
        services.AddScoped<BackupWriter>();
        services.AddSingleton<BackupRestore>();
        services.Configure<NightlyBackups.Settings>(configuration.GetSection("GridCases:Backup"));
        services.AddSingleton<NightlyBackups>();
        services.AddSingleton<BackUpNightly.Memory>();
        services.AddScoped<Figures>();
        services.AddScoped<Recount>();
        services.AddScoped<JournalCheck>();
        services.AddScoped<AgreementCheck>();
        services.AddScoped<AttachmentCheck>();
        services.AddScoped<EscalationActionExecutor>();
        services.AddSingleton<JobLog>();
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(JobRecording<,>));
        services.AddPipeline();
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(TrueClock<,>));
        services.AddMessages(typeof(Setup).Assembly);
        services.AddSharedHandler<CaseActionCommand, CaseView>(typeof(CaseActionHandler<>));
        services.AddSharedHandler<EscalationActionCommand, EscalationView>(typeof(EscalationActionHandler<>));

        services.AddHostedService(provider => new StartUp(
            provider.GetRequiredService<Messages>(), configuration, provider.GetRequiredService<ILogger<StartUp>>()));

        services.Configure<AttachmentSettings>(configuration.GetSection("GridCases:Attachments"));
        services.Configure<SignIn.Settings>(configuration.GetSection("GridCases:SignIn"));
        services.Configure<SignOn.Settings>(configuration.GetSection("GridCases:SignOn"));
        services.Configure<LongReads.Settings>(configuration.GetSection("GridCases:LongReads"));
        services.Configure<PasswordRules.Settings>(configuration.GetSection("GridCases:Passwords"));
        services.AddScoped<CaseBringer>();
        services.AddScoped<CityImports>();
        services.AddSingleton<ImportProgress>();
        services.AddScoped<Callers>();
        services.AddScoped<RequestOrigin>();
        services.AddScoped<Sessions>();
        services.AddScoped<RefreshTokens>();
        services.AddScoped<SignInFailures>();
        services.AddScoped<SessionOpening>();
        services.AddScoped<LocalSignIns>();
        services.AddScoped<SecondFactors>();
        services.AddScoped<ExternalLogins>();
        services.AddSingleton<PasswordChecks>();
        services.AddSingleton<PasswordRules>();
        services.AddScoped<UserRecords>();
        services.AddScoped<RoleGrants>();
        services.AddScoped<Accounts>();
        services.AddScoped<OrganisationRecords>();
        services.AddScoped<OperationalFigures>();
        services.AddScoped<IStatusLines, ProgramLines>();
        services.AddScoped<IStatusLines, DatabaseLines>();
        services.AddScoped<IStatusLines, JobLines>();
        services.AddScoped<IStatusLines, StorageLines>();
        services.AddScoped<IStatusLines, CityLines>();
        return services;
    }
}
