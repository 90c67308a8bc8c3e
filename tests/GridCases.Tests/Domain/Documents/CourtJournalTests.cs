using GridCases.Domain;

namespace GridCases.Tests.Domain.Documents;

/// <summary>SPC, court-invited mediation, art. 22; online mediation, art. 18: what is not listed does not leave the house.</summary>
public class CourtJournalTests
{
    private static readonly CaseEventKind[] Kinds = Enum.GetValues<CaseEventKind>();

    [TestCaseSource(nameof(Kinds))]
    public void Every_kind_is_decided_upon_and_lists_only_what_it_tells(CaseEventKind kind) =>
        Assert.That(CourtJournal.Particulars(kind).AddRange(CourtJournal.Printed(kind)).Except(kind.Shape().Keys), Is.Empty);

    [Test]
    public void A_kind_without_a_decision_has_nothing_for_a_court() =>
        Assert.That(() => CourtJournal.Particulars((CaseEventKind)9999), Throws.Exception, "and the build fails before");

    [Test]
    public void Nothing_that_somebody_wrote_is_a_particular_and_no_concession_is_told_of() =>
        Assert.That(Kinds.SelectMany(kind => CourtJournal.Particulars(kind)).Where(key => key is ProseKey || key == EventKey.Concession), Is.Empty);

    [Test]
    public void Only_what_the_parties_or_the_receiver_were_given_on_paper_is_printed() => Assert.That(
        Kinds.SelectMany(kind => CourtJournal.Printed(kind).Select(key => $"{kind} {key}")),
        Is.EquivalentTo(new[] { "FailMediation reason", "Terminate reason", "ReferOut name", "ReferOut reason", "RecordPerformance note" }));
}
