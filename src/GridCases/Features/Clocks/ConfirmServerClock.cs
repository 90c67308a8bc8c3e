using FluentValidation;
using GridCases.Domain;
using GridCases.Jobs;
using GridCases.Pipeline;
using GridCases.Security;
using GridCases.Texts;
using MediatR;
using Microsoft.Extensions.Options;

namespace GridCases.Features.Clocks;

/// <summary>An administrator of the city says that the clock in doubt is right: what goes by the time is done again, from the next minute on.</summary>
public static class ConfirmServerClock
{
    /// <summary>How far the clock may have gone on since it was looked at.</summary>
    public static readonly TimeSpan LongestLook = TimeSpan.FromMinutes(15);

    /// <summary>What is confirmed.</summary>
    /// <param name="Now">What the clock said when it was looked at. Of several servers it must be the same one's, or one that goes as that one does.</param>
    [AllowedInCity(Role.Administrator)]
    public sealed record Command(DateTimeOffset? Now) : ICommand<GetServerClock.Result>;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Now).NotNull();
    }

    internal sealed class Handler(ClockWatch watch, IOptions<ClockWatch.Settings> settings, Caller caller, ReadAudit audit) : IRequestHandler<Command, GetServerClock.Result>
    {
        public async Task<GetServerClock.Result> Handle(Command command, CancellationToken cancellationToken)
        {
            var standing = await watch.StandingAsync(cancellationToken);
            if (!standing.IsInDoubt)
                throw new RuleViolation("ClockNotInDoubt");
            if ((standing.Now - command.Now!.Value).Duration() > LongestLook)
                throw new InvalidInput("now", Text.Field("ClockGoesOtherwise"));
            if (!await watch.ConfirmAsync(standing, cancellationToken))
                throw new RuleViolation("ClockNotInDoubt");

            var city = caller.UnitsOf(Role.Administrator).First(unit => unit.Level is UnitLevel.City);
            await audit.ChangedAsync(nameof(ConfirmServerClock), city, "clock", new { standing.KnownAt }, new { KnownAt = standing.Now }, cancellationToken);
            return GetServerClock.Result.Of(standing with { KnownAt = standing.Now, IsInDoubt = false }, settings.Value);
        }
    }
}
