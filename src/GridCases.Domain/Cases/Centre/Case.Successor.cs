using System.Collections.Immutable;

namespace GridCases.Domain;

// Units that are closed.
public sealed partial record Case
{
    /// <summary>
    /// A unit was closed: what it still has to do with the case is its successor's from now on. Where the case was registered stays on record, and so does everything that has ended.
    /// The system follows the administrator's decision about the unit; about the case nobody decided anything.
    /// </summary>
    /// <returns>The change; null when the case has come to its end, or has nothing to do with the unit.</returns>
    public CaseChange? MoveToSuccessor(UnitCode closed, UnitCode successor)
    {
        if (!(CaseTransitions.IsOpen(State) || State is CaseState.Closed) || !IsAbout(closed))
            return null;

        UnitCode Now(UnitCode unit) => unit == closed ? successor : unit;
        var holder = Holder with { Unit = Now(Holder.Unit) };
        var after = this with
        {
            Origin = Now(Origin),
            RegisteredIn = RegisteredIn ?? (Origin == closed ? closed : null),
            Holder = holder,
            Route = Along(Route, holder.Unit),
            Completion = Completion is { } done ? Completed(done) : null,
            Clocks = [.. Clocks.Select(c => c.IsOpen && c.Unit == closed ? c with { Unit = successor } : c)],
        };
        return new CaseChange(this, after, [CaseEvent.Of(CaseEventKind.MoveToSuccessor, EventKey.From.Is(closed), EventKey.To.Is(successor))]) { IsDecision = false };

        Completion Completed(Completion was)
        {
            var by = was.Holder with { Unit = Now(was.Holder.Unit) };
            return was with { Holder = by, Route = Along(was.Route, by.Unit) };
        }

        // Two units that are one now do not return a case to each other.
        ImmutableArray<UnitCode> Along(ImmutableArray<UnitCode> route, UnitCode to)
        {
            var way = ImmutableArray.CreateBuilder<UnitCode>();
            foreach (var unit in route.Select(Now))
            {
                if (way.Count == 0 || way[^1] != unit)
                    way.Add(unit);
            }

            if (way.Count > 0 && way[^1] == to)
                way.RemoveAt(way.Count - 1);
            return way.ToImmutable();
        }
    }

    private bool IsAbout(UnitCode unit) =>
        Origin == unit || Holder.Unit == unit || Route.Contains(unit) || (Completion is { } done && (done.Holder.Unit == unit || done.Route.Contains(unit)))
        || Clocks.Any(c => c.IsOpen && c.Unit == unit);
}
