using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Clocks;
using GridCases.Features.Documents;
using GridCases.Features.Organisations;
using GridCases.Features.TextBlocks;
using GridCases.Features.Units;
using GridCases.Features.Work;
using GridCases.Web.Pages.Cases.Fields;
using GridCases.Web.Pages.Cases.Panels;

namespace GridCases.Web.Pages.Cases;

/// <summary>All that the page of a case shows: the case, what the caller may do, the journal, and the names in them.</summary>
public sealed class CaseDetails
{
    private static readonly CaseAction[] OfferingOrganisations = ActionsWhere(control => control.NeedsOrganisations);
    private static readonly CaseAction[] OfferingUnits = ActionsWhere(control => control.NeedsUnits);
    private static readonly CaseAction[] OfferingPlaces = ActionsWhere(control => control.NeedsPlaces);

    /// <summary>What is done from the panel that shows the facts, and not from the list of what comes next.</summary>
    private static readonly CaseAction[] OnPanels = [CaseAction.Comment, CaseAction.Correct, CaseAction.AddParty, CaseAction.CorrectParty, CaseAction.WithdrawParty];

    private CaseDetails()
    {
    }

    public required CaseView View { get; init; }

    /// <summary>The forms of exactly what the caller may do now.</summary>
    public required IReadOnlyList<ActionForm> Forms { get; init; }

    /// <summary>What happened, the oldest first.</summary>
    public required IReadOnlyList<GetJournal.Row> Journal { get; init; }

    /// <summary>Names of units, organisations and users.</summary>
    public required NamesInCase Names { get; init; }

    /// <summary>Mediation meetings and follow-up visits.</summary>
    public required ListSessions.Result Held { get; init; }

    /// <summary>Whether the caller may put files into the case.</summary>
    public required bool MayAttach { get; init; }

    /// <summary>Whether the caller may see the parties' papers in full.</summary>
    public required bool MayUnmask { get; init; }

    /// <summary>Whether the caller may have the record of a meeting signed on the screen.</summary>
    public required bool MaySignSession { get; init; }

    /// <summary>Organisations that may take the case; read only when a form asks for one.</summary>
    public required IReadOnlyList<ListOrganisations.Organisation> Organisations { get; init; }

    /// <summary>What the mediators of these have in hand.</summary>
    public required IReadOnlyList<ListMediatorLoads.Load> Loads { get; init; }

    /// <summary>Centres directly below the holder; read only when a form asks for one.</summary>
    public required IReadOnlyList<ListUnits.Found> ChildUnits { get; init; }

    /// <summary>Units in which it may have happened; read only when a form asks for one.</summary>
    public required IReadOnlyList<ListUnits.Found> Places { get; init; }

    /// <summary>The rules that the open clocks follow, by clock.</summary>
    public required IReadOnlyDictionary<Guid, DeadlinePolicy> Rules { get; init; }

    /// <summary>The forms of the case file.</summary>
    public required IReadOnlyList<ListDocuments.Row> Documents { get; init; }

    /// <summary>Cases that may be the same dispute; read only for who may merge or link an open case.</summary>
    public required IReadOnlyList<Duplicate> Duplicates { get; init; }

    /// <summary>Cases linked with this one or merged into it, as far as the caller sees them.</summary>
    public required IReadOnlyList<ListLinks.Row> Links { get; init; }

    /// <summary>How it had ended before it was opened again.</summary>
    public required IReadOnlyList<ListResults.Row> Former { get; init; }

    /// <summary>What its file must hold, and what of it is missing.</summary>
    public required GetCompleteness.Result File { get; init; }

    /// <summary>Text blocks that forms offer.</summary>
    public required IReadOnlyList<ListTextBlocks.Block> Blocks { get; init; }

    /// <summary>Counts and names in the header and navigation.</summary>
    public required GetFrame.Result Navigation { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>Where it happened, with what lies around; null where nobody has located it.</summary>
    public ShownPlace? Position { get; init; }

    /// <summary>Today in Asia/Shanghai.</summary>
    public DateOnly Today => LocalTime.Day(Now);

    /// <summary>The parties without those that were withdrawn.</summary>
    public IReadOnlyList<PartyView> Parties => [.. View.Parties.Where(p => p.Withdrawn is null)];

    /// <summary>Applicants and respondents.</summary>
    public IEnumerable<PartyView> Principals => Parties.Where(p => p.Role is PartyRole.Applicant or PartyRole.Respondent);

    /// <summary>Who still has to sign: parties by id, then the mediator and the seal.</summary>
    public IEnumerable<string> MissingSigners => View.Agreement is { Form: AgreementForm.Written } agreement
        ? Signers.Except(agreement.Signatures.Select(s => s.Signer))
        : [];

    /// <summary>Whether records of meetings are signed on the screen here.</summary>
    public bool MaySignOnScreen => MaySignSession && MayBeDrawn;

    /// <summary>Whether papers of this case may be signed on the screen (E-Signature Law art. 3).</summary>
    public bool MayBeDrawn => Dispute.MayBeDrawn(View.Category);

    /// <summary>All who have to sign.</summary>
    public IEnumerable<string> Signers => Agreement.PartiesToSign(Principals.Select(p => p.Id), View.Agreement?.Obligations ?? []).Concat(Agreement.FileSigners);

    /// <summary>The form that is most natural now, for the one big button; null when the case waits for somebody else.</summary>
    public ActionForm? Primary => NextActions.Of(this).Select(Find).FirstOrDefault(form => form is not null);

    /// <summary>The others, usual ones first, what ends things last. A comment and corrections have their own places.</summary>
    public IEnumerable<ActionForm> Others => Forms.Where(f => !OnPanels.Contains(f.Action) && f.Action != Primary?.Action).OrderBy(f => f.IsExceptional);

    /// <summary>Where the form stands that corrects a party.</summary>
    public string CorrectPartyLink(Guid party) => $"/cases/{View.Id}?do=correct-party&partyId={party}#do-correct-party";

    /// <summary>
    /// By which rule an open clock is counted, where category, urgency or risk have changed since it began: that moves nothing, and whoever looks is told so. Null where nothing has changed.
    /// </summary>
    public string? RuleOf(ClockView clock)
    {
        if (!Rules.TryGetValue(clock.Id, out var rule) || !Journal.Any(j => j.At > clock.StartedAt && ChangesWhatRulesAskFor(j)))
            return null;
        var conditions = new Enum?[] { rule.Track, rule.Entrustment, rule.OrganisationKind, rule.Category, rule.Risk, rule.Urgency, rule.UnitLevel }.OfType<Enum>().Select(Localized.Word).ToList();
        return Localized.Case("RuleStays", conditions.Count == 0 ? Localized.Case("RuleGeneral") : string.Join(" · ", conditions), rule.Version);
    }

    private bool ChangesWhatRulesAskFor(GetJournal.Row line) => line.Kind switch
    {
        CaseEventKind.Correct => line.Particulars.Has(EventKey.CategoryAfter) || line.Particulars.Has(EventKey.UrgencyAfter),
        CaseEventKind.ConfirmRisk => line.Particulars.Get(EventKey.Risk)
            != (Journal.LastOrDefault(j => j.Sequence < line.Sequence && j.Kind is CaseEventKind.ConfirmRisk)?.Particulars.Get(EventKey.Risk) ?? Risk.Green),
        _ => false,
    };

    /// <summary>The form of an action, if the caller may do it now.</summary>
    public ActionForm? Find(CaseAction action) => Forms.FirstOrDefault(f => f.Action == action);

    /// <summary>Reads it for the caller of a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="id">The case.</param>
    public static async Task<CaseDetails> LoadAsync(AppPage page, Guid id)
    {
        var read = await page.SendAsync(new GetCasePage.Query(id) { OfferingOrganisations = OfferingOrganisations, OfferingUnits = OfferingUnits, OfferingPlaces = OfferingPlaces });
        return new CaseDetails
        {
            View = read.View,
            Forms = [.. read.Actions.Where(CaseActionCatalogue.IsRouted).Select(ActionForm.Of).OfType<ActionForm>()],
            Journal = read.Journal,
            Names = read.Names,
            Held = read.Held,
            MayAttach = read.Actions.Contains(CaseAction.Attach),
            MayUnmask = read.MayUnmask,
            MaySignSession = read.MaySignSession,
            Organisations = read.Organisations,
            Loads = read.Loads,
            ChildUnits = read.ChildUnits,
            Places = read.Places,
            Rules = read.Rules,
            Documents = read.Documents,
            Duplicates = read.Duplicates,
            Links = read.Links,
            Former = read.Former,
            File = read.File,
            Blocks = read.Blocks,
            Navigation = read.Frame,
            Now = page.Now,
            Position = read.View.Place is { Latitude: { } latitude, Longitude: { } longitude } place
                ? new ShownPlace(place.UnitCode, new GeoPoint(latitude, longitude), await page.SendAsync(new GetSurroundings.Query(place.UnitCode, latitude, longitude)))
                : null,
        };
    }

    /// <summary>Who holds the case: the organisation with its mediator, a centre, or a grid.</summary>
    public string Holder => View.Holder switch
    {
        { OrganisationName: { } organisation, MediatorName: { } mediator } => $"{organisation} · {mediator}",
        { OrganisationName: { } organisation } => organisation,
        var holder => Centre(holder.UnitCode, holder.UnitName),
    };

    /// <summary>The name of a unit as the one that acts: a grid, or the centre of a village, township, district or city.</summary>
    public string Centre(UnitCode unit) => Centre(unit, Names.Units.GetValueOrDefault(unit.Value, unit.Value));

    /// <summary>Who sent the case back: the organisation that had it, or the unit.</summary>
    public string ReturnedFrom(ReturnedView returned) => returned.FromOrganisationId is { } organisation && Names.Organisations.TryGetValue(organisation, out var name)
        ? name
        : Centre(returned.FromUnitCode);

    /// <summary>What whoever has it back does next; nothing to those who only see it.</summary>
    public string? ReturnedHint => Find(CaseAction.Submit) is not null ? Localized.Guidance("Returned.Submit")
        : Primary is { IsExceptional: false } ? Localized.Guidance("Returned.Other")
        : null;

    /// <summary>The number of a linked case; of one that the caller does not see only that it is another.</summary>
    public string Linked(Guid id) => Links.FirstOrDefault(l => l.Id == id)?.Number ?? Localized.Case("AnotherCase");

    /// <summary>Why another case was linked; nothing to who does not see it.</summary>
    public string? WhyLinked(Guid id) => Links.FirstOrDefault(l => l.Id == id)?.Reason;

    /// <summary>The name of a user.</summary>
    public string User(string userName) =>
        Journal.FirstOrDefault(j => j.By == userName && j.ByName is not null)?.ByName
        ?? (userName == View.Holder.Mediator ? View.Holder.MediatorName : null)
        ?? Names.Users.GetValueOrDefault(userName, userName);

    /// <summary>The name of a party.</summary>
    public string Party(Guid id) => View.Parties.FirstOrDefault(p => p.Id == id)?.Name ?? "";

    /// <summary>The name of somebody who signs.</summary>
    public string Signer(string signer) => signer switch
    {
        Agreement.MediatorSigner => (View.Agreement?.Signatures.FirstOrDefault(s => s.Signer == signer)?.By ?? View.Holder.Mediator) is { } mediator
            ? Localized.Case("SignerMediator", User(mediator))
            : Localized.Word(Role.Mediator),
        Agreement.SealSigner => Localized.Case("SignerSeal"),
        _ => Guid.TryParse(signer, out var id) ? Party(id) : signer,
    };

    /// <summary>The text of an action's button.</summary>
    public string Label(ActionForm form) => form.Action switch
    {
        CaseAction.SubmitUpward => Localized.Case("Do.SubmitUpward", ParentName),
        CaseAction.Return when Names.CameFrom is { Level: UnitLevel.Grid } => Localized.Case("Do.Return.ToGrid"),
        CaseAction.Return when Names.CameFrom is { } from => Localized.Case("Do.Return.To", Names.Units.GetValueOrDefault(from.Value, from.Value)),
        var action => Localized.Case($"Do.{action}"),
    };

    /// <summary>A sentence on what an action means, above its form; null when the form speaks for itself.</summary>
    public string? Hint(ActionForm form) => form.Action switch
    {
        CaseAction.Return when Names.CameFrom is { Level: UnitLevel.Grid } => Localized.Find("Do.Return.Grid"),
        CaseAction.Sign => Localized.Case("Do.Sign.Hint", View.Agreement!.Version),
        CaseAction.DecideExtension => null,
        var action => Localized.Find($"Do.{action}.Hint"),
    };

    /// <summary>The text blocks for a field of an action's form.</summary>
    public IEnumerable<ListTextBlocks.Block> BlocksFor(CaseAction action, string field) => (action, field) switch
    {
        (CaseAction.Decline, "otherRemedies") or (CaseAction.FailMediation or CaseAction.Terminate or CaseAction.ReferOut, "reason") => Blocks.Where(b => b.Kind is TextBlockKind.Remedies),
        (CaseAction.Decline or CaseAction.RefuseAssignment or CaseAction.Return, "reason") => Blocks.Where(b => b.Kind is TextBlockKind.Declining),
        (CaseAction.RecordSession, "note") => Blocks.Where(b => b.Kind is TextBlockKind.Consent),
        _ => [],
    };

    /// <summary>What an action leaves undone, said in its form before it is done; null when nothing is.</summary>
    public string? Warning(ActionForm form) => form.Action switch
    {
        CaseAction.Archive when Running(ClockKind.FollowUp) is { } visit => Localized.Case("ArchiveWithoutVisit", Localized.Day(LocalTime.Day(visit.DueAt), Today)),
        CaseAction.CompleteHandling when View.State is CaseState.AgreementReached && NextActions.OpenObligations(this) is > 0 and var left => Localized.Case("CompleteWithObligations", left),
        _ => null,
    };

    /// <summary>Who has the case and what is being waited for, for those who cannot act.</summary>
    public string WaitsFor => Localized.Case(View.HandedOnAt is not null ? "Waits.HandedOn" : View.Suspended ? "Waits.Suspended" : $"Waits.{View.State}", Holder);

    /// <summary>Who handed the case in and when, while a centre has not answered; else null.</summary>
    public string? HandedIn => View.State is CaseState.AwaitingAcceptance
        && Journal.LastOrDefault(j => j.Kind is CaseEventKind.Submit or CaseEventKind.SubmitUpward or CaseEventKind.AssignDown or CaseEventKind.Redirect) is { } line
        ? Localized.Case("HandedIn", line.ByName ?? line.By, Localized.Moment(line.At, Today))
        : null;

    /// <summary>What comes after the big button; null when that goes without saying.</summary>
    public string? NextHint => Primary?.Action switch
    {
        CaseAction.Sign => Localized.Case("SignaturesMissing", MissingSigners.Count()),
        CaseAction.DecideExtension or CaseAction.IssueCard => WaitsFor,
        var action => Localized.Find($"Next.{action}"),
    };

    private static CaseAction[] ActionsWhere(Predicate<FieldControl> needs) =>
        [.. Enum.GetValues<CaseAction>().Where(action => ActionForm.Of(action) is { } form && form.Fields.Any(f => needs(f.Control)))];

    private string ParentName => View.Holder.UnitCode.Parent is { } parent ? Names.Units.GetValueOrDefault(parent.Value, parent.Value) : "";

    private static string Centre(UnitCode unit, string name) => unit.Level is UnitLevel.Grid ? name : Localized.Case("Centre", name);

    /// <summary>The case of a number: the whole of it, or its last digits where only one case of the caller's ends so.</summary>
    public static async Task<Guid?> FindAsync(AppPage page, string number)
    {
        if (number.Length is < 3 or > 40)
            return null;
        var found = (await page.SendAsync(new ListCases.Query { Q = number, Limit = 20 })).Items.Where(c => c.Number.EndsWith(number, StringComparison.OrdinalIgnoreCase)).ToList();
        return found.Count == 1 ? found[0].Id : found.FirstOrDefault(c => c.Number == number)?.Id;
    }

    /// <summary>The running clock of a kind that falls due first.</summary>
    public ClockView? Running(ClockKind kind) =>
        View.Clocks.Where(c => c.Kind == kind && (c.Status is ClockStatus.Running or ClockStatus.Paused)).MinBy(c => c.DueAt);
}
