using System.Text.Json;
using GridCases.Domain;
using GridCases.Features.Outbox;
using GridCases.Pipeline;
using GridCases.Texts;

namespace GridCases.Features.Notifications;

/// <summary>The sentence of a notice in the reader's language, from what was stored with it.</summary>
internal static class NoticeText
{
    private const int LongestReason = 120;

    /// <summary>Fills the sentence of the notice's kind.</summary>
    /// <param name="kind">What it is about.</param>
    /// <param name="dataJson">The data of a <see cref="Notice"/>, as JSON.</param>
    /// <param name="returned">When and why the case came back last, if it has not gone on since and the reader sees it.</param>
    public static string Of(NoticeKind kind, string dataJson, (DateTimeOffset At, string Reason)? returned)
    {
        using var document = JsonDocument.Parse(dataJson);
        var data = document.RootElement;
        var number = Value<string>("number") ?? "";
        return kind switch
        {
            NoticeKind.CaseArrived => Say("CaseArrived", number),
            NoticeKind.CaseReturned => returned is var (at, reason) && at == Value<DateTimeOffset>("returnedAt")
                ? Say("CaseReturnedBecause", number, Text.Beginning(reason, LongestReason))
                : Say("CaseReturned", number),
            NoticeKind.Escalated => Say("Escalated", number, Value<ClockKind>("clock"), Value<DateTimeOffset>("dueAt"), Value<int>("level")),
            NoticeKind.Orphaned => Say("Orphaned", number, Value<ClockKind>("clock"), Value<DateTimeOffset>("dueAt")),
            NoticeKind.ExtensionRequested => Say("ExtensionRequested", number),
            NoticeKind.ExtensionDecided => Value<ExtensionState>("state") is ExtensionState.Granted
                ? Say("ExtensionGranted", number, Value<int>("days"))
                : Say("ExtensionRefused", number),
            NoticeKind.ShamReported => Say("ShamReported", number),
            NoticeKind.CardIssued => Say("CardIssued", number, Value<CardColor>("color"), Value<DateOnly>("replyDueOn")),
            NoticeKind.DueDateMoved => Say(
                Value<bool>("policy") ? "DueDateMovedByPolicy" : "DueDateMovedByCalendar",
                number, Value<ClockKind>("clock"), Value<DateTimeOffset>("dueBefore"), Value<DateTimeOffset>("dueAfter")),
            NoticeKind.CasesHandedOver => Say("CasesHandedOver", Value<string>("from") ?? "", Value<int>("count")),
            NoticeKind.UnitMerged => Say("UnitMerged", Value<string>("name") ?? ""),
            NoticeKind.ClockInDoubt => Say("ClockInDoubt", Value<DateTimeOffset>("now"), Value<DateTimeOffset>("known")),
            NoticeKind.JobFailed => Say("JobFailed", Text.Get("Jobs", Value<string>("job") ?? "")),
            NoticeKind.BackupFailed => Value<DateTimeOffset?>("last") is { } last ? Say("BackupFailed", last) : Say("BackupFailedAlways"),
            NoticeKind.RiskProposed => Say("RiskProposed", number, Value<Risk>("risk")),
        };

        T? Value<T>(string name) => data.TryGetProperty(name, out var value) ? value.Deserialize<T>(Json.Options) : default;
    }

    private static string Say(string key, params object[] args) => Text.Get("Notices", key, args);
}
