using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;

namespace GridCases.Features.Cases;

/// <summary>The journal's chain: each line holds the hash of the one before, so that none can be changed, left out or put in without notice.</summary>
public static class CaseJournal
{
    /// <summary>What <c>previousHash</c> is in the first line.</summary>
    public static readonly string NoHash = new('0', 64);

    /// <summary>The hash of a line: lower-case hex SHA-256 over the parts the API tells, one a line.</summary>
    public static string Hash(string previousHash, Guid caseId, int sequence, DateTimeOffset at, string by, string action, string dataJson)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{previousHash}\n{caseId}\n{sequence}\n{Instants.Write(at)}\n{by}\n{action}\n{dataJson}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>
    /// The lines of a change, chained to the last one that is stored. None is dated before that one: where a clock was set back, or another server's goes after this one's, the
    /// journal stands still until it has caught up, rather than run backwards.
    /// </summary>
    internal static IReadOnlyList<EventRow> Chain(CaseChange change, int sequence, string previousHash, DateTimeOffset? previousAt, CaseContext at)
    {
        var now = previousAt > at.Now ? previousAt.Value : at.Now;
        var lines = new List<EventRow>(change.Events.Length);
        foreach (var happened in change.Events)
        {
            sequence++;
            var told = CaseAuthority.PrincipalOf(happened.Kind, change, at.By) is { } name ? happened.With(EventKey.OnBehalfOf.Is(name)) : happened;
            var dataJson = JsonSerializer.Serialize(told.Data, Json.Options);
            var hash = Hash(previousHash, change.After.Id, sequence, now, at.By.UserName, happened.Action, dataJson);
            lines.Add(new EventRow
            {
                CaseId = change.After.Id,
                Sequence = sequence,
                At = now,
                ByUser = at.By.UserName,
                Action = happened.Action,
                DataJson = dataJson,
                PreviousHash = previousHash,
                Hash = hash,
            });
            previousHash = hash;
        }

        return lines;
    }
}

/// <summary>A row of CaseEvent.</summary>
internal sealed record EventRow
{
    public Guid CaseId { get; init; }
    public int Sequence { get; init; }
    public DateTimeOffset At { get; init; }
    public string ByUser { get; init; } = "";
    public string Action { get; init; } = "";
    public string DataJson { get; init; } = "{}";
    public string PreviousHash { get; init; } = "";
    public string Hash { get; init; } = "";
}
