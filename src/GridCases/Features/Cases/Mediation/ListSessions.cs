using System.Text.Json;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>The mediation meetings of a case and the visits after it was closed, the latest first. Their notes are not in the journal.</summary>
public static class ListSessions
{
    /// <summary>The message.</summary>
    /// <param name="CaseId">The case.</param>
    [AllowedToSignedIn]
    public sealed record Query(Guid CaseId) : IQuery<Result>, IReadsHandedOn;

    public sealed record Result(IReadOnlyList<Session> Sessions, IReadOnlyList<Visit> Visits, IReadOnlyList<Signed> Signatures)
    {
        /// <summary>Those that a journal tells of, which may end before the last of them.</summary>
        internal Result In(IReadOnlyList<GetJournal.Row> journal)
        {
            var held = journal.Select(line => line.Particulars.Get(EventKey.Session)).OfType<Guid>().ToHashSet();
            var visits = Visits.OrderBy(v => v.Id).Take(journal.Count(line => line.Kind is CaseEventKind.RecordFollowUp)).ToHashSet();
            var signed = journal.Where(line => line.Kind is CaseEventKind.SignSession).Select(line => (line.Particulars.Get(EventKey.Session), line.Particulars.Get(EventKey.Signer))).ToHashSet();
            return new([.. Sessions.Where(s => held.Contains(s.Id))], [.. Visits.Where(visits.Contains)], [.. Signatures.Where(s => signed.Contains((s.SessionId, s.Signer)))]);
        }
    }

    /// <summary>A meeting. What was conceded in it must not be used in litigation (SPC, court-invited mediation, art. 22).</summary>
    public sealed record Session
    {
        public Guid Id { get; init; }
        public DateTimeOffset HeldAt { get; init; }
        public string Place { get; init; } = "";
        public string Note { get; init; } = "";
        public bool Concession { get; init; }
        public bool Online { get; init; }
        public SessionKind Kind { get; init; }
        public string? Others { get; init; }
        public string? Link { get; init; }

        /// <summary>The parties who took part.</summary>
        public IReadOnlyList<Guid> Participants => JsonSerializer.Deserialize<Guid[]>(ParticipantsJson, Json.Options) ?? [];

        internal string ParticipantsJson { get; init; } = "[]";

        public string RecordedBy { get; init; } = "";
        public string? RecordedByName { get; init; }
    }

    /// <summary>A signature that was drawn under the record of a meeting; the drawing is not read with it.</summary>
    public sealed record Signed
    {
        public Guid SessionId { get; init; }

        /// <summary>A party's id or "mediator".</summary>
        public string Signer { get; init; } = "";

        public DateTimeOffset SignedAt { get; init; }
        public string ByUser { get; init; } = "";
    }

    /// <summary>A follow-up visit. Satisfaction from 1 to 5.</summary>
    public sealed record Visit
    {
        internal Guid Id { get; init; }

        public DateOnly VisitedOn { get; init; }
        public string Method { get; init; } = "";
        public int Satisfaction { get; init; }
        public string? Note { get; init; }
        public string? RecordedByName { get; init; }
    }

    /// <summary>The meetings of the case <c>@CaseId</c>.</summary>
    internal static readonly Sql FindSessions = new("""
        SELECT s.Id, s.HeldAt, s.Place, s.Note, s.Concession, s.Online, s.Kind, s.Others, s.Link, s.Participants AS ParticipantsJson, s.RecordedBy, u.DisplayName AS RecordedByName
        FROM CaseSession s LEFT JOIN AppUser u ON u.UserName = s.RecordedBy
        WHERE s.CaseId = @CaseId ORDER BY s.HeldAt DESC, s.Id DESC
        """);

    /// <summary>Who signed the records of the meetings of the case <c>@CaseId</c>.</summary>
    internal static readonly Sql FindSignatures = new("SELECT SessionId, Signer, SignedAt, ByUser FROM SessionSignature WHERE CaseId = @CaseId ORDER BY SignedAt, Signer");

    /// <summary>The visits of the case <c>@CaseId</c>.</summary>
    internal static readonly Sql FindVisits = new("""
        SELECT v.Id, v.VisitedOn, v.Method, v.Satisfaction, v.Note, u.DisplayName AS RecordedByName
        FROM FollowUp v LEFT JOIN AppUser u ON u.UserName = v.RecordedBy
        WHERE v.CaseId = @CaseId ORDER BY v.VisitedOn DESC, v.Id DESC
        """);

    internal sealed class Handler(Db db, SeenCases seen, CaseJournals journals) : IRequestHandler<Query, Result>
    {
        public async Task<Result> Handle(Query query, CancellationToken cancellationToken)
        {
            var held = new Result(await db.QueryAsync<Session>(FindSessions, query, cancellationToken), await db.QueryAsync<Visit>(FindVisits, query, cancellationToken),
                await db.QueryAsync<Signed>(FindSignatures, query, cancellationToken));
            return seen.HandedOn(query.CaseId) is null ? held : held.In(await journals.ReadAsync(query.CaseId, cancellationToken));
        }
    }
}
