using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Outbox;
using GridCases.Pipeline;

namespace GridCases.Features.Cases;

// Saving: the row of the case first, guarded by its revision, then what differs of its parts, its journal, and who is to be told.
public sealed partial class CaseStore
{
    // What an agreement in force was signed with is kept once: from when something else first takes its place.
    private static readonly Sql KeepSignedWords = new("""
        UPDATE CaseAgreement SET SignedTitle = @Title, SignedSummary = @Summary WHERE CaseId = @CaseId AND Version = @Version AND SignedTitle IS NULL
        """);

    private static readonly Sql KeepSignedParties = new("""
        INSERT INTO SignedParty (CaseId, AgreementVersion, PartyId, Ordinal, Role, Kind, Name, Sex, IdNumberCipher, PhoneCipher, AddressCipher)
        SELECT p.CaseId, @Version, p.Id, p.Ordinal, p.Role, p.Kind, p.Name, p.Sex, p.IdNumberCipher, p.PhoneCipher, p.AddressCipher FROM CaseParty p
        WHERE p.CaseId = @CaseId AND p.WithdrawnAt IS NULL AND NOT EXISTS (SELECT 1 FROM SignedParty s WHERE s.CaseId = @CaseId AND s.AgreementVersion = @Version)
        """);

    /// <summary>Saves a new case with the papers of its parties.</summary>
    internal async Task<StoredCase> InsertAsync(CaseChange change, IReadOnlyList<PartyRow> parties, string? addressCipher, CaseContext at, CancellationToken cancellationToken)
    {
        var (inserted, writes) = await InsertionAsync(change, parties, addressCipher, at, cancellationToken);
        await db.WriteAsync(writes, cancellationToken);
        return inserted;
    }

    /// <summary>What inserting a new case writes, and the case as it will be stored.</summary>
    internal async Task<(StoredCase Inserted, IReadOnlyList<Write> Writes)> InsertionAsync(
        CaseChange change, IReadOnlyList<PartyRow> parties, string? addressCipher, CaseContext at, CancellationToken cancellationToken)
    {
        var journal = CaseJournal.Chain(change, 0, CaseJournal.NoHash, null, at);
        var row = CaseRow.Of(change.After) with
        {
            Version = 1,
            Revision = 1,
            PlaceAddressCipher = addressCipher,
            LastEventSequence = journal[^1].Sequence,
            LastEventHash = journal[^1].Hash,
            LastEventAt = journal[^1].At,
        };
        parties = [.. parties.Select(p => p with { CaseId = change.After.Id })];
        var inserted = new StoredCase(change.After with { Version = 1 }, row, parties, null);
        return (inserted,
        [
            CaseTables.Cases.Adding(row),
            .. parties.Select(CaseTables.Parties.Adding),
            .. CaseSearch.Adding(row, parties.Select(p => p.Name)),
            .. PartsOf(change, at),
            .. journal.Select(CaseTables.Events.Adding),
            .. await Notices.AboutAsync(db, change, 0, at, cancellationToken),
        ]);
    }

    /// <summary>Saves a change of a case that was loaded before.</summary>
    /// <returns>The case as it is stored now.</returns>
    /// <exception cref="Overtaken">Somebody else saved it meanwhile: at once, or where writes come last when they are written.</exception>
    public Task<StoredCase> SaveAsync(StoredCase stored, CaseChange change, CaseContext at, CancellationToken cancellationToken) =>
        SaveAsync(stored, new CorrectedPapers(change, stored.Parties, stored.Row.PlaceAddressCipher), at, cancellationToken);

    /// <summary>The same for a change that touches papers as well.</summary>
    internal async Task<StoredCase> SaveAsync(StoredCase stored, CorrectedPapers corrected, CaseContext at, CancellationToken cancellationToken)
    {
        var change = corrected.Change;
        var journal = CaseJournal.Chain(change, stored.Row.LastEventSequence, stored.Row.LastEventHash, stored.Row.LastEventAt, at);
        var last = journal.Count > 0 ? journal[^1] : null;
        var row = CaseRow.Of(change.After) with
        {
            Version = stored.Row.Version + (change.IsDecision ? 1 : 0),
            Revision = stored.Row.Revision + 1,
            RevisionBefore = stored.Row.Revision,
            RulesVersion = at.RulesVersion,
            PlaceAddressCipher = corrected.PlaceAddressCipher,
            LastEventSequence = last?.Sequence ?? stored.Row.LastEventSequence,
            LastEventHash = last?.Hash ?? stored.Row.LastEventHash,
            LastEventAt = last?.At ?? stored.Row.LastEventAt,
        };
        var parties = corrected.Parties.ToDictionary(p => p.Id);
        IReadOnlyList<PartyRow> rows = [.. change.After.Parties.Select(p => parties[p.Id].With(p))];
        await db.WriteAsync(
            [
                CaseTables.Cases.Changing(stored.Row, row)! with { IsGuard = true },
                .. AsSigned(change),
                .. stored.Parties.Zip(rows, CaseTables.Parties.Changing).OfType<Write>(),
                .. rows.Skip(stored.Parties.Count).Select(CaseTables.Parties.Adding),
                .. await WordsAsync(stored, row, rows, cancellationToken),
                .. PartsOf(change, at),
                .. await DrawingAsync(change, at),
                .. CaseSearch.Moving(stored.Row, row),
                .. Sight(stored, change, at),
                .. journal.Select(CaseTables.Events.Adding),
                .. await Notices.AboutAsync(db, change, stored.Row.LastEventSequence, at, cancellationToken),
            ],
            cancellationToken);
        var isNamedAsBefore = change.Before is { } before && before.Holder == change.After.Holder && before.Origin == change.After.Origin
            && before.Dispute.Place.Unit == change.After.Dispute.Place.Unit;
        return new StoredCase(change.After with { Version = row.Version }, row, rows, isNamedAsBefore ? stored.Names : null);
    }

    /// <summary>Saves changes of several cases that belong together, in the order of their ids, so that two such changes never wait for each other.</summary>
    /// <returns>The cases as they are stored now, in the order given.</returns>
    /// <exception cref="Overtaken">Somebody else saved one of them meanwhile.</exception>
    public async Task<IReadOnlyList<StoredCase>> SaveTogetherAsync(IReadOnlyList<(StoredCase Stored, CaseChange Change)> changes, CaseContext at, CancellationToken cancellationToken)
    {
        var saved = new Dictionary<Guid, StoredCase>();
        foreach (var (stored, change) in changes.OrderBy(c => c.Change.After.Id))
            saved[change.After.Id] = await SaveAsync(stored, change, at, cancellationToken);
        return [.. changes.Select(c => saved[c.Change.After.Id])];
    }

    /// <summary>A case is found by its words; where they have changed, by the new ones and no longer by the old.</summary>
    private async Task<IEnumerable<Write>> WordsAsync(StoredCase stored, CaseRow row, IReadOnlyList<PartyRow> parties, CancellationToken cancellationToken)
    {
        var names = parties.Select(p => p.Name);
        if (row.Title == stored.Row.Title && row.Summary == stored.Row.Summary && names.SequenceEqual(stored.Parties.Select(p => p.Name)))
            return [];
        return await db.QuerySingleOrDefaultAsync<string>(CaseSearch.FindText, new { CaseId = row.Id }, cancellationToken) is { } before
            ? CaseSearch.Changing(row, before, CaseSearch.TextOf(row, names))
            : [];
    }

    private static IEnumerable<Write> AsSigned(CaseChange change)
    {
        if (change.Before is not { Agreement: { EffectiveAt: not null } agreement } before
            || !change.Events.Any(e => e.Kind is CaseEventKind.Correct or CaseEventKind.AddParty or CaseEventKind.CorrectParty))
        {
            return [];
        }

        return
        [
            new Write(KeepSignedWords, new { CaseId = before.Id, agreement.Version, before.Dispute.Title, before.Dispute.Summary }),
            new Write(KeepSignedParties, new { CaseId = before.Id, agreement.Version }),
        ];
    }
}

/// <summary>A change with the papers as they are after it, which the domain does not know.</summary>
/// <param name="Change">What the domain decided.</param>
/// <param name="Parties">The parties as they were stored, with their papers as they should be; a new one last.</param>
/// <param name="PlaceAddressCipher">The address of the place.</param>
internal sealed record CorrectedPapers(CaseChange Change, IReadOnlyList<PartyRow> Parties, string? PlaceAddressCipher);
