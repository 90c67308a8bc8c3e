using GridCases.Domain;
using static GridCases.Domain.DocumentForm;

namespace GridCases.Tests.Domain.Documents;

/// <summary>A form is offered exactly when the record has what it says.</summary>
public class DocumentCatalogueTests
{
    private static readonly DocumentForm[] Always = [Cover, DocumentForm.Index, IntakeForm];

    private static IEnumerable<TestCaseData> Records()
    {
        TestCaseData Of(string name, FileFacts facts, params DocumentForm[] more) => new TestCaseData(facts, more).SetArgDisplayNames(name);
        yield return Of("found on patrol", new() { Source = Source.Patrol, HasApplicant = true });
        yield return Of("walked in", new() { Source = Source.WalkIn, HasApplicant = true }, Application);
        yield return Of("on the web", new() { Source = Source.Web, HasApplicant = true }, Application);
        yield return Of("walked in, no applicant", new() { Source = Source.WalkIn });
        yield return Of("sent by a court", new() { Source = Source.Court, HasApplicant = true });
        yield return Of("declined", new() { IsDeclined = true }, DeclineNotice);
        yield return Of("represented", new() { HasRepresentative = true }, PowerOfAttorney);
        yield return Of("assigned", new() { IsAssigned = true }, RightsNotice);
        yield return Of("investigated", new() { IsAssigned = true, Investigations = 1 }, RightsNotice, InvestigationRecord);
        yield return Of("met", new() { IsAssigned = true, Sessions = 2 }, RightsNotice, MediationRecord);
        yield return Of("written", new() { Agreement = AgreementForm.Written, Obligations = 1, IsForConfirmation = true }, DocumentForm.Agreement);
        yield return Of("oral", new() { Agreement = AgreementForm.Oral }, OralAgreement);
        yield return Of("binding", new() { Agreement = AgreementForm.Written, IsBinding = true }, DocumentForm.Agreement);
        yield return Of("with obligations", new() { Agreement = AgreementForm.Written, IsBinding = true, Obligations = 2 }, DocumentForm.Agreement, PerformanceProof);
        yield return Of("for confirmation", new() { Agreement = AgreementForm.Written, IsBinding = true, IsForConfirmation = true }, DocumentForm.Agreement, ConfirmationApplication);
        yield return Of("ended", new() { HasMediationEnded = true }, TerminationNotice);
        yield return Of("referred out", new() { IsReferredOut = true }, ReferralLetter);
        yield return Of("violence", new() { PoliceNotices = 1 }, DocumentForm.PoliceNotice);
        yield return Of("card", new() { Cards = 1 }, SupervisionNotice);
        yield return Of("card answered", new() { Cards = 1, CardReplies = 1 }, SupervisionNotice, SupervisionReply);
        yield return Of("visited", new() { Visits = 1 }, FollowUpRecord);
        yield return Of("completed", new() { IsCompleted = true }, ClosingReport);
    }

    [TestCaseSource(nameof(Records))]
    public void A_form_is_offered_when_the_record_has_what_it_needs(FileFacts facts, DocumentForm[] more) =>
        Assert.That(DocumentCatalogue.For(facts).Where(e => e.IsAvailable).Select(e => e.Form), Is.EquivalentTo(Always.Concat(more)));

    [Test]
    public void An_application_takes_the_intake_forms_place_among_what_is_required()
    {
        Assert.That(Required(new() { Source = Source.WalkIn, HasApplicant = true }), Is.EqualTo(new[] { Cover, DocumentForm.Index, Application }));
        Assert.That(Required(new() { Source = Source.Patrol, HasApplicant = true }), Is.EqualTo(new[] { Cover, DocumentForm.Index, IntakeForm }));
    }

    [Test]
    public void A_mediated_case_needs_notice_record_and_agreement() =>
        Assert.That(
            Required(new() { IsAssigned = true, IsMediated = true, Agreement = AgreementForm.Written }),
            Is.EqualTo(new[] { Cover, DocumentForm.Index, IntakeForm, RightsNotice, MediationRecord, DocumentForm.Agreement }));

    [Test]
    public void Every_form_stands_in_the_catalogue_in_the_order_of_the_file() =>
        Assert.That(DocumentCatalogue.For(new()).Select(e => e.Form), Is.EqualTo(Enum.GetValues<DocumentForm>()));

    /// <summary>SPC, court-invited mediation, art. 22: what the house wrote for itself stays in the house.</summary>
    [Test]
    public void What_the_house_wrote_for_itself_is_not_for_the_court() =>
        Assert.That(
            Enum.GetValues<DocumentForm>().Where(f => !DocumentCatalogue.IsForCourt(f)),
            Is.EqualTo(new[] { DeclineNotice, DocumentForm.PoliceNotice, SupervisionNotice, SupervisionReply, FollowUpRecord, ClosingReport }));

    private static IEnumerable<DocumentForm> Required(FileFacts facts) => DocumentCatalogue.For(facts).Where(e => e.IsRequired).Select(e => e.Form);
}
