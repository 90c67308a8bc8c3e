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
    /// <param name="told">The line of the journal that the notice names; null where it names none or the reader does not see the case.</param>
    /// <param name="returned">When and why the case came back last, if it has not gone on since and the reader sees it.</param>
    public static string Of(NoticeKind kind, string dataJson, NoticeLine? told, (DateTimeOffset At, string Reason)? returned)
    {
        using var document = JsonDocument.Parse(dataJson);
        var data = document.RootElement;
        var number = Value<string>("number") ?? "";
        return kind switch
        {
            NoticeKind.CaseArrived => Because(Arrived()),
            NoticeKind.CaseReturned => told is { } back ? Because(Say("CaseReturnedBy", number, back.ByName)) : returned is var (at, reason) && at == Value<DateTimeOffset>("returnedAt")
                ? Say("CaseReturnedBecause", number, Text.Beginning(reason, LongestReason))
                : Say("CaseReturned", number),
            NoticeKind.Escalated => Say("Escalated", number, Value<ClockKind>("clock"), Value<DateTimeOffset>("dueAt"), Value<int>("level")),
            NoticeKind.Orphaned => Say("Orphaned", number, Value<ClockKind>("clock"), Value<DateTimeOffset>("dueAt")),
            NoticeKind.ExtensionRequested => Because(told is { } request && Value<int?>("days") is { } days
                ? Say("ExtensionRequestedBy", number, request.ByName, Value<ClockKind>("clock"), days)
                : Say("ExtensionRequested", number)),
            NoticeKind.ExtensionDecided => Because(Value<ExtensionState>("state") is ExtensionState.Granted
                ? Say("ExtensionGranted", number, Value<int>("days"))
                : Say("ExtensionRefused", number)),
            NoticeKind.ShamReported => Because(Say("ShamReported", number)),
            NoticeKind.CardIssued => Because(Say("CardIssued", number, Value<CardColor>("color"), Value<DateOnly>("replyDueOn"))),
            NoticeKind.DueDateMoved => Say(
                Value<bool>("policy") ? "DueDateMovedByPolicy" : "DueDateMovedByCalendar",
                number, Value<ClockKind>("clock"), Value<DateTimeOffset>("dueBefore"), Value<DateTimeOffset>("dueAfter")),
            NoticeKind.CasesHandedOver => Say("CasesHandedOver", Value<string>("from") ?? "", Value<int>("count")),
            NoticeKind.UnitMerged => Say("UnitMerged", Value<string>("name") ?? ""),
            NoticeKind.ClockInDoubt => Say("ClockInDoubt", Value<DateTimeOffset>("now"), Value<DateTimeOffset>("known")),
            NoticeKind.JobFailed => Say("JobFailed", Text.Get("Jobs", Value<string>("job") ?? "")),
            NoticeKind.BackupFailed => Value<DateTimeOffset?>("last") is { } last ? Say("BackupFailed", last) : Say("BackupFailedAlways"),
            NoticeKind.RiskProposed => Because(Say("RiskProposed", number, Value<Risk>("risk"))),
            NoticeKind.DailyDigest => Digest(),
        };

        string Arrived() => told is { } line && Text.Find("Notices", $"Arrived.{Value<string>("did")}") is not null
            ? Say($"Arrived.{Value<string>("did")}", number, line.ByName)
            : Say("CaseArrived", number);

        string Because(string sentence) => told?.Reason is { Length: > 0 } why ? Say("Because", sentence, Text.Beginning(why, LongestReason)) : sentence;

        string Digest() => string.Join(
            Say("DigestComma"),
            new[] { ("queue", "DigestQueue"), ("overdue", "DigestOverdue"), ("soon", "DigestSoon") }.Where(part => Value<int>(part.Item1) > 0).Select(part => Say(part.Item2, Value<int>(part.Item1))));

        T? Value<T>(string name) => data.TryGetProperty(name, out var value) ? value.Deserialize<T>(Json.Options) : default;
    }

    private static string Say(string key, params object[] args) => Text.Get("Notices", key, args);
}

/// <summary>What a line of the journal says of who did it and why.</summary>
/// <param name="ByName">Name of who did it.</param>
/// <param name="Reason">Why; null where no reason was given.</param>
internal sealed record NoticeLine(string ByName, string? Reason);
