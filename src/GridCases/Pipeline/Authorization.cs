using System.Reflection;
using MediatR;

namespace GridCases.Pipeline;

/// <summary>
/// Refuses every message its caller may not send, whichever way it came in. A message that declares nobody is refused for everybody.
/// Order: missing version, role, unit, guards; so that somebody without the role learns nothing about what exists.
/// </summary>
internal sealed class Authorization<TRequest, TResponse>(CurrentCaller current, IEnumerable<IMessageGuard> guards) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    private static readonly bool NeedsVersion = !typeof(TRequest).IsDefined(typeof(VersionOptionalAttribute));
    private static readonly AllowedAttribute[] Allowed = [.. typeof(TRequest).GetCustomAttributes<AllowedAttribute>(inherit: true)];

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var caller = current.Caller;
        if (NeedsVersion && request is IVersionedMessage { ExpectedVersion: null })
            throw new MissingVersion();
        if (!Allowed.Any(a => a.Allows(caller)))
            throw caller.IsSignedIn || caller.IsSystem ? new AccessDenied(MessageName.Of(typeof(TRequest))) : new NotSignedIn();
        if (request is IUnitMessage { Unit: { } unit } && !caller.IsSystem
            && !caller.Roles.Any(r => r.Unit.Contains(unit) && Allowed.Any(a => a.AllowsBy(r))))
            throw new NotFound($"unit {unit}");
        foreach (var guard in guards)
            await guard.CheckAsync(request, caller, cancellationToken);
        return await next();
    }
}
