using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GridCases.Features.Cases;

namespace GridCases.Features.Documents;

/// <summary>
/// What of a record may be shown to a court. Concessions made in mediation may not be used in litigation without all parties' consent
/// (SPC, court-invited mediation, art. 22; online mediation, art. 18): meetings so marked are left out, and so is any text that quotes one of them.
/// </summary>
internal static partial class CourtPacket
{
    /// <summary>What stands where a text was left out.</summary>
    internal const string Withheld = "（依法不予提供）";

    /// <summary>Shortest part of a note that counts as quoted, in characters; "同意" alone quotes nobody.</summary>
    private const int ShortestQuote = 8;

    /// <summary>Members of the journal's lines that hold what somebody wrote.</summary>
    private static readonly FrozenSet<string> Written = FrozenSet.Create("reason", "note", "summary", "otherRemedies", "reply", "prevention", "name", "sponsor", "how");

    private static readonly char[] SentenceEnds = ['。', '；', '！', '？', '，', '\n', '\r', '.', ';', '!', '?', ','];

    /// <summary>The record without concessions.</summary>
    public static CaseRecord Of(CaseRecord record)
    {
        var quotes = record.Sessions.Where(s => s.Concession).SelectMany(s => QuotesOf(s.Note)).Distinct().ToArray();
        string Clean(string text) => Quotes(text, quotes) ? Withheld : text;
        string? CleanOrNull(string? text) => text is null ? null : Clean(text);
        var c = record.Case;
        return record with
        {
            IsForCourt = true,
            Case = c with
            {
                Attachments = [.. c.Attachments.Where(a => !a.Concession).Select(a => a with { Name = Quotes(a.Name, quotes) ? $"{Withheld}{Path.GetExtension(a.Name)}" : a.Name })],
                Dispute = c.Dispute with { Title = Clean(c.Dispute.Title), Summary = CleanOrNull(c.Dispute.Summary) },
            },
            Sessions = [.. record.Sessions.Where(s => !s.Concession).Select(s => s with { Note = Clean(s.Note), Others = CleanOrNull(s.Others) })],
            Visits = [.. record.Visits.Select(v => v with { Note = CleanOrNull(v.Note) })],
            Cards = [.. record.Cards.Select(k => k with { Note = Clean(k.Note), Reply = CleanOrNull(k.Reply) })],
            PoliceNotices = [.. record.PoliceNotices.Select(p => p with { Prevention = Clean(p.Prevention) })],
            Journal = [.. record.Journal.Select(e => e with { Data = WithoutQuotes(e.Data, Clean) })],
        };
    }

    /// <summary>
    /// The journal as a court gets it: each line with its hashes, so that the chain can be followed, and of its particulars only numbers, words, days and ids.
    /// What somebody wrote in it may tell of a concession, in whatever words.
    /// </summary>
    public static IReadOnlyList<JournalLine> Of(IReadOnlyList<GetJournal.Row> journal) =>
        [.. journal.Select(row => new JournalLine(row.Sequence, row.At, row.By, row.Action, WithoutSentences(row.Data), row.PreviousHash, row.Hash))];

    /// <summary>A line of the journal without the text that was hashed, since that may not be shown in full.</summary>
    internal sealed record JournalLine(int Sequence, DateTimeOffset At, string By, string Action, JsonElement Data, string PreviousHash, string Hash);

    /// <summary>The parts of a note that would tell what was conceded: the whole, and each of its clauses that is long enough.</summary>
    internal static IEnumerable<string> QuotesOf(string note) =>
        note.Split(SentenceEnds, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(part => part.Length >= ShortestQuote).Append(note.Trim()).Where(part => part.Length > 0);

    private static bool Quotes(string text, string[] quotes) => quotes.Any(q => text.Contains(q, StringComparison.OrdinalIgnoreCase));

    private static JsonElement WithoutSentences(JsonElement data)
    {
        var members = JsonNode.Parse(data.GetRawText())!.AsObject();
        foreach (var (name, value) in members.ToList())
        {
            if (value is JsonValue text && text.GetValueKind() is JsonValueKind.String && (Written.Contains(name) || !Particular().IsMatch(text.GetValue<string>())))
                members.Remove(name);
        }

        return JsonElement.Parse(members.ToJsonString());
    }

    private static JsonElement WithoutQuotes(JsonElement data, Func<string, string> clean)
    {
        var members = JsonNode.Parse(data.GetRawText())!.AsObject();
        foreach (var (name, value) in members.ToList())
        {
            if (value is JsonValue text && text.GetValueKind() is JsonValueKind.String)
                members[name] = clean(text.GetValue<string>());
        }

        return JsonElement.Parse(members.ToJsonString());
    }

    /// <summary>A word of ours, a day, an instant, a unit's code, an id, a number of a case.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9:.+-]{1,40}$")]
    private static partial Regex Particular();
}
