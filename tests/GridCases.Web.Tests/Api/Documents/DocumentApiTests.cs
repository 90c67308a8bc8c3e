using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using DocumentFormat.OpenXml.Packaging;
using GridCases.Features.Documents;

namespace GridCases.Web.Tests.Api.Cases;

/// <summary>The documents of a case file over the API.</summary>
[OnBothDatabases]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class DocumentApiTests(Store store) : CaseApiTest(store)
{
    [Test]
    public async Task The_list_says_which_forms_can_be_printed_in_the_callers_language()
    {
        var dossier = await AgreedAsync();
        var rows = (await AskAsync("grid1", $"cases/{dossier.Id}/documents", language: "en")).Json.EnumerateArray().ToList();
        JsonElement Of(string form) => rows.Single(r => r.GetProperty("form").GetString() == form);
        Assert.That(Of("oral-agreement").GetProperty("available").GetBoolean());
        Assert.That(Of("agreement").GetProperty("available").GetBoolean(), Is.False);
        Assert.That(Of("cover").GetProperty("title").GetString(), Is.EqualTo("Cover"));
        Assert.That(Of("mediation-record").GetProperty("required").GetBoolean() && !Of("mediation-record").GetProperty("available").GetBoolean(), "required and missing");
    }

    [Test]
    public async Task A_document_is_a_Word_file_named_after_the_case_and_the_form()
    {
        var dossier = await AgreedAsync();
        using var response = await (await AsAsync("grid1")).GetAsync($"/api/v1/cases/{dossier.Id}/documents/oral-agreement");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo(WordWriter.MediaType));
        Assert.That(response.Content.Headers.ContentDisposition!.FileNameStar, Is.EqualTo($"{dossier.View.GetProperty("number").GetString()} 口头协议登记表.docx"));
        using var word = WordprocessingDocument.Open(await response.Content.ReadAsStreamAsync(), isEditable: false);
        Assert.That(word.MainDocumentPart!.Document.Body!.InnerText, Does.Contain("No cocks before six."));
    }

    [Test]
    public async Task The_file_is_a_zip_that_is_written_while_it_is_made()
    {
        var dossier = await AgreedAsync();
        foreach (var (query, name) in new[] { ("", "卷宗.zip"), ("?for=court", "卷宗（提供法院）.zip"), ("?for=Court", "卷宗（提供法院）.zip") })
        {
            using var response = await (await AsAsync("grid1")).GetAsync($"/api/v1/cases/{dossier.Id}/file{query}");
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/zip"));
            Assert.That(response.Content.Headers.ContentDisposition!.FileNameStar, Does.EndWith(name));
            using var zip = new ZipArchive(await response.Content.ReadAsStreamAsync(), ZipArchiveMode.Read, leaveOpen: false, Encoding.UTF8);
            Assert.That(zip.GetEntry("manifest.json"), Is.Not.Null);
        }
    }

    [Test]
    public async Task What_the_record_does_not_fill_is_refused_in_words()
    {
        var dossier = await RegisterAsync();
        var answer = await AskAsync("grid1", $"cases/{dossier.Id}/documents/agreement", language: "en");
        Assert.That((answer.Status, answer.Problem), Is.EqualTo((409, "rule")));
        Assert.That(answer.Json.GetProperty("rule").GetString(), Is.EqualTo("DocumentNotInRecord"));
        Assert.That(answer.Json.GetProperty("title").GetString(), Does.Contain("Mediation agreement"));
    }

    [Test]
    public async Task In_full_it_is_had_for_a_purpose_that_goes_on_record_by_those_who_may()
    {
        var dossier = await AgreedAsync();
        var lines = (await AskAsync("auditor", $"cases/{dossier.Id}/journal")).Json.GetArrayLength();
        using var body = new StringContent("""{"purpose":"for the court"}""", Encoding.UTF8, "application/json");
        using var response = await (await AsAsync("mediator.p1")).PostAsync($"/api/v1/cases/{dossier.Id}/documents/oral-agreement", body);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        using var word = WordprocessingDocument.Open(await response.Content.ReadAsStreamAsync(), isEditable: false);
        Assert.That(word.MainDocumentPart!.Document.Body!.InnerText, Does.Contain("220102199001011234").And.Contain("13912345678"));
        Assert.That((await AskAsync("auditor", $"cases/{dossier.Id}/journal")).Json.GetArrayLength(), Is.EqualTo(lines + 1), "it is in the journal");

        Assert.That((await TellAsync("mediator.p1", $"cases/{dossier.Id}/documents/oral-agreement", new { purpose = "" })).Status, Is.EqualTo(400));
        Assert.That((await TellAsync("mediator.p1", $"cases/{dossier.Id}/file", new { })).Status, Is.EqualTo(400));
        Assert.That((await TellAsync("auditor", $"cases/{dossier.Id}/file", new { purpose = "curiosity" })).Status, Is.EqualTo(403));
        Assert.That((await TellAsync("mediator.p9", $"cases/{dossier.Id}/file", new { purpose = "curiosity" })).Status, Is.EqualTo(404));
        Assert.That((await TellAsync("mediator.p1", $"cases/{dossier.Id}/file", new { purpose = "for the archive" })).Status, Is.EqualTo(200));
    }

    [TestCase("documents")]
    [TestCase("documents/cover")]
    [TestCase("file")]
    [TestCase("file?for=court")]
    public async Task Outside_a_cases_scope_there_is_nothing(string path)
    {
        var dossier = await RegisterAsync();
        Assert.That((await AskAsync("grid9", $"cases/{dossier.Id}/{path}")).Status, Is.EqualTo(404));
    }

    [TestCase("documents/nothing", 404)]
    [TestCase("documents/cover?session=x", 400)]
    [TestCase("file?for=everybody", 400)]
    public async Task What_cannot_be_is_refused(string path, int status)
    {
        var dossier = await RegisterAsync();
        Assert.That((await AskAsync("grid1", $"cases/{dossier.Id}/{path}")).Status, Is.EqualTo(status));
    }
}
