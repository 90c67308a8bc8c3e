using System.Text.Json.Serialization;
using FluentValidation;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;
using Microsoft.Extensions.Options;

namespace GridCases.Features.Users;

/// <summary>An administrator says who a user is at an identity provider, or that this is over.</summary>
public static class LinkExternalLogin
{
    /// <summary>The identity.</summary>
    /// <param name="Subject">Who it is there: what the provider never gives to somebody else.</param>
    /// <param name="Issuer">The provider; the one of the settings unless said.</param>
    [AllowedTo(Role.Administrator)]
    public sealed record Command(string? Subject, string? Issuer = null) : ICommand<IReadOnlyList<ListExternalLogins.Row>>
    {
        /// <summary>The user.</summary>
        [JsonIgnore]
        public string UserName { get; init; } = "";
    }

    /// <summary>The user signs on by it no more; every session of the user ends.</summary>
    /// <param name="Issuer">The provider; the one of the settings unless said.</param>
    [AllowedTo(Role.Administrator)]
    public sealed record End(string? Issuer = null) : ICommand<IReadOnlyList<ListExternalLogins.Row>>
    {
        /// <summary>The user.</summary>
        [JsonIgnore]
        public string UserName { get; init; } = "";
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator(IOptions<SignOn.Settings> settings)
        {
            RuleFor(c => c.Subject).RequiredText(255);
            RuleFor(c => c.Issuer).NotEmpty().When(_ => !settings.Value.IsOn).MaximumLength(300);
        }
    }

    internal sealed class Handler(ExternalLogins logins, ReadAudit audit, IOptions<SignOn.Settings> settings) : IRequestHandler<Command, IReadOnlyList<ListExternalLogins.Row>>
    {
        public async Task<IReadOnlyList<ListExternalLogins.Row>> Handle(Command command, CancellationToken cancellationToken)
        {
            var user = await logins.FindUserAsync(command.UserName, cancellationToken);
            var issuer = ExternalLogins.Normal(command.Issuer ?? settings.Value.Issuer!);
            await logins.LinkAsync(user.Id, issuer, command.Subject!, cancellationToken);
            await audit.ChangedAsync(nameof(LinkExternalLogin), user.Unit, user.UserName, null, new { issuer }, cancellationToken);
            return await logins.OfAsync(user.Id, cancellationToken);
        }
    }

    internal sealed class EndHandler(ExternalLogins logins, ReadAudit audit, IOptions<SignOn.Settings> settings) : IRequestHandler<End, IReadOnlyList<ListExternalLogins.Row>>
    {
        public async Task<IReadOnlyList<ListExternalLogins.Row>> Handle(End command, CancellationToken cancellationToken)
        {
            var user = await logins.FindUserAsync(command.UserName, cancellationToken);
            var issuer = ExternalLogins.Normal(command.Issuer ?? settings.Value.Issuer ?? "");
            await logins.UnlinkAsync(user.Id, issuer, cancellationToken);
            await audit.ChangedAsync(nameof(LinkExternalLogin), user.Unit, user.UserName, new { issuer }, null, cancellationToken);
            return await logins.OfAsync(user.Id, cancellationToken);
        }
    }
}
