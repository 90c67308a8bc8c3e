using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Documents;
using GridCases.Features.Notifications;
using GridCases.Features.Organisations;
using GridCases.Features.Rules;
using GridCases.Features.TextBlocks;
using GridCases.Features.Units;
using GridCases.Features.Work;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;

namespace GridCases.Features.Work;

/// <summary>
/// Everything that the page of a case shows, of one moment and in two round trips: the second asks for what the first made known. Opening it is audited, once.
/// </summary>
public static class GetCasePage
{
    /// <summary>The message. Whether the case lies in the caller's scope is read with it.</summary>
    /// <param name="CaseId">The case.</param>
    [AllowedToSignedIn]
    public sealed record Query(Guid CaseId) : IQuery<Result>, IAboutCase
    {
        /// <summary>Actions whose forms offer mediation organisations: these are read when the caller may do one of them.</summary>
        public IReadOnlyCollection<CaseAction> OfferingOrganisations { get; init; } = [];

        /// <summary>Actions whose forms offer the units below the holder.</summary>
        public IReadOnlyCollection<CaseAction> OfferingUnits { get; init; } = [];

        /// <summary>Actions whose forms offer the units in which the dispute may have happened.</summary>
        public IReadOnlyCollection<CaseAction> OfferingPlaces { get; init; } = [];
    }

    public sealed record Result
    {
        public required CaseView View { get; init; }

        /// <summary>What the caller may do now.</summary>
        public required IReadOnlyList<CaseAction> Actions { get; init; }

        /// <summary>Whether the caller may see the parties' papers in full.</summary>
        public required bool MayUnmask { get; init; }

        /// <summary>Whether the caller may have the record of a meeting signed.</summary>
        public required bool MaySignSession { get; init; }

        /// <summary>What happened, the oldest first.</summary>
        public required IReadOnlyList<GetJournal.Row> Journal { get; init; }

        /// <summary>Names of units, organisations and users.</summary>
        public required NamesInCase Names { get; init; }

        public required ListSessions.Result Held { get; init; }

        /// <summary>Organisations that may take the case; empty when no form offers them.</summary>
        public required IReadOnlyList<ListOrganisations.Organisation> Organisations { get; init; }

        /// <summary>What the mediators of these have in hand.</summary>
        public required IReadOnlyList<ListMediatorLoads.Load> Loads { get; init; }

        /// <summary>Centres directly below the holder; empty when no form offers them.</summary>
        public required IReadOnlyList<ListUnits.Found> ChildUnits { get; init; }

        /// <summary>Units of the caller's where the case began or below; empty when no form offers them.</summary>
        public required IReadOnlyList<ListUnits.Found> Places { get; init; }

        /// <summary>The rules that the open clocks follow, by clock.</summary>
        public required IReadOnlyDictionary<Guid, DeadlinePolicy> Rules { get; init; }

        /// <summary>The forms of the case file.</summary>
        public required IReadOnlyList<ListDocuments.Row> Documents { get; init; }

        /// <summary>Cases that may be the same dispute, for who may merge, link or correct an open one.</summary>
        public required IReadOnlyList<Duplicate> Duplicates { get; init; }

        /// <summary>Cases linked with this one or merged into it, as far as the caller sees them.</summary>
        public required IReadOnlyList<ListLinks.Row> Links { get; init; }

        /// <summary>How it had ended before it was opened again.</summary>
        public required IReadOnlyList<ListResults.Row> Former { get; init; }

        /// <summary>What its file must hold, and what of it is missing.</summary>
        public required GetCompleteness.Result File { get; init; }

        /// <summary>Text blocks of the holder and the units above it, for whoever may do something.</summary>
        public required IReadOnlyList<ListTextBlocks.Block> Blocks { get; init; }

        /// <summary>What stands around the page.</summary>
        public required GetFrame.Result Frame { get; init; }
    }

    internal sealed class Handler(Db db, CaseAccess access, CaseStore cases, CaseViews views, Rulebook rules, DuplicateSearch duplicates, ReadAudit audit, Caller caller, TimeProvider time)
        : IRequestHandler<Query, Result>
    {
        public async Task<Result> Handle(Query query, CancellationToken cancellationToken)
        {
            var (id, now) = (query.CaseId, time.GetUtcNow());
            var batch = db.Batch();
            var seen = access.Ask(batch, id);
            var version = Rulebook.Ask(batch);
            var reading = new CaseStore.Reading(batch, id);
            var lines = batch.Read<GetJournal.Row>(GetJournal.Find, query);
            var linked = ListLinks.Handler.Ask(batch, id, caller, now);
            await batch.RunAsync(cancellationToken);
            var sight = CaseAccess.Sight.Of(seen) ?? throw new NotFound($"case {id}");
            var handedOn = sight.IsWhole ? null : await cases.FindHandedOnAsync(sight.Id, id, cancellationToken);
            if (handedOn is null && !reading.AskForParts(batch))
                throw new NotFound($"case {id}");

            var row = handedOn?.Stored.Row ?? reading.Row!;
            var links = handedOn is null ? linked : ListLinks.Handler.Of(linked, handedOn.Stored.Case);
            var journal = CaseJournals.UpTo(handedOn?.LastEventSequence, lines);
            CaseEventKind?[] kinds = [.. journal.Select(line => line.Kind)];
            var names = NamesInCase.Ask(batch, row, handedOn?.Stored.Case.Clocks.Select(c => c.Unit) ?? reading.Clocks.Select(c => c.UnitCode), journal, caller, now);
            var sessions = Ask(kinds.Any(k => k is CaseEventKind.RecordSession or CaseEventKind.RecordInvestigation), () => batch.Read<ListSessions.Session>(ListSessions.FindSessions, query));
            var visits = Ask(kinds.Contains(CaseEventKind.RecordFollowUp), () => batch.Read<ListSessions.Visit>(ListSessions.FindVisits, query));
            var signed = Ask(kinds.Contains(CaseEventKind.SignSession), () => batch.Read<ListSessions.Signed>(ListSessions.FindSignatures, query));
            var agreements = Ask(row.ReopenedCount > 0, () => batch.Read<ListResults.FormerAgreement>(ListResults.FindAgreements, query));
            var organisations = Ask(handedOn is null && IsConceivable(query.OfferingOrganisations, row), () => ListOrganisations.Handler.Ask(batch, new() { Unit = row.HolderUnitCode }, caller, now));
            var loads = Ask(handedOn is null && IsConceivable(query.OfferingOrganisations, row), () => ListMediatorLoads.Handler.Ask(batch, row.HolderUnitCode, caller, now));
            var units = Ask(handedOn is null && IsConceivable(query.OfferingUnits, row), () => ListUnits.Ask(batch, ChildrenOf(row.HolderUnitCode), caller, now));
            var places = Ask(handedOn is null && IsConceivable(query.OfferingPlaces, row), () => ListUnits.Ask(batch, PlacesOf(row.OriginUnitCode), caller, now));
            var wanted = DuplicateSearch.Wanted.Like(row, reading.Parties);
            var alike = handedOn is null && CaseTransitions.IsOpen(row.State) && IsConceivable([CaseAction.Merge, CaseAction.Link, CaseAction.Correct], row) ? duplicates.Ask(batch, wanted) : [];
            var blocks = Ask(handedOn is null && CaseTransitions.IsOpen(row.State), () => ListTextBlocks.Handler.Ask(batch, row.HolderUnitCode));
            var frame = GetFrame.Handler.Ask(batch, caller, now);
            var reach = new NoticeReach(caller, LocalTime.Day(now));
            var told = batch.Read<Guid>(MarkNotificationsRead.Handler.FindOfCase, new { caseId = id, reach.NoticeNames, reach.NoticeOrganisations, reach.UserId, reach.Today });
            await batch.RunAsync(cancellationToken);

            var shown = new SeenCase(handedOn?.Stored ?? reading.Whole(), handedOn);
            var (stored, @case) = (shown.Stored, shown.Case);
            var actions = shown.ActionsFor(caller.Actor, now);
            var view = await views.OfAsync(stored, shown.At(now), await rules.CalendarAsync(version[0], cancellationToken), cancellationToken);
            var held = new ListSessions.Result(sessions, visits, signed);
            var mayJoin = CaseTransitions.IsOpen(@case.State) && actions.Any(a => a is CaseAction.Merge or CaseAction.Link or CaseAction.Correct);
            var result = new Result
            {
                View = view with { HandedOnAt = shown.HandedOnAt },
                Actions = actions,
                MayUnmask = shown.MayUnmask(caller.Actor),
                MaySignSession = handedOn is null && @case.AreSessionsSigned && CaseAuthority.MaySignSession(@case, caller.Actor),
                Journal = CaseJournals.Without(journal, [.. links.Select(l => l.Id), .. new[] { view.MergedInto }.OfType<Guid>()]),
                Names = NamesInCase.Of(row, names),
                Held = handedOn is null ? held : held.In(journal),
                Organisations = actions.Intersect(query.OfferingOrganisations).Any() ? ListOrganisations.Handler.Of(organisations) : [],
                Loads = actions.Intersect(query.OfferingOrganisations).Any() && caller.MaySend<ListMediatorLoads.Query>() ? loads : [],
                ChildUnits = actions.Intersect(query.OfferingUnits).Any() ? units : [],
                Places = actions.Intersect(query.OfferingPlaces).Any() ? places : [],
                Rules = RulesOf(@case, await rules.PoliciesAsync(version[0], cancellationToken)),
                Documents = ListDocuments.Of(CaseRecord.FactsOf(@case, [.. journal.Select(RecordedEvent.Of)], shown.At(now))),
                Duplicates = mayJoin ? duplicates.Of(alike, wanted) : [],
                Links = links,
                Former = ListResults.Of(@case.ReopenedCount > 0 ? journal : [], agreements),
                Blocks = actions.Count > 0 ? blocks : [],
                Frame = GetFrame.Handler.Of(frame) is var around && told.Count > 0 ? around with { Unread = Math.Max(0, around.Unread - told.Count) } : around,
                File = GetCompleteness.Of(FileChecks.Of(@case, FileChecks.WithIdNumber(stored), kinds)),
            };
            await audit.CaseReadAsync(ReadKind.OpenCase, id, cancellationToken);

            // Whoever has opened the case knows what its notices tell.
            if (told.Count > 0)
                await db.WriteAsync(MarkNotificationsRead.Handler.Marking(caller.UserId, told, now), cancellationToken);
            return result;
        }

        private static IReadOnlyList<T> Ask<T>(bool isWanted, Func<Rows<T>> ask) => isWanted ? ask() : [];

        /// <summary>Whether one of the actions leads on from the state and is the caller's by role: whether it is allowed is known only with the whole case.</summary>
        private bool IsConceivable(IEnumerable<CaseAction> actions, CaseRow row) => actions.Any(action =>
            CaseTransitions.Next(row.State, action).Count > 0 && caller.Roles.Any(r => CaseAuthority.RolesFor(action).Contains(r.Role)));

        private static Dictionary<Guid, DeadlinePolicy> RulesOf(Case of, PolicyBook book) => of.Clocks.Where(c => c.IsOpen).ToDictionary(c => c.Id, c => book.ById(c.PolicyId));

        /// <summary>The village where a case began, with its grids; for one that began higher up, what lies below that unit.</summary>
        private static ListUnits.Query PlacesOf(UnitCode origin) => new() { Under = origin.AtLevel(UnitLevel.Village) ?? origin };

        private static ListUnits.Query ChildrenOf(UnitCode unit) => new()
        {
            Under = unit,
            Open = true,
            Level = unit.Level switch
            {
                UnitLevel.City => UnitLevel.District,
                UnitLevel.District => UnitLevel.Township,
                UnitLevel.Township or UnitLevel.Village or UnitLevel.Grid => UnitLevel.Village,
            },
        };
    }
}
