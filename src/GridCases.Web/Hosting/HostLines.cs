using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GridCases.Domain;
using GridCases.Features.Operations;
using GridCases.Pipeline;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace GridCases.Web.Hosting;

/// <summary>How the program is reached and what runs its jobs: the names it answers to, the certificates it serves, the keys of sign-ins, the engine.</summary>
internal sealed class HostLines(
    IConfiguration configuration, IHostEnvironment environment, IKeyManager keys, [FromKeyedServices(ShiftedTimeProvider.Machine)] TimeProvider time) : IStatusLines
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    public Task<IReadOnlyList<StatusLine>> ReadAsync(CancellationToken cancellationToken)
    {
        var anyHost = Hosts.AreAny(configuration) && !environment.IsDevelopment();
        var signIn = keys.GetAllKeys().Where(k => !k.IsRevoked).ToList();
        return Task.FromResult<IReadOnlyList<StatusLine>>(
        [
            StatusLine.Of(StatusGroup.Program, "Hosts", anyHost ? StatusState.Attention : StatusState.Fine, Hosts.Of(configuration)),
            .. Certificates(),
            StatusLine.Of(StatusGroup.Jobs, "Engine", StatusState.Fine, StatusLine.Say($"Engine.{JobEngines.From(configuration)}")),
            .. signIn.Count == 0 ? Enumerable.Empty<StatusLine>() : [StatusLine.Of(StatusGroup.Storage, "SignInKeys", StatusState.Fine, signIn.Count, LocalTime.Day(signIn.Max(k => k.ExpirationDate)))],
        ]);
    }

    /// <summary>Those that Kestrel serves by itself; a proxy in front looks after its own.</summary>
    private IEnumerable<StatusLine> Certificates() =>
        from section in configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint.GetSection("Certificate")).Append(configuration.GetSection("Kestrel:Certificates:Default"))
        let path = section["Path"]
        where !string.IsNullOrEmpty(path)
        select Line(Path.Combine(environment.ContentRootPath, path), section["KeyPath"] is not null, section["Password"]);

    private StatusLine Line(string path, bool isPem, string? password)
    {
        try
        {
            using var certificate = isPem ? X509CertificateLoader.LoadCertificateFromFile(path) : X509CertificateLoader.LoadPkcs12FromFile(path, password);
            var end = new DateTimeOffset(certificate.NotAfter.ToUniversalTime(), TimeSpan.Zero);
            var left = end - time.GetUtcNow();
            var state = left < TimeSpan.Zero ? StatusState.Problem : left < Soon ? StatusState.Attention : StatusState.Fine;
            return StatusLine.Of(StatusGroup.Program, "Certificate", state, certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false), LocalTime.Day(end));
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return StatusLine.Of(StatusGroup.Program, "CertificateUnreadable", StatusState.Problem, path);
        }
    }
}
