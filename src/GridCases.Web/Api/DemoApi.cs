using System.Xml;
using GridCases.Features.Demo;
using GridCases.Pipeline;
using GridCases.Texts;

namespace GridCases.Web.Api;

/// <summary>What only a demo offers: its clock can be moved.</summary>
internal static class DemoApi
{
    internal sealed record Move(string? Advance);

    public static void Map(WebApplication app)
    {
        var demo = app.MapGroup("/demo").AllowAnonymous().ExcludeFromDescription();

        demo.MapPost("/clock", (Body<Move> body, Messages messages, CancellationToken cancellationToken) =>
            messages.SendAsync(new AdvanceClock.Command { Advance = Duration(body.Value.Advance) }, Caller.System, cancellationToken));
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
