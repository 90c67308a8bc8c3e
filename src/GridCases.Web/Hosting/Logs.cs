using System.Text.Encodings.Web;
using Microsoft.Extensions.Logging.Console;

namespace GridCases.Web.Hosting;

/// <summary>How the log is written; the setting <c>GridCases:Logs</c>.</summary>
internal enum LogFormat
{
    /// <summary>For people at a console. The default in Development.</summary>
    Text,

    /// <summary>One JSON object a line, with the trace it belongs to, for whatever collects logs. The default elsewhere.</summary>
    Json,

    /// <summary>One line an entry with systemd's priority before it, so that <c>journalctl -p warning</c> finds what matters.</summary>
    Systemd,
}

internal static class Logs
{
    /// <summary>Writes the log in the format of the settings. Whatever the format, a message leaves its name, ids, user and outcome, and never its contents.</summary>
    public static void AddLogs(this WebApplicationBuilder builder)
    {
        var format = builder.Configuration.GetValue("GridCases:Logs", builder.Environment.IsDevelopment() ? LogFormat.Text : LogFormat.Json);
        builder.Logging.AddConsole(console => console.FormatterName = format switch
        {
            LogFormat.Text => ConsoleFormatterNames.Simple,
            LogFormat.Json => ConsoleFormatterNames.Json,
            LogFormat.Systemd => ConsoleFormatterNames.Systemd,
        });
        builder.Services.Configure<JsonConsoleFormatterOptions>(json =>
        {
            // The scopes carry the trace and the request.
            json.IncludeScopes = true;
            json.UseUtcTimestamp = true;
            json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            json.JsonWriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        });
    }
}
