using GridCases.Data;
using GridCases.Domain;

namespace GridCases.Features.Cases;

/// <summary>
/// The SQL of <see cref="ListCases"/>, composed from what is asked: from where a list starts, which conditions a case has to meet, and the order.
/// The page is picked by id before anything is looked up for it.
/// </summary>
internal static class CaseListText
{
    public static readonly SqlFamily<CaseListShape> Of = new(Write, CaseListShape.Checked);

    // Words that may be null come from columns, not from expressions: of these SQLite knows no type while the first row's is null.
    private static readonly SqlPart Shown = new($"""
        SELECT c.Id, c.Number, c.Version, c.Title, c.State, c.Suspended, c.Category, c.Urgency, c.Risk, c.NextDueAt AS DueAt,
            IIF({CaseConditions.IsRed}, 'Red', IIF({CaseConditions.IsYellow}, 'Yellow', 'Green')) AS Light,
            d.Kind AS DueKind,
            (SELECT COUNT(*) FROM CaseClock k WHERE k.CaseId = c.Id AND k.Status = 'Running' AND k.DueAt = c.NextDueAt AND k.Provisional = 1) AS Provisional,
            c.HolderUnitCode, h.Name AS HolderUnitName, c.HolderOrganisationId, g.Name AS HolderOrganisationName, c.HolderMediator, u.DisplayName AS HolderMediatorName,
            c.PlaceUnitCode, p.Name AS PlaceUnitName, c.OriginUnitCode, c.Track, c.AmountInDispute, c.RegisteredAt, c.ClosedAt,
            c.ReturnedAt, c.ReturnedBy, c.ReturnedReason, c.ReturnedFromUnitCode, c.ReturnedFromOrganisationId,
            (SELECT a.Name FROM CaseParty a WHERE a.CaseId = c.Id AND a.Ordinal = (SELECT MIN(b.Ordinal) FROM CaseParty b WHERE b.CaseId = c.Id AND b.Role = 'Applicant' AND b.WithdrawnAt IS NULL)) AS Applicant,
            (SELECT a.Name FROM CaseParty a WHERE a.CaseId = c.Id AND a.Ordinal = (SELECT MIN(b.Ordinal) FROM CaseParty b WHERE b.CaseId = c.Id AND b.Role = 'Respondent' AND b.WithdrawnAt IS NULL)) AS Respondent,
            (SELECT COUNT(*) FROM CaseExtension x WHERE x.CaseId = c.Id AND x.State = 'Requested') AS ExtensionAsked,
            s.Color AS Card,
        """);

    // What is picked without being seen as it is was handed on: of that nothing is shown that the row holds now.
    private static readonly SqlPart IsSeen = new("0 AS HandedOn FROM (");
    private static readonly SqlPart IfNot = new("IIF(");
    private static readonly SqlPart IsHandedOn = new(", 0, 1) AS HandedOn FROM (");

    private static readonly SqlPart LookedUp = new("""
        ) page JOIN DisputeCase c ON c.Id = page.PageId
        JOIN Unit h ON h.Code = c.HolderUnitCode
        JOIN Unit p ON p.Code = c.PlaceUnitCode
        LEFT JOIN Organisation g ON g.Id = c.HolderOrganisationId
        LEFT JOIN AppUser u ON u.UserName = c.HolderMediator
        LEFT JOIN CaseClock d ON d.Id = (SELECT MIN(k.Id) FROM CaseClock k
            WHERE k.CaseId = c.Id AND k.Status = 'Running' AND k.Kind <> 'ConfirmationWindow' AND k.DueAt = c.NextDueAt)
        LEFT JOIN SupervisionCard s ON s.CaseId = c.Id AND s.LiftedAt IS NULL
        """);

    private static readonly SqlPart Union = new("UNION");
    private static readonly SqlPart UnionAll = new("UNION ALL");
    private static readonly SqlPart And = new("AND");
    private static readonly SqlPart Recompile = new("{recompile}");

    private static readonly SqlPart InOrder = new("DisputeCase c WHERE");
    private static readonly SqlPart ByPhone = new("DisputeCase c WHERE c.Id IN (SELECT q.CaseId FROM CaseParty q WHERE q.PhoneHash = @PhoneHash)");
    private static readonly SqlPart ByIdNumber = new("DisputeCase c WHERE c.Id IN (SELECT q.CaseId FROM CaseParty q WHERE q.IdNumberHash = @IdNumberHash)");
    private static readonly SqlPart AllOpen = new($"DisputeCase c WHERE {CaseConditions.IsOpen}");

    // Along an index by the column that leads it; from any other start by an expression, lest an index in that order draw the list away from its start.
    private static readonly SqlPart PickNewestInOrder = new("SELECT c.Id AS PageId, c.RegisteredAt AS [At] FROM");
    private static readonly SqlPart PickNewest = new("SELECT c.Id AS PageId, COALESCE(c.RegisteredAt, @never) AS [At] FROM");
    private static readonly SqlPart PickNewestInQueue = new("SELECT e.CaseId AS PageId, e.CaseRegisteredAt AS [At] FROM");
    private static readonly SqlPart PickDueInOrder = new("SELECT c.Id AS PageId, c.SortDueAt AS [At] FROM");
    private static readonly SqlPart PickDue = new("SELECT c.Id AS PageId, COALESCE(c.NextDueAt, @never) AS [At] FROM");

    private static readonly SqlPart PickAmountInOrder = new("SELECT c.Id AS PageId, c.SortAmount AS [At] FROM");
    private static readonly SqlPart PickAmount = new("SELECT c.Id AS PageId, COALESCE(c.AmountInDispute, -1) AS [At] FROM");

    private static readonly SqlPart NewestFirst = new("ORDER BY [At] DESC, PageId DESC {page}");
    private static readonly SqlPart KeyFirst = new("ORDER BY [At] DESC {page}");
    private static readonly SqlPart DueFirst = new("ORDER BY [At], PageId {page}");
    private static readonly SqlPart ShownNewestFirst = new("ORDER BY page.[At] DESC, page.PageId DESC");
    private static readonly SqlPart ShownDueFirst = new("ORDER BY page.[At], page.PageId");

    private static readonly SqlPart AfterNewest = new("c.RegisteredAt <= @at AND (c.RegisteredAt < @at OR c.Id < @id)");
    private static readonly SqlPart AfterNewestInQueue = new("e.CaseRegisteredAt <= @at AND (e.CaseRegisteredAt < @at OR e.CaseId < @id)");
    private static readonly SqlPart AfterDueInOrder = new("c.SortDueAt >= @at AND (c.SortDueAt > @at OR c.Id > @id)");
    private static readonly SqlPart AfterDue = new("(COALESCE(c.NextDueAt, @never) > @at OR (COALESCE(c.NextDueAt, @never) = @at AND c.Id > @id))");

    private static readonly SqlPart AfterAmountInOrder = new("c.SortAmount <= @amount AND (c.SortAmount < @amount OR c.Id < @id)");
    private static readonly SqlPart AfterAmount = new("(COALESCE(c.AmountInDispute, -1) < @amount OR (COALESCE(c.AmountInDispute, -1) = @amount AND c.Id < @id))");

    private static readonly SqlPart InState = new("c.State = @State");

    // In the words of the index of ended cases.
    private static readonly SqlPart InEndedState = new($"c.State = @State AND c.State IN ({string.Join(", ", Enum.GetValues<CaseState>().Where(s => !CaseTransitions.IsOpen(s)).Select(s => $"'{s}'"))})");
    private static readonly SqlPart OfCategory = new("c.Category = @Category");
    private static readonly SqlPart OnTrack = new("c.Track = @Track");
    private static readonly SqlPart InUnit = new("((c.HolderUnitCode >= @Unit AND c.HolderUnitCode < @UnitEnd) OR (c.OriginUnitCode >= @Unit AND c.OriginUnitCode < @UnitEnd))");
    private static readonly SqlPart IsOpen = new(CaseConditions.IsOpen);
    private static readonly SqlPart IsNotOpen = new($"NOT {CaseConditions.IsOpen}");
    private static readonly SqlPart IsRed = new(CaseConditions.IsRed);
    private static readonly SqlPart IsYellow = new(CaseConditions.IsYellow);
    private static readonly SqlPart IsGreen = new("(c.NextDueAt IS NULL OR c.NextDueAt >= @now) AND (c.NextWarnAt IS NULL OR c.NextWarnAt >= @now)");
    private static readonly SqlPart IsNotRed = new("(c.NextDueAt IS NULL OR c.NextDueAt >= @now)");
    private static readonly SqlPart IsRegisteredFrom = new("c.RegisteredAt >= @RegisteredFrom");
    private static readonly SqlPart IsRegisteredBefore = new("c.RegisteredAt < @RegisteredBefore");
    private static readonly SqlPart IsClosedFrom = new("c.ClosedAt >= @ClosedFrom");
    private static readonly SqlPart IsClosedBefore = new("c.ClosedAt < @ClosedBefore");
    private static readonly SqlPart IsOfRegistrar = new("c.RegisteredBy IN (SELECT r.UserName FROM AppUser r WHERE r.NameKey = @RegistrarKey OR r.DisplayName = @Registrar)");
    private static readonly SqlPart IsOfMediator = new("c.MediationMediator IN (SELECT r.UserName FROM AppUser r WHERE r.NameKey = @MediatorKey OR r.DisplayName = @Mediator)");
    private static readonly SqlPart IsOfAmountFrom = new("c.AmountInDispute >= @AmountFrom");
    private static readonly SqlPart IsOfAmountTo = new("c.AmountInDispute <= @AmountTo");
    private static readonly SqlPart HasPhone = new("EXISTS (SELECT 1 FROM CaseParty y WHERE y.CaseId = c.Id AND y.PhoneHash = @PhoneHash)");
    private static readonly SqlPart HasIdNumber = new("EXISTS (SELECT 1 FROM CaseParty y WHERE y.CaseId = c.Id AND y.IdNumberHash = @IdNumberHash)");
    private static readonly SqlPart IsDueBefore = new("c.SortDueAt < @now");
    private static readonly SqlPart IsDueLater = new("c.SortDueAt >= @now");

    // Cases that the caller's organisations handed on, as they were then; not those that the caller sees as they are.
    private static readonly SqlPart PickNewestHandedOn = new("SELECT h.CaseId AS PageId, h.RegisteredAt AS [At] FROM HandedOnCase h WHERE");
    private static readonly SqlPart PickDueHandedOn = new("SELECT h.CaseId AS PageId, @never AS [At] FROM HandedOnCase h WHERE");
    private static readonly SqlPart PickHandedOnByKey = new("SELECT h.CaseId AS PageId, s.SearchKey AS [At] FROM HandedOnCase h JOIN CaseSearch s ON s.CaseId = h.CaseId WHERE");
    private static readonly SqlPart PickAmountHandedOn = new("SELECT h.CaseId AS PageId, -1 AS [At] FROM HandedOnCase h WHERE");
    private static readonly SqlPart HandedOnAfterAmount = new("(@amount > -1 OR (@amount = -1 AND h.CaseId < @id))");
    private static readonly SqlPart HandedOnNotRed = new("h.Light <> 'Red'");
    private static readonly SqlPart HandedOnRegisteredFrom = new("h.RegisteredAt >= @RegisteredFrom");
    private static readonly SqlPart HandedOnRegisteredBefore = new("h.RegisteredAt < @RegisteredBefore");
    private static readonly SqlPart HandedOnByMediator = new("h.Mediator IN (SELECT r.UserName FROM AppUser r WHERE r.NameKey = @MediatorKey OR r.DisplayName = @Mediator)");
    private static readonly SqlPart HandedOnContainsMore = SqlPart.Per(
        sqlServer: "NOT EXISTS (SELECT 1 FROM OPENJSON(@more) w WHERE CHARINDEX(w.[value] COLLATE Latin1_General_BIN2, h.SearchText) = 0)",
        sqlite: "NOT EXISTS (SELECT 1 FROM json_each(@more) w WHERE instr(h.SearchText, w.[value]) = 0)");
    private static readonly SqlPart HandedOnByCaller = new(HandedOnCases.IsOfOrganisations);
    private static readonly SqlPart HandedOnAfterNewest = new("h.RegisteredAt <= @at AND (h.RegisteredAt < @at OR h.CaseId < @id)");
    private static readonly SqlPart HandedOnAfterDue = new("(@never > @at OR (@never = @at AND h.CaseId > @id))");
    private static readonly SqlPart HandedOnInState = new("h.State = @State");
    private static readonly SqlPart HandedOnOfCategory = new("h.Category = @Category");
    private static readonly SqlPart HandedOnOnTrack = new("h.Track = @Track");
    private static readonly SqlPart HandedOnRed = new("h.Light = 'Red'");
    private static readonly SqlPart HandedOnYellow = new("h.Light = 'Yellow'");
    private static readonly SqlPart HandedOnGreen = new("h.Light = 'Green'");
    private static readonly SqlPart HandedOnContains = SqlPart.Per(sqlServer: "CHARINDEX(@words, h.SearchText) > 0", sqlite: "instr(h.SearchText, @words) > 0");
    private static readonly SqlPart HandedOnInUnit =
        new("((h.HolderUnitCode >= @Unit AND h.HolderUnitCode < @UnitEnd) OR (h.OriginUnitCode >= @Unit AND h.OriginUnitCode < @UnitEnd))");
    private static readonly SqlPart NotSteppedAsideFrom = new("NOT EXISTS (SELECT 1 FROM CaseRecusal q WHERE q.CaseId = h.CaseId AND q.UserName = @userName)");
    private static readonly SqlPart UnlessSeen = new("NOT EXISTS (SELECT 1 FROM DisputeCase c WHERE c.Id = h.CaseId AND");
    private static readonly SqlPart Close = new(")");

    // What stands between these is looked at and not taken for a way to the rows, which SQLite, knowing nothing of their number, would often prefer to the start.
    private static readonly SqlPart IfAll = new("IIF(");
    private static readonly SqlPart Holds = new(", 1, 0) = 1");

    private static SqlPart Write(CaseListShape shape) => SqlPart.Join(
        Shown,
        shape.OneSubtree ? IsSeen : SqlPart.Join(IfNot, CaseReach.InSeveral, IsHandedOn),
        SqlPart.Between(UnionAll, SqlPart.Between(Union, Picked(shape)), HandedOn(shape)),
        shape.ByDue ? DueFirst : IsLookedUp(shape) && !shape.ByAmount ? KeyFirst : NewestFirst,
        LookedUp,
        shape.ByDue ? ShownDueFirst : ShownNewestFirst,
        Recompile);

    /// <summary>
    /// What the caller's organisations handed on, as it was then: nothing of it waits, and it is open only where its state is asked for. Somebody with one subtree mediates for none.
    /// </summary>
    private static SqlPart HandedOn(CaseListShape shape) =>
        shape.OneSubtree || shape.IsOfPresent || shape.Start is CaseListStart.Waiting || shape is { Open: true, State: false } ? SqlPart.None
        : SqlPart.Between(
            And,
            SqlPart.Join(shape.ByAmount ? PickAmountHandedOn : shape.ByDue ? PickDueHandedOn : IsLookedUp(shape) ? PickHandedOnByKey : PickNewestHandedOn, HandedOnByCaller),
            HandedOnInState.When(shape.State),
            shape.Light switch
            {
                Light.Red => HandedOnRed,
                Light.Yellow => HandedOnYellow,
                Light.Green => HandedOnGreen,
                null => SqlPart.None,
            },
            HandedOnOfCategory.When(shape.Category),
            HandedOnOnTrack.When(shape.Track),
            HandedOnInUnit.When(shape.Unit),
            shape.Overdue is { } overdue ? overdue ? HandedOnRed : HandedOnNotRed : SqlPart.None,
            HandedOnRegisteredFrom.When(shape.RegisteredFrom),
            HandedOnRegisteredBefore.When(shape.RegisteredBefore),
            HandedOnByMediator.When(shape.Mediator),
            HandedOnContains.When(shape.Contains || IsLookedUp(shape)),
            HandedOnContainsMore.When(shape.ContainsMore),
            (shape.ByAmount ? HandedOnAfterAmount : shape.ByDue ? HandedOnAfterDue : IsLookedUp(shape) ? CaseSearch.AfterFromElsewhere : HandedOnAfterNewest).When(shape.After),
            NotSteppedAsideFrom,
            SqlPart.Join(UnlessSeen, CaseReach.InSeveral, Close));

    private static bool IsLookedUp(CaseListShape shape) => shape.Start is CaseListStart.Words or CaseListStart.Character;

    /// <summary>From each place that has some of the cases, those that meet the conditions.</summary>
    private static IEnumerable<SqlPart> Picked(CaseListShape shape) => shape.Start switch
    {
        CaseListStart.Order => [InIndexOrder(shape)],
        CaseListStart.Open => [From(AllOpen, shape)],
        CaseListStart.Near when shape is { Near.Unit: true, ByDue: false, ByAmount: false } and not { Open: true } => InTownOrder(shape),
        CaseListStart.Near => CaseReach.CasesOf(shape.Near, shape.Open is true).Select(start => From(start, shape)),
        CaseListStart.Waiting => CaseConditions.For(shape.For).Select(start => start == CaseConditions.Escalated ? FromQueue(shape) : From(start, shape)),
        CaseListStart.Number => [From(shape.IdNumber ? ByIdNumber : ByPhone, shape)],
        CaseListStart.Words => LookedUpBy(CaseSearch.Found, shape),
        CaseListStart.Character => LookedUpBy(CaseSearch.FoundByCharacter, shape),
    };

    /// <summary>Along the index of the order, and where a condition leads that index, along its part: days of registration are where it begins and ends.</summary>
    private static SqlPart InIndexOrder(CaseListShape shape) => shape.ByAmount
        ? SqlPart.Between(And, SqlPart.Join(PickAmountInOrder, InOrder, Meets(shape)), AfterAmountInOrder.When(shape.After))
        : shape.ByDue
        ? SqlPart.Between(
            And,
            SqlPart.Join(PickDueInOrder, InOrder, Meets(shape)),
            (shape.Light is Light.Red ? IsDueBefore : IsDueLater).When(shape.Light is not null),
            AfterDueInOrder.When(shape.After))
        : SqlPart.Between(
            And,
            SqlPart.Join(PickNewestInOrder, InOrder, Meets(shape.IsOfEnded ? shape with { State = false, Open = null } : shape)),
            InEndedState.When(shape.IsOfEnded),
            IsRegisteredFrom.When(shape.RegisteredFrom),
            IsRegisteredBefore.When(shape.RegisteredBefore),
            AfterNewest.When(shape.After));

    /// <summary>What began in a town lies in the order of registration.</summary>
    private static IEnumerable<SqlPart> InTownOrder(CaseListShape shape)
    {
        var starts = CaseReach.CasesOf(shape.Near, open: false).ToList();
        yield return SqlPart.Between(
            And,
            SqlPart.Join(PickNewestInOrder, starts[0]),
            Meets(shape),
            IsRegisteredFrom.When(shape.RegisteredFrom),
            IsRegisteredBefore.When(shape.RegisteredBefore),
            AfterNewest.When(shape.After));
        foreach (var start in starts.Skip(1))
            yield return From(start, shape);
    }

    /// <summary>From the queue of a supervisor, which may be long.</summary>
    private static SqlPart FromQueue(CaseListShape shape) => (shape.Queue, shape.ByDue) switch
    {
        (CaseListQueue.InOrder, false) when !shape.ByAmount => SqlPart.Between(And, SqlPart.Join(PickNewestInQueue, CaseConditions.EscalatedToUnit), Meets(shape), AfterNewestInQueue.When(shape.After)),
        (CaseListQueue.Long, true) => SqlPart.Between(And, InIndexOrder(shape), CaseConditions.HasComeToUnit),
        _ => From(CaseConditions.Escalated, shape),
    };

    /// <summary>From few cases to begin with, all of them.</summary>
    private static SqlPart From(SqlPart start, CaseListShape shape) => SqlPart.Between(
        And,
        SqlPart.Join(shape.ByAmount ? PickAmount : shape.ByDue ? PickDue : PickNewest, start),
        Meets(shape, (shape.ByAmount ? AfterAmount : shape.ByDue ? AfterDue : AfterNewest).When(shape.After)));

    /// <summary>From the index of characters, and from the cases of the unit that it does not know there.</summary>
    private static IEnumerable<SqlPart> LookedUpBy(SqlPart index, CaseListShape shape)
    {
        if (shape.ByDue || shape.ByAmount)
        {
            yield return From(index, shape);
            if (shape.Near.Unit)
                yield return From(CaseSearch.FoundFromElsewhere, shape);
            yield break;
        }

        yield return SqlPart.Between(And, SqlPart.Join(CaseSearch.Pick, index), Meets(shape), CaseSearch.After.When(shape.After));
        if (shape.Near.Unit)
        {
            yield return SqlPart.Between(
                And, SqlPart.Join(CaseSearch.PickFromElsewhere, CaseSearch.FoundFromElsewhere), Meets(shape), CaseSearch.AfterFromElsewhere.When(shape.After));
        }
    }

    /// <summary>The conditions, the cheap ones first.</summary>
    private static SqlPart Meets(CaseListShape shape, params IEnumerable<SqlPart> more) => SqlPart.Join(
        IfAll,
        SqlPart.Between(
            And,
            [
                InState.When(shape.State),
                shape.Open is { } open ? open ? IsOpen : IsNotOpen : SqlPart.None,
                shape.Light is { } light ? Shows(light) : SqlPart.None,
                OfCategory.When(shape.Category),
                OnTrack.When(shape.Track),
                shape.Overdue is { } overdue ? overdue ? IsRed : IsNotRed : SqlPart.None,
                IsRegisteredFrom.When(shape.RegisteredFrom),
                IsRegisteredBefore.When(shape.RegisteredBefore),
                IsClosedFrom.When(shape.ClosedFrom),
                IsClosedBefore.When(shape.ClosedBefore),
                IsOfAmountFrom.When(shape.AmountFrom),
                IsOfAmountTo.When(shape.AmountTo),
                IsOfRegistrar.When(shape.Registrar),
                IsOfMediator.When(shape.Mediator),
                .. more,
                InUnit.When(shape.Unit),
                CaseReach.Inside(shape.OneSubtree),
                HasPhone.When(shape.Phone),
                HasIdNumber.When(shape.IdNumber),
                CaseSearch.Contains.When(shape.Contains),
                CaseSearch.ContainsMore.When(shape.ContainsMore),
            ]),
        Holds);

    private static SqlPart Shows(Light light) => light switch
    {
        Light.Red => IsRed,
        Light.Yellow => IsYellow,
        Light.Green => IsGreen,
    };
}
