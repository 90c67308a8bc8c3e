using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;

namespace GridCases.Features.Cases;

/// <summary>
/// A question about one case that is answered to those, too, whose organisation has handed it on: with what the case was then (<see cref="CaseReader"/>), and nothing later.
/// Every other message about a case is refused to them.
/// </summary>
public interface IReadsHandedOn : ICaseMessage;

/// <summary>What of the cases that the present message is about its sender sees, as the guard found, so that the reader of a case need not ask again.</summary>
public sealed class SeenCases
{
    private readonly Dictionary<Guid, CaseAccess.Sight?> _found = [];

    /// <summary>Keeps what was found.</summary>
    internal void Put(Guid caseId, CaseAccess.Sight? sight) => _found[caseId] = sight;

    /// <summary>The state in which the case was handed on; null for who sees it as it is.</summary>
    internal CaseAccess.Sight? HandedOn(Guid caseId) => _found.GetValueOrDefault(caseId) is { IsWhole: false } sight ? sight : null;
}

/// <summary>A case as it stood when the reader's organisation handed it on.</summary>
/// <param name="Stored">The case.</param>
/// <param name="At">When that was.</param>
/// <param name="LastEventSequence">The last line of the journal that the reader sees.</param>
internal sealed record HandedOnCase(StoredCase Stored, DateTimeOffset At, int LastEventSequence);

/// <summary>A case as a caller sees it.</summary>
public sealed class SeenCase
{
    private readonly HandedOnCase? _handedOn;

    internal SeenCase(StoredCase stored, HandedOnCase? handedOn) => (Stored, _handedOn) = (stored, handedOn);

    public StoredCase Stored { get; }

    public Case Case => Stored.Case;

    /// <summary>Since when the caller sees nothing new of it, because the organisation handed it on; null for who sees it as it is.</summary>
    public DateTimeOffset? HandedOnAt => _handedOn?.At;

    /// <summary>Now; for a case that was handed on, the instant of that.</summary>
    public DateTimeOffset At(DateTimeOffset now) => _handedOn?.At ?? now;

    /// <summary>What the caller may do to it; nothing, once it was handed on.</summary>
    public IReadOnlyList<CaseAction> ActionsFor(Actor actor, DateTimeOffset now) => _handedOn is null ? [.. Case.ActionsFor(actor, now)] : [];

    /// <summary>Whether the caller may see the parties' papers in full: who handed the case on has no need of them.</summary>
    public bool MayUnmask(Actor actor) => _handedOn is null && CaseAuthority.MayUnmask(Case, actor);

    /// <summary>Whether the caller may open a file of it.</summary>
    public bool MayOpen(Actor actor, Attachment file) =>
        _handedOn is null ? CaseAuthority.MayOpen(Case, actor, file) : file.Kind is not AttachmentKind.IdentityPaper || file.By == actor.UserName;

    /// <summary>The last line of the journal that the caller sees.</summary>
    public int LastEventSequence => _handedOn?.LastEventSequence ?? int.MaxValue;
}

/// <summary>Reads a case as the sender of the present message sees it. That it is seen at all has been checked by the pipeline.</summary>
public sealed class CaseReader(CaseStore cases, SeenCases seen)
{
    /// <summary>The case, as it is or as it was handed on.</summary>
    /// <exception cref="NotFound">There is none.</exception>
    public async Task<SeenCase> LoadAsync(Guid caseId, CancellationToken cancellationToken)
    {
        if (seen.HandedOn(caseId) is not { } sight)
            return new SeenCase(await cases.LoadAsync(caseId, null, cancellationToken), null);
        var handedOn = await cases.FindHandedOnAsync(sight.Id, caseId, cancellationToken);
        return new SeenCase(handedOn.Stored, handedOn);
    }
}

/// <summary>What lists show and look through of cases that a caller's organisations handed on: row <c>h</c> of HandedOnCase.</summary>
internal sealed class HandedOnCases(Db db, PersonalData personal)
{
    /// <summary>The last time that one of the caller's organisations handed it on. Parameter <c>@organisations</c>.</summary>
    public const string IsOfOrganisations = """
        h.OrganisationId IN {list organisations}
            AND NOT EXISTS (SELECT 1 FROM HandedOnCase later WHERE later.CaseId = h.CaseId AND later.OrganisationId IN {list organisations} AND later.LastEventSequence > h.LastEventSequence)
        """;

    private static readonly Sql Find = new($$"""
        SELECT h.CaseId AS Id, h.HandedOnAt, h.State, h.Category, h.Light, h.Track, h.RegisteredAt, h.HolderUnitCode, u.Name AS HolderUnitName,
            h.OrganisationId AS HolderOrganisationId, g.Name AS HolderOrganisationName, h.Mediator AS HolderMediator, a.DisplayName AS HolderMediatorName,
            h.PlaceUnitCode, p.Name AS PlaceUnitName, h.OriginUnitCode, h.CaseCipher
        FROM HandedOnCase h JOIN Unit u ON u.Code = h.HolderUnitCode JOIN Unit p ON p.Code = h.PlaceUnitCode JOIN Organisation g ON g.Id = h.OrganisationId
        LEFT JOIN AppUser a ON a.UserName = h.Mediator
        WHERE h.CaseId IN {list ids} AND {{IsOfOrganisations}}
        """);

    /// <summary>The rows of a list, and in place of those that were handed on what they were then.</summary>
    public async Task<IReadOnlyList<ListCases.Row>> ShownAsync(IReadOnlyList<ListCases.Row> rows, IReadOnlyList<Guid> organisations, CancellationToken cancellationToken)
    {
        if (!rows.Any(row => row.HandedOn))
            return rows;
        var stood = (await db.QueryAsync<Stood>(Find, new { ids = rows.Where(row => row.HandedOn).Select(row => row.Id), organisations }, cancellationToken)).ToDictionary(row => row.Id);
        return [.. rows.Select(row => row.HandedOn ? stood[row.Id].ToRow(personal) : row)];
    }

    private sealed record Stood
    {
        public Guid Id { get; init; }
        public DateTimeOffset HandedOnAt { get; init; }
        public CaseState State { get; init; }
        public Category Category { get; init; }
        public Light Light { get; init; }
        public MediationTrack? Track { get; init; }
        public DateTimeOffset RegisteredAt { get; init; }
        public UnitCode HolderUnitCode { get; init; }
        public string HolderUnitName { get; init; } = "";
        public Guid HolderOrganisationId { get; init; }
        public string HolderOrganisationName { get; init; } = "";
        public string? HolderMediator { get; init; }
        public string? HolderMediatorName { get; init; }
        public UnitCode PlaceUnitCode { get; init; }
        public string PlaceUnitName { get; init; } = "";
        public UnitCode OriginUnitCode { get; init; }
        public string CaseCipher { get; init; } = "";

        public ListCases.Row ToRow(PersonalData personal)
        {
            var stored = HandedOnRow.Open(CaseCipher, [], personal);
            var c = stored.Case;
            return new ListCases.Row
            {
                Id = Id,
                Number = c.Number,
                Version = c.Version,
                Title = c.Dispute.Title,
                State = State,
                Suspended = c.Suspended,
                Category = Category,
                Urgency = c.Dispute.Urgency,
                Risk = c.Risk,
                Light = Light,
                HolderUnitCode = HolderUnitCode,
                HolderUnitName = HolderUnitName,
                HolderOrganisationId = HolderOrganisationId,
                HolderOrganisationName = HolderOrganisationName,
                HolderMediator = HolderMediator,
                HolderMediatorName = HolderMediatorName,
                PlaceUnitCode = PlaceUnitCode,
                PlaceUnitName = PlaceUnitName,
                OriginUnitCode = OriginUnitCode,
                Track = Track,
                Card = c.Card?.Color,
                Applicant = First(PartyRole.Applicant),
                Respondent = First(PartyRole.Respondent),
                RegisteredAt = RegisteredAt,
                HandedOnAt = HandedOnAt,
            };

            string? First(PartyRole role) => stored.Parties.FirstOrDefault(p => p.Role == role)?.Name;
        }
    }
}
