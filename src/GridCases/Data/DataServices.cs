using GridCases.Attachments;
using GridCases.Security;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GridCases.Data;

/// <summary>Registration of the database.</summary>
public static class DataServices
{
    /// <summary>
    /// Adds <see cref="Db"/>, the personal data's protection and, as the first hosted service, <see cref="DatabasePreparation"/>.
    /// Call it before anything that reads the database at start.
    /// </summary>
    public static IServiceCollection AddGridCasesData(this IServiceCollection services, DatabaseOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<Database>();
        services.AddSingleton<FileCheck>();
        services.AddSingleton<DatabaseProbe>();
        services.AddSingleton<Migrator>();
        services.AddSingleton<PersonalDataKeyStore>();
        services.AddSingleton<PersonalData>();
        services.AddSingleton<FolderStore>();
        services.AddSingleton<S3Store>();
        services.AddSingleton<IAttachmentStore>(provider => string.IsNullOrWhiteSpace(provider.GetRequiredService<IOptions<AttachmentSettings>>().Value.S3.Bucket)
            ? provider.GetRequiredService<FolderStore>()
            : provider.GetRequiredService<S3Store>());
        services.AddSingleton<AttachmentFolder>();
        services.AddSingleton<SignInKeys>();
        services.AddScoped<PersonalDataKeyCheck>();
        services.AddScoped<Db>();
        services.AddSingleton<DatabasePreparation>();
        services.AddHostedService(provider => provider.GetRequiredService<DatabasePreparation>());
        services.AddLogging();
        return services;
    }

    /// <inheritdoc cref="AddGridCasesData(IServiceCollection, DatabaseOptions)"/>
    public static IServiceCollection AddGridCasesData(this IServiceCollection services, IConfiguration configuration) =>
        services.AddGridCasesData(DatabaseOptions.From(configuration));
}
