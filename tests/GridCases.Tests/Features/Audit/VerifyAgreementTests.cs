using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Audit;
using GridCases.Features.Cases;
using GridCases.Features.Documents;
using GridCases.Jobs;
using GridCases.Tests.Attachments;
using GridCases.Tests.Data;

namespace GridCases.Tests.Features.Audit;

/// <summary>Somebody with the database's password rewrites what was agreed.</summary>
[OnBothDatabases]
public class VerifyAgreementTests(Store store)
{
    private static readonly Sql ChangeTerms = new("UPDATE CaseAgreement SET Terms = REPLACE(Terms, 'six', 'ten') WHERE CaseId = @id");
    private static readonly Sql ChangeForm = new("UPDATE CaseAgreement SET Form = 'written' WHERE CaseId = @id");
    private static readonly Sql ChangeAmount = new("UPDATE AgreementObligation SET Amount = 20.5 WHERE CaseId = @id");
    private static readonly Sql ChangeTermsAndHash = new("UPDATE CaseAgreement SET Terms = @terms, Sha256 = @sha256 WHERE CaseId = @id");
    private static readonly Sql ChangeImage = new("UPDATE AgreementSignature SET ImageSealed = @image WHERE CaseId = @id AND Signer = 'mediator'");
    private static readonly Sql FindImage = new("SELECT ImageSealed FROM AgreementSignature WHERE CaseId = @id AND Signer = 'mediator'");
    private static readonly Sql Unseal = new("UPDATE AgreementSignature SET ImagePng = @image, ImageSealed = NULL, ImageKeyCipher = NULL WHERE CaseId = @id AND Signer = 'mediator'");
    private static readonly Sql CountOpen = new("SELECT COUNT(*) FROM AgreementSignature WHERE ImagePng IS NOT NULL");
    private static readonly Sql RemoveSignature = new("DELETE FROM AgreementSignature WHERE CaseId = @id");
    private static readonly Sql ForgeSignature = new("""
        INSERT INTO AgreementSignature (CaseId, AgreementVersion, Signer, SignedAt, ByUser) VALUES (@id, 1, 'seal', @now, 'mediator.p1')
        """);

    private static readonly Sql FindSessionImage = new("SELECT ImageSealed FROM SessionSignature WHERE CaseId = @id");
    private static readonly Sql RemoveSessionSignature = new("DELETE FROM SessionSignature WHERE CaseId = @id");

    private City _city = null!;
    private CaseView _case = null!;

    private Guid Respondent => _case.Parties[1].Id;

    [SetUp]
    public async Task A_written_agreement_that_one_party_has_signed()
    {
        _city = await City.NewAsync(store);
        _case = await _city.ActAsync("village1", await _city.SubmittedAsync(), new AcceptCase());
        var committee = (await _city.PersonAsync("mediator.p1")).Organisations.Single();
        _case = await _city.ActAsync("village1", _case, new AssignMediation.Command(MediationTrack.Peoples, committee, "mediator.p1", null));
        _case = await _city.ActAsync("mediator.p1", _case, new StartMediation([.. _case.Parties.Select(p => new StartMediation.GivenConsent(p.Id, true, "in person"))]));
        _case = await _city.ActAsync("mediator.p1", _case, new ReachAgreement(
            AgreementForm.Written, "No cocks before six.", 200.5m, [new AgreementInput.Promise(Respondent, "Pays", new DateOnly(2026, 3, 10), 200.5m)]));
        _case = await _city.ActAsync("mediator.p1", _case, new SignAgreement(Respondent.ToString(), null));
    }

    [TearDown]
    public async Task Remove() => await _city.DisposeAsync();

    [Test]
    public async Task An_untouched_agreement_has_no_findings()
    {
        var result = await VerifyAsync();

        Assert.That(result.Findings, Is.Empty);
        Assert.That((result.Agreements, result.Signatures), Is.EqualTo((1L, 1L)));
    }

    [Test]
    public async Task Terms_of_which_a_word_was_changed_are_named() => await FoundAsync(ChangeTerms, "CaseAgreement", "version 1", VerifyAudit.Fault.Changed);

    [Test]
    public async Task A_form_that_is_no_word_any_more_is_named() => await FoundAsync(ChangeForm, "CaseAgreement", "version 1", VerifyAudit.Fault.Changed);

    [Test]
    public async Task An_obligation_of_another_amount_is_named() => await FoundAsync(ChangeAmount, "CaseAgreement", "version 1", VerifyAudit.Fault.Changed);

    [Test]
    public async Task Terms_changed_together_with_their_hash_are_named_by_what_was_signed()
    {
        var forged = new Agreement
        {
            Version = 1,
            Form = AgreementForm.Written,
            Terms = "Cocks at any hour.",
            Amount = 200.5m,
            MadeAt = _city.Now,
            Obligations = [new Obligation(Guid.Empty, Respondent, "Pays", new DateOnly(2026, 3, 10), 200.5m)],
        };

        await FoundAsync(ChangeTermsAndHash, "CaseAgreement", "version 1", VerifyAudit.Fault.Changed, new { id = _case.Id, terms = forged.Terms, sha256 = forged.Sha256 });
    }

    [Test]
    public async Task A_signature_that_was_taken_away_is_named() => await FoundAsync(RemoveSignature, "AgreementSignature", $"version 1, {Respondent}", VerifyAudit.Fault.Missing);

    [Test]
    public async Task A_signature_that_nobody_gave_is_named() =>
        await FoundAsync(ForgeSignature, "AgreementSignature", "version 1, seal", VerifyAudit.Fault.NotInJournal, new { id = _case.Id, now = _city.Now });

    [Test]
    public async Task A_drawn_signature_of_which_a_byte_was_changed_is_named()
    {
        await _city.ActAsync("mediator.p1", _case, new SignAgreement("mediator", Convert.ToBase64String(Drawings.Hand)));
        Assert.That((await VerifyAsync()).Findings, Is.Empty);
        var other = await _city.Application.NewDb().QuerySingleAsync<byte[]>(FindImage, new { id = _case.Id });
        Assert.That(other.AsSpan().IndexOf("IHDR"u8), Is.Negative, "it does not lie about as a picture");
        other[^1] ^= 1;

        await FoundAsync(ChangeImage, "AgreementSignature", "version 1, mediator", VerifyAudit.Fault.Changed, new { id = _case.Id, image = other });
    }

    [Test]
    public async Task A_signature_drawn_before_drawings_were_sealed_is_sealed_by_the_nightly_job_and_is_the_same_picture()
    {
        await _city.ActAsync("mediator.p1", _case, new SignAgreement("mediator", Convert.ToBase64String(Drawings.Hand)));
        var db = _city.Application.NewDb();
        await db.ExecuteAsync(Unseal, new { id = _case.Id, image = Drawings.Hand });
        Assert.That((await VerifyAsync()).Findings, Is.Empty, "as it was, it still counts");
        Assert.That(await _city.AsAsync("mediator.p1", new GetSignatureImage.Query(_case.Id, "mediator")), Is.EqualTo(Drawings.Hand));

        var done = await _city.Application.SendAsync(new ReencryptPersonalData.Command());

        Assert.That(done, Is.EqualTo(new ReencryptPersonalData.Result(0, 0, 1)));
        Assert.That(await db.QuerySingleAsync<int>(CountOpen), Is.Zero);
        Assert.That((await VerifyAsync()).Findings, Is.Empty);
        Assert.That(await _city.AsAsync("mediator.p1", new GetSignatureImage.Query(_case.Id, "mediator")), Is.EqualTo(Drawings.Hand));
    }

    [Test]
    public async Task A_signature_that_was_taken_back_is_missed_by_nobody_and_one_that_comes_back_by_itself_is_named()
    {
        _case = await _city.ActAsync("mediator.p1", _case, new SignAgreement("seal", null));
        _case = await _city.ActAsync("mediator.p1", _case, new WithdrawSignature("seal", "Sealed another one"));
        var clean = await VerifyAsync();
        Assert.That(clean.Findings, Is.Empty);
        Assert.That(clean.Signatures, Is.EqualTo(1));

        await FoundAsync(ForgeSignature, "AgreementSignature", "version 1, seal", VerifyAudit.Fault.NotInJournal, new { id = _case.Id, now = _city.Now });
    }

    [Test]
    public async Task A_signature_under_the_record_of_a_meeting_is_kept_sealed_printed_and_looked_after()
    {
        var session = await MeetAsync();
        _case = await _city.AsAsync("mediator.p1", new SignSession.Command(Respondent.ToString(), Convert.ToBase64String(Drawings.Hand)) { CaseId = _case.Id, SessionId = session });
        Assert.That((await VerifyAsync()).Findings, Is.Empty);
        var drawing = await _city.AsAsync("mediator.p1", new GetSignatureImage.Query(_case.Id, Respondent.ToString(), session));
        Assert.That(drawing, Is.EqualTo(Drawings.Hand));
        var record = await _city.AsAsync("mediator.p1", new GetDocument.Query(_case.Id, "mediation-record", session));
        Assert.That(record.Blocks.OfType<Block.Signatures>().Single().Lines.Single(l => l.Image is not null).Image, Is.EqualTo(Drawings.Hand));
        var sealedDrawing = await _city.Application.NewDb().QuerySingleAsync<byte[]>(FindSessionImage, new { id = _case.Id });
        Assert.That(sealedDrawing.AsSpan().IndexOf("IHDR"u8), Is.Negative, "it does not lie about as a picture");

        await FoundAsync(RemoveSessionSignature, "SessionSignature", $"{session}, {Respondent}", VerifyAudit.Fault.Missing);
    }

    private async Task<Guid> MeetAsync()
    {
        var other = await _city.ActAsync("village1", await _city.SubmittedAsync(), new AcceptCase());
        var committee = (await _city.PersonAsync("mediator.p1")).Organisations.Single();
        other = await _city.ActAsync("village1", other, new AssignMediation.Command(MediationTrack.Peoples, committee, "mediator.p1", null));
        other = await _city.ActAsync("mediator.p1", other, new StartMediation([.. other.Parties.Select(p => new StartMediation.GivenConsent(p.Id, true, "in person"))]));
        _case = await _city.ActAsync("mediator.p1", other, new RecordSession(_city.Now, "Office", "They talked.", null, null));
        return (await _city.AsAsync("mediator.p1", new ListSessions.Query(_case.Id))).Sessions.Single().Id;
    }

    private Task<VerifyAudit.Result> VerifyAsync() => _city.Application.SendAsync(new VerifyAudit.Query());

    private async Task FoundAsync(Sql change, string table, string row, VerifyAudit.Fault what, object? args = null)
    {
        Assert.That(await _city.Application.NewDb().ExecuteAsync(change, args ?? new { id = _case.Id }), Is.EqualTo(1));

        var result = await VerifyAsync();

        Assert.That(result.Findings, Is.EqualTo(new[] { new VerifyAudit.Finding(_case.Number, table, row, what) }));
    }
}
