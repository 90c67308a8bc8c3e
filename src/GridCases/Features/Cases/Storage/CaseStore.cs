using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;

namespace GridCases.Features.Cases;

/// <summary>
/// Loads a case whole and saves what an action changed of it, in every table that holds a part of a case; nobody else writes these.
/// </summary>
public sealed partial class CaseStore(Db db, PersonalData personal)
{
    private static readonly string Columns = string.Join(", ", CaseTables.Cases.Columns.Split(", ").Select(column => $"c.{column}"));

    private const string Names = """
        o.Name AS OriginName, h.Name AS HolderName, p.Name AS PlaceName, g.Name AS OrganisationName, u.DisplayName AS MediatorName
        """;

    private const string Joins = """
        JOIN Unit o ON o.Code = c.OriginUnitCode JOIN Unit h ON h.Code = c.HolderUnitCode JOIN Unit p ON p.Code = c.PlaceUnitCode
        LEFT JOIN Organisation g ON g.Id = c.HolderOrganisationId LEFT JOIN AppUser u ON u.UserName = c.HolderMediator
        """;

    private static readonly Sql FindCase = new($"SELECT {Columns}, {Names} FROM DisputeCase c {Joins} WHERE c.Id = @id");
    private static readonly Sql FindCases = new($"SELECT {Columns}, {Names} FROM DisputeCase c {Joins} WHERE c.Id IN {{list ids}}");
    private static readonly Sql FindHandedOn = new($"SELECT {CaseTables.HandedOn.Columns} FROM HandedOnCase WHERE Id = @id");
    private static readonly Sql Hold = new("UPDATE DisputeCase SET Revision = Revision WHERE Id = @id");
    private static readonly Sql FindLinks = new("""
        SELECT CaseId AS Own, OtherCaseId AS Other FROM CaseLink WHERE CaseId = @id UNION ALL SELECT OtherCaseId AS Own, CaseId AS Other FROM CaseLink WHERE OtherCaseId = @id
        """);

    private static readonly Sql FindLinksOf = new("""
        SELECT CaseId AS Own, OtherCaseId AS Other FROM CaseLink WHERE CaseId IN {list ids}
        UNION ALL SELECT OtherCaseId AS Own, CaseId AS Other FROM CaseLink WHERE OtherCaseId IN {list ids}
        """);

    /// <summary>The case as stored; null when there is none. Whose it is to see is not asked here.</summary>
    public async Task<StoredCase?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var batch = db.Batch();
        var reading = new Reading(batch, id);
        await batch.RunAsync(cancellationToken);
        if (!reading.AskForParts(batch))
            return null;
        await batch.RunAsync(cancellationToken);
        return reading.Whole();
    }

    /// <summary>
    /// The reading of a case in two round trips, beside whatever else is read in them: the row tells which tables hold parts of it, and only these are asked.
    /// </summary>
    internal sealed class Reading
    {
        private readonly Guid _id;
        private readonly Rows<NamedCaseRow> _rows;
        private Parts? _parts;

        /// <summary>Asks for the row, the parties and the clocks.</summary>
        public Reading(ReadBatch batch, Guid id)
        {
            _id = id;
            _rows = batch.Read<NamedCaseRow>(FindCase, new { id });
            Parties = batch.Read<PartyRow>(CaseTables.Parties.OfCase, new { id });
            Clocks = batch.Read<ClockRow>(CaseTables.Clocks.OfCase, new { id });
        }

        /// <summary>Its row, once the batch has run; null when there is no such case.</summary>
        public CaseRow? Row => _rows.SingleOrDefault;

        public Rows<PartyRow> Parties { get; }

        public Rows<ClockRow> Clocks { get; }

        /// <summary>Asks for the rest.</summary>
        /// <returns>Whether there is such a case.</returns>
        public bool AskForParts(ReadBatch batch)
        {
            if (Row is not { } row)
                return false;
            _parts = new Parts(batch, (CaseParts)row.Parts, of => of.One, FindLinks, new { id = _id });
            return true;
        }

        /// <summary>The case, once that has been read too.</summary>
        public StoredCase Whole() => CaseStore.Whole(_rows.SingleOrDefault!, Parties, Clocks, _parts!);
    }

    /// <summary>Several cases as stored, in no particular order; those that are not there are left out.</summary>
    public async Task<IReadOnlyList<StoredCase>> FindManyAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
            return [];
        var batch = db.Batch();
        var rows = batch.Read<NamedCaseRow>(FindCases, new { ids });
        var parties = batch.Read<PartyRow>(CaseTables.Parties.OfCases, new { ids });
        var clocks = batch.Read<ClockRow>(CaseTables.Clocks.OfCases, new { ids });
        await batch.RunAsync(cancellationToken);

        var parts = new Parts(batch, rows.Aggregate(CaseParts.None, (all, row) => all | (CaseParts)row.Parts), of => of.Many, FindLinksOf, new { ids });
        await batch.RunAsync(cancellationToken);
        var (partiesOf, clocksOf) = (parties.ToLookup(p => p.CaseId), clocks.ToLookup(c => c.CaseId));
        return [.. rows.Select(row => Whole(row, [.. partiesOf[row.Id]], clocksOf[row.Id], parts))];
    }

    /// <summary>The case at the version the caller saw.</summary>
    /// <exception cref="NotFound">There is none.</exception>
    /// <exception cref="StaleVersion">Somebody decided something about it meanwhile.</exception>
    public async Task<StoredCase> LoadAsync(Guid id, long? expectedVersion, CancellationToken cancellationToken)
    {
        // Who has been overtaken three times holds the case before reading it: on SQL Server, where several write at once, somebody would always be faster.
        if (db.InTransaction)
            await db.ExecuteAsync(Hold, new { id }, cancellationToken);
        var stored = await FindAsync(id, cancellationToken) ?? throw new NotFound($"case {id}");
        return expectedVersion is { } version && version != stored.Case.Version ? throw new StaleVersion(stored.Case.Version) : stored;
    }

    /// <summary>A case as it stood when it was handed on.</summary>
    /// <param name="id">Key of the row of HandedOnCase.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    internal async Task<HandedOnCase> FindHandedOnAsync(Guid id, Guid caseId, CancellationToken cancellationToken)
    {
        var batch = db.Batch();
        var rows = batch.Read<HandedOnRow>(FindHandedOn, new { id });
        var attachments = batch.Read<AttachmentRow>(CaseTables.Attachments.OfCase, new { id = caseId });
        await batch.RunAsync(cancellationToken);
        var row = rows.SingleOrDefault ?? throw new NotFound($"case {caseId}");
        return new HandedOnCase(HandedOnRow.Open(row.CaseCipher, attachments, personal), row.HandedOnAt, row.LastEventSequence);
    }

    private static StoredCase Whole(NamedCaseRow row, IReadOnlyList<PartyRow> parties, IEnumerable<ClockRow> clocks, Parts parts) => new(
        parts.AddTo(row.ToCase() with { Parties = [.. parties.Select(p => p.ToParty())], Clocks = [.. clocks.Select(c => c.ToClock())] }), row, parties, row.Names);

    /// <summary>What of a case lies in tables that are mostly empty for it.</summary>
    private sealed class Parts
    {
        private readonly IReadOnlyList<ExtensionRow> _extensions = [];
        private readonly IReadOnlyList<CardRow> _cards = [];
        private readonly IReadOnlyList<RecusalRow> _recusals = [];
        private readonly IReadOnlyList<ShamRow> _shams = [];
        private readonly IReadOnlyList<PoliceNoticeRow> _policeNotices = [];
        private readonly IReadOnlyList<AttachmentRow> _attachments = [];
        private readonly IReadOnlyList<LinkRow> _links = [];
        private readonly IReadOnlyList<AgreementRow> _agreements = [];
        private readonly IReadOnlyList<ObligationRow> _obligations = [];
        private readonly IReadOnlyList<SignatureRow> _signatures = [];
        private readonly IReadOnlyList<ConfirmationRow> _confirmations = [];

        /// <summary>Asks for the tables that hold something.</summary>
        public Parts(ReadBatch batch, CaseParts held, Func<(Sql One, Sql Many), Sql> text, Sql links, object ids)
        {
            if (held.HasFlag(CaseParts.Extensions))
                _extensions = Read(CaseTables.Extensions);
            if (held.HasFlag(CaseParts.Card))
                _cards = Read(CaseTables.Cards);
            if (held.HasFlag(CaseParts.Recusals))
                _recusals = Read(CaseTables.Recusals);
            if (held.HasFlag(CaseParts.Sham))
                _shams = Read(CaseTables.Shams);
            if (held.HasFlag(CaseParts.PoliceNotices))
                _policeNotices = Read(CaseTables.PoliceNotices);
            if (held.HasFlag(CaseParts.Attachments))
                _attachments = Read(CaseTables.Attachments);
            if (held.HasFlag(CaseParts.Links))
                _links = batch.Read<LinkRow>(links, ids);
            if (held.HasFlag(CaseParts.Agreement))
            {
                (_agreements, _obligations) = (Read(CaseTables.Agreements), Read(CaseTables.Obligations));
                (_signatures, _confirmations) = (Read(CaseTables.Signatures), Read(CaseTables.Confirmations));
            }

            Rows<TRow> Read<TRow>(Table<TRow> table)
                where TRow : class => batch.Read<TRow>(text((table.OfCase, table.OfCases)), ids);
        }

        public Case AddTo(Case bare)
        {
            var agreement = _agreements.LastOrDefault(a => a.CaseId == bare.Id);
            return bare with
            {
                Extensions = [.. _extensions.Where(e => e.CaseId == bare.Id).Select(e => e.ToExtension())],
                Card = _cards.LastOrDefault(c => c.CaseId == bare.Id && c.LiftedAt is null)?.ToCard(),
                Recusals = [.. _recusals.Where(r => r.CaseId == bare.Id).Select(r => r.ToRecusal())],
                Sham = _shams.LastOrDefault(r => r.CaseId == bare.Id && r.ClosedAt is null)?.ToReport(),
                PoliceNotice = _policeNotices.LastOrDefault(n => n.CaseId == bare.Id)?.ToNotice(),
                Attachments = [.. _attachments.Where(a => a.CaseId == bare.Id).Select(a => a.ToAttachment())],
                Links = [.. _links.Where(l => l.Own == bare.Id).Select(l => l.Other)],
                Agreement = agreement?.ToAgreement(
                    _obligations.Where(o => o.CaseId == bare.Id),
                    _signatures.Where(s => s.CaseId == bare.Id),
                    _confirmations.LastOrDefault(c => c.CaseId == bare.Id && c.AgreementVersion == agreement.Version)),
            };
        }
    }

    private sealed record NamedCaseRow : CaseRow
    {
        [NotAColumn]
        public string OriginName { get; init; } = "";

        [NotAColumn]
        public string HolderName { get; init; } = "";

        [NotAColumn]
        public string PlaceName { get; init; } = "";

        [NotAColumn]
        public string? OrganisationName { get; init; }

        [NotAColumn]
        public string? MediatorName { get; init; }

        [NotAColumn]
        public CaseNames Names => new()
        {
            OriginName = OriginName,
            HolderName = HolderName,
            PlaceName = PlaceName,
            OrganisationName = OrganisationName,
            MediatorName = MediatorName,
        };
    }

    private sealed record LinkRow
    {
        public Guid Own { get; init; }
        public Guid Other { get; init; }
    }
}
