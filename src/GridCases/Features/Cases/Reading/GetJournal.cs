using System.Text.Json;
using System.Text.Json.Serialization;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>The journal of a case from its first line, with everything needed to recompute the chain of hashes (<see cref="CaseJournals"/>). Reading it is audited.</summary>
public static class GetJournal
{
    /// <summary>The message.</summary>
    /// <param name="CaseId">The case.</param>
    [AllowedToSignedIn]
    public sealed record Query(Guid CaseId) : IQuery<IReadOnlyList<Row>>, IReadsHandedOn;

    /// <summary>A line. <see cref="DataJson"/> is the stored text that was hashed, <see cref="Data"/> the same as JSON.</summary>
    public sealed record Row
    {
        /// <summary>From 1, without a gap.</summary>
        public int Sequence { get; init; }

        public DateTimeOffset At { get; init; }

        /// <summary>User name; <c>system</c> for jobs.</summary>
        public string By { get; init; } = "";

        /// <summary>The user's name for people; null for the system.</summary>
        public string? ByName { get; init; }

        public string Action { get; init; } = "";

        /// <summary>Its particulars; parties are named by id.</summary>
        public JsonElement Data => Particulars.Json;

        /// <summary>What was done, for programs of ours; null for what only a later version knows.</summary>
        [JsonIgnore]
        public CaseEventKind? Kind => CaseEventKinds.Find(Action);

        /// <summary>Its particulars, to be read by their keys.</summary>
        [JsonIgnore]
        public EventData Particulars => EventData.Parse(DataJson);

        /// <summary>Its particulars as they were hashed; less than that where something is <see cref="Withheld"/>.</summary>
        public string DataJson { get; init; } = "{}";

        /// <summary>Whether the id of another case was left out, because the reader does not see that case: the line's hash is of the whole text.</summary>
        public bool Withheld { get; init; }

        /// <summary>Hash of the line before; 64 zeros in the first.</summary>
        public string PreviousHash { get; init; } = "";

        /// <summary>Hash of this line.</summary>
        public string Hash { get; init; } = "";
    }

    /// <summary>The lines of the case <c>@CaseId</c>.</summary>
    internal static readonly Sql Find = new("""
        SELECT e.Sequence, e.[At], e.ByUser AS [By], u.DisplayName AS ByName, e.[Action], e.DataJson, e.PreviousHash, e.Hash
        FROM CaseEvent e LEFT JOIN AppUser u ON u.UserName = e.ByUser
        WHERE e.CaseId = @CaseId ORDER BY e.Sequence
        """);

    internal sealed class Handler(CaseJournals journals, ReadAudit audit) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken cancellationToken)
        {
            var rows = await journals.ReadAsync(query.CaseId, cancellationToken);
            await audit.CaseReadAsync(ReadKind.ReadJournal, query.CaseId, cancellationToken);
            return rows;
        }
    }
}
