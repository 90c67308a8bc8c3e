using System.Xml;
using GridCases.Demo;
using GridCases.Jobs;
using GridCases.Pipeline;
using GridCases.Texts;

namespace GridCases.Web.Api;

/// <summary>What only a demo offers: its clock can be moved, and the escalation sweep run at once.</summary>
internal static class DemoApi
{
    internal sealed record Move(string? Advance);

    public static void Map(WebApplication app)
    {
        var demo = app.MapGroup("/demo").AllowAnonymous().ExcludeFromDescription();

        demo.MapPostLazily("/clock", (Body<Move> body, Messages messages, CancellationToken cancellationToken) =>
            messages.SendAsync(new AdvanceClock.Command { Advance = Duration(body.Value.Advance) }, Caller.System, cancellationToken));

        demo.MapPostLazily("/sweep", async (Messages messages, CancellationToken cancellationToken) =>
        {
            await messages.SendAsync(new ApplyClosings.Command(), Caller.System, cancellationToken);
            var done = await messages.SendAsync(new SweepEscalations.Command(), Caller.System, cancellationToken);
            await messages.SendAsync(new DeliverOutbox.Command(), Caller.System, cancellationToken);
            return done;
        });
    }

    private static TimeSpan Duration(string? text)
    {
        try
        {
            return XmlConvert.ToTimeSpan(text ?? "");
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new InvalidInput("advance", Text.Field("NotADuration"));
        }
    }
}
