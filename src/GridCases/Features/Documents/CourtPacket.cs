using System.Collections.Immutable;
using System.Text.Json;
using GridCases.Domain;
using GridCases.Features.Cases;

namespace GridCases.Features.Documents;

/// <summary>
/// What of a record may be shown to a court. Concessions made in mediation may not be used in litigation without all parties' consent
/// (SPC, court-invited mediation, art. 22; online mediation, art. 18): meetings so marked are left out, and so is any text that quotes one of them.
/// Of the journal only what <see cref="CourtJournal"/> lists leaves the house.
/// </summary>
internal static class CourtPacket
{
    /// <summary>What stands where a text was left out.</summary>
    internal const string Withheld = "（依法不予提供）";

    /// <summary>Shortest part of a note that counts as quoted, in characters; "同意" alone quotes nobody.</summary>
    private const int ShortestQuote = 8;

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
                // A record on paper may tell what was conceded, whatever was ticked when it was put in.
                Attachments = [.. c.Attachments.Where(a => !a.Concession && a.Kind is not AttachmentKind.MediationRecord).Select(a => a with { Name = Quotes(a.Name, quotes) ? $"{Withheld}{Path.GetExtension(a.Name)}" : a.Name })],
                Dispute = c.Dispute with { Title = Clean(c.Dispute.Title), Summary = CleanOrNull(c.Dispute.Summary) },
            },
            Signed = record.Signed is { } signed ? signed with { Title = Clean(signed.Title), Summary = CleanOrNull(signed.Summary) } : null,
            Sessions = [.. record.Sessions.Where(s => !s.Concession).Select(s => s with { Note = Clean(s.Note), Others = CleanOrNull(s.Others) })],
            Visits = [.. record.Visits.Select(v => v with { Note = CleanOrNull(v.Note) })],
            Cards = [.. record.Cards.Select(k => k with { Note = Clean(k.Note), Reply = CleanOrNull(k.Reply) })],
            PoliceNotices = [.. record.PoliceNotices.Select(p => p with { Prevention = Clean(p.Prevention) })],
            Journal = [.. record.Journal.Select(e => e with { Data = Shown(e.Kind, e.Data, kind => CourtJournal.Particulars(kind).AddRange(CourtJournal.Printed(kind)), Clean) })],
        };
    }

    /// <summary>The journal as a court gets it: each line with its hashes, so that the chain can be followed, and of its particulars those that it may see.</summary>
    public static IReadOnlyList<JournalLine> Of(IReadOnlyList<GetJournal.Row> journal) =>
    [
        .. journal.Select(row => new JournalLine(
            row.Sequence, row.At, row.By, row.Action, Shown(row.Kind, row.Particulars, CourtJournal.Particulars, _ => Withheld).Json, row.PreviousHash, row.Hash)),
    ];

    /// <summary>A line of the journal without the text that was hashed, since that may not be shown in full.</summary>
    internal sealed record JournalLine(int Sequence, DateTimeOffset At, string By, string Action, JsonElement Data, string PreviousHash, string Hash);

    /// <summary>The parts of a note that would tell what was conceded: the whole, and each of its clauses that is long enough.</summary>
    internal static IEnumerable<string> QuotesOf(string note) =>
        note.Split(SentenceEnds, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(part => part.Length >= ShortestQuote).Append(note.Trim()).Where(part => part.Length > 0);

    private static bool Quotes(string text, string[] quotes) => quotes.Any(q => text.Contains(q, StringComparison.OrdinalIgnoreCase));

    /// <summary>Of a meeting or a file that is marked as a concession nothing is shown: a hash would prove what was handed in. Nor of a line that this version does not know.</summary>
    private static EventData Shown(CaseEventKind? kind, EventData data, Func<CaseEventKind, ImmutableArray<EventKey>> allowed, Func<string, string> clean) =>
        data.Only(kind is { } known && !data.Is(EventKey.Concession) ? allowed(known) : [], clean);
}
