using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GridCases.Data;
using GridCases.Jobs;
using GridCases.Pipeline;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Web.Tests.Api.Cases;

/// <summary>Files of a case: what is taken, what is refused, how they lie on the disk and how they come back.</summary>
[OnBothDatabases]
public sealed class AttachmentTests(Store store) : CaseApiTest(store)
{
    private static readonly Sql Downloads = new("SELECT COUNT(*) FROM AuditEntry WHERE Kind = 'Download' AND CaseId = @id AND UserName = @user");

    private string Folder => Path.Combine(Server.Services.GetRequiredService<DatabaseOptions>().Folder, "attachments");

    [Test]
    public async Task A_photo_is_attached_listed_and_comes_back_as_it_was_sent()
    {
        var dossier = await InMediationAsync();

        var answer = await AttachAsync("mediator.p1", dossier, Files.Form(Files.Png, partyId: dossier.Applicant, concession: "true"));

        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        Assert.That(answer.Headers["ETag"], Is.EqualTo($"\"{dossier.Version + 1}\""));
        var file = answer.Json.GetProperty("attachments").EnumerateArray().Single();
        Assert.That(answer.Headers["Location"], Is.EqualTo($"/api/v1/cases/{dossier.Id}/attachments/{file.GetProperty("id").GetString()}"));
        Assert.That(file.GetProperty("kind").GetString(), Is.EqualTo("Photo"));
        Assert.That(file.GetProperty("name").GetString(), Is.EqualTo("现场.png"));
        Assert.That(file.GetProperty("mediaType").GetString(), Is.EqualTo("image/png"));
        Assert.That(file.GetProperty("length").GetInt64(), Is.EqualTo(Files.Png.Length));
        Assert.That(file.GetProperty("sha256").GetString(), Is.EqualTo(Sha256(Files.Png)));
        Assert.That(file.GetProperty("concession").GetBoolean());
        Assert.That(file.GetProperty("partyId").GetString(), Is.EqualTo(dossier.Applicant));
        var list = (await AskAsync("village1", $"cases/{dossier.Id}/attachments")).Json;
        Assert.That(list.GetArrayLength(), Is.EqualTo(1));

        using var download = await DownloadAsync("village1", dossier, file);
        Assert.That(await download.Content.ReadAsByteArrayAsync(), Is.EqualTo(Files.Png));
        await using var db = Server.NewDb();
        Assert.That(await db.QuerySingleAsync<int>(Downloads, new { id = dossier.Id, user = "village1" }), Is.EqualTo(1));
        var line = (await AskAsync("village1", $"cases/{dossier.Id}/journal")).Json.EnumerateArray().Last();
        Assert.That(line.GetProperty("action").GetString(), Is.EqualTo("Attach"));
        Assert.That(line.GetProperty("dataJson").GetString(), Does.Contain(Sha256(Files.Png)).And.Not.Contain("现场"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_file_that_is_lost_or_damaged_on_the_server_is_said_to_be(bool isGone)
    {
        var dossier = await AcceptedAsync();
        var file = (await AttachAsync("village1", dossier, Files.Form(Files.Png))).Json.GetProperty("attachments")[0];
        var path = Path.Combine(Folder, file.GetProperty("id").GetString()!);
        if (isGone)
            File.Delete(path);
        else
            await File.WriteAllBytesAsync(path, [.. (await File.ReadAllBytesAsync(path))[..^1], 0]);

        var told = await AskAsync("village1", $"cases/{dossier.Id}/attachments/{file.GetProperty("id").GetString()}");

        Assert.That((told.Status, told.Problem), Is.EqualTo((410, "gone")));
        Assert.That(told.Json.GetProperty("title").GetString(), Does.Contain("备份"));
    }

    [Test]
    public async Task A_picture_that_is_a_web_page_too_is_sent_so_that_nothing_of_it_runs([Values(true, false)] bool inline)
    {
        var dossier = await AcceptedAsync();
        var attached = await AttachAsync("village1", dossier, Files.Form(Files.Polyglot, name: "page.html", declared: "text/html"));
        Assert.That(attached.Status, Is.EqualTo(200), attached.Text);
        var file = attached.Json.GetProperty("attachments")[0];

        using var download = await DownloadAsync("village1", dossier, file, inline ? "?inline=true" : "");

        Assert.That(download.Content.Headers.ContentType!.ToString(), Is.EqualTo("image/png"));
        Assert.That(download.Content.Headers.ContentDisposition!.DispositionType, Is.EqualTo(inline ? "inline" : "attachment"));
        Assert.That(download.Content.Headers.ContentDisposition.FileNameStar, Is.EqualTo("page.html.png"));
        Assert.That(Header(download, "X-Content-Type-Options"), Is.EqualTo("nosniff"));
        Assert.That(Header(download, "Content-Security-Policy"), Does.Contain("default-src 'none'").And.Contain("sandbox").And.Not.Contain("allow"));
        Assert.That(download.Headers.CacheControl!.NoStore);
        Assert.That(await download.Content.ReadAsByteArrayAsync(), Is.EqualTo(Files.Polyglot));
    }

    [Test]
    public async Task Only_images_are_shown_everything_else_is_saved()
    {
        var dossier = await AcceptedAsync();
        var attached = await AttachAsync("village1", dossier, Files.Form("%PDF-1.7\n1 0 obj"u8.ToArray(), kind: "Evidence", name: "a.pdf"));

        using var download = await DownloadAsync("village1", dossier, attached.Json.GetProperty("attachments")[0], "?inline=true");

        Assert.That(download.Content.Headers.ContentDisposition!.DispositionType, Is.EqualTo("attachment"));
        Assert.That(download.Content.Headers.ContentType!.ToString(), Is.EqualTo("application/pdf"));
    }

    private static IEnumerable<TestCaseData> Refused()
    {
        yield return Case("HTML", "<!doctype html><script>1</script>"u8.ToArray());
        yield return Case("SVG", "<svg onload='1'/>"u8.ToArray());
        yield return Case("a script", "#!/bin/sh"u8.ToArray());
        yield return Case("a program", [.. "MZ"u8, .. new byte[300]]);
        yield return Case("an archive", Files.Zip("a.txt"));
        yield return Case("a document with macros", Files.Zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"));
        yield return Case("nothing in it", []);
        static TestCaseData Case(string name, byte[] content) => new TestCaseData(content).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Refused))]
    public async Task What_is_not_taken_is_refused_whatever_it_is_called_and_leaves_nothing(byte[] content)
    {
        var dossier = await AcceptedAsync();
        var before = FilesThere();

        var answer = await AttachAsync("village1", dossier, Files.Form(content, name: "photo.png", declared: "image/png"));

        Assert.That((answer.Status, answer.Problem), Is.EqualTo((400, "validation")), answer.Text);
        Assert.That(answer.Fields, Is.EqualTo(new[] { "file" }));
        Assert.That(FilesThere(), Is.EqualTo(before));
        Assert.That((await AskAsync("village1", $"cases/{dossier.Id}/attachments")).Json.GetArrayLength(), Is.Zero);
    }

    private static IEnumerable<TestCaseData> Broken()
    {
        const string Boundary = "multipart/form-data; boundary=b";
        yield return Case("JSON", "application/json", """{"kind":"Photo"}""");
        yield return Case("no boundary", "multipart/form-data", "--b\n");
        yield return Case("a boundary of 200", $"multipart/form-data; boundary={new string('b', 200)}", "--b\n");
        yield return Case("empty body", Boundary, "");
        yield return Case("another boundary", Boundary, "--c\nContent-Disposition: form-data; name=\"kind\"\n\nPhoto\n--c--\n");
        yield return Case("cut off in the headers", Boundary, "--b\nContent-Disposition: form-da");
        yield return Case("cut off in the file", Boundary, "--b\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\n\n%PDF-1.7 and no end");
        yield return Case("no disposition", Boundary, "--b\nContent-Type: image/png\n\nx\n--b--\n");
        yield return Case("no file", Boundary, "--b\nContent-Disposition: form-data; name=\"kind\"\n\nPhoto\n--b--\n");
        yield return Case("no file chosen", Boundary, "--b\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\n\n\n--b--\n");
        yield return Case("two files", Boundary, "--b\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\n\n%PDF-1\n--b\nContent-Disposition: form-data; name=\"file\"; filename=\"b.pdf\"\n\n%PDF-2\n--b--\n");
        yield return Case("headers without end", Boundary, "--b\n" + string.Concat(Enumerable.Repeat($"X-A: {new string('x', 900)}\n", 60)));
        yield return Case("a field of 10,000", Boundary, $"--b\nContent-Disposition: form-data; name=\"kind\"\n\n{new string('x', 10_000)}\n--b--\n");
        yield return Case("a hundred fields", Boundary, string.Concat(Enumerable.Repeat("--b\nContent-Disposition: form-data; name=\"a\"\n\nx\n", 100)) + "--b--\n");
        static TestCaseData Case(string name, string type, string body) => new TestCaseData(type, body).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Broken))]
    public async Task A_broken_form_is_answered_and_leaves_nothing(string contentType, string body)
    {
        var dossier = await AcceptedAsync();
        var before = FilesThere();

        var answer = await AttachAsync("village1", dossier, Files.Raw(contentType, body));

        Assert.That((answer.Status, answer.Problem), Is.EqualTo((400, "validation")), answer.Text);
        Assert.That(FilesThere(), Is.EqualTo(before));
    }

    [TestCase(null, "kind")]
    [TestCase("Selfie", "kind")]
    [TestCase("3", "kind")]
    public async Task A_kind_is_one_of_the_words(string? kind, string field)
    {
        var dossier = await AcceptedAsync();
        var before = FilesThere();

        var answer = await AttachAsync("village1", dossier, Files.Form(Files.Png, kind));

        Assert.That((answer.Status, answer.Problem), Is.EqualTo((400, "validation")), answer.Text);
        Assert.That(answer.Fields, Is.EqualTo(new[] { field }));
        Assert.That(FilesThere(), Is.EqualTo(before));
    }

    [TestCase("../../../etc/passwd", "passwd.png")]
    [TestCase("a\tb\u0001c.png", "abc.png")]
    [TestCase("\u202Egnp.exe", "gnp.exe.png")]
    public async Task Names_are_cleaned(string sent, string kept)
    {
        var dossier = await AcceptedAsync();
        var body = $"--b\nContent-Disposition: form-data; name=\"kind\"\n\nPhoto\n--b\nContent-Disposition: form-data; name=\"file\"; filename=\"{sent}\"\n\n";
        byte[] whole = [.. Encoding.UTF8.GetBytes(body.ReplaceLineEndings("\r\n")), .. Files.Png, .. "\r\n--b--\r\n"u8];
        var content = new ByteArrayContent(whole);
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");

        var answer = await AttachAsync("village1", dossier, content);

        Assert.That(answer.Status, Is.EqualTo(200).Or.EqualTo(400), answer.Text);
        if (answer.Status == 200)
            Assert.That(answer.Json.GetProperty("attachments")[0].GetProperty("name").GetString(), Is.EqualTo(kept));
        Assert.That(Directory.GetFiles(Folder).Select(Path.GetFileName), Is.All.Matches<string>(name => Guid.TryParse(name, out _)));
    }

    [Test]
    public async Task A_name_of_300_characters_is_cut()
    {
        var dossier = await AcceptedAsync();

        var answer = await AttachAsync("village1", dossier, Files.Form(Files.Png, name: new string('长', 300) + ".png"));

        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        Assert.That(answer.Json.GetProperty("attachments")[0].GetProperty("name").GetString(), Has.Length.EqualTo(200).And.EndsWith("长.png"));
    }

    [Test]
    public async Task Nineteen_megabytes_are_streamed_and_one_over_twenty_are_too_large()
    {
        var dossier = await AcceptedAsync();
        var large = Files.Mp4(19 * 1024 * 1024);
        var tooLarge = Files.Mp4((20 * 1024 * 1024) + 1);

        var answer = await AttachAsync("village1", dossier, Files.Form(large, kind: "Evidence", name: "录像.mp4"));
        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        using var download = await DownloadAsync("village1", dossier, answer.Json.GetProperty("attachments")[0]);
        await using var content = await download.Content.ReadAsStreamAsync();
        Assert.That(Convert.ToHexStringLower(await SHA256.HashDataAsync(content)), Is.EqualTo(Sha256(large)));

        var before = FilesThere();
        var refused = await AttachAsync("village1", dossier, Files.Form(tooLarge, kind: "Evidence", name: "录像.mp4"));
        Assert.That((refused.Status, refused.Problem), Is.EqualTo((413, "too-large")), refused.Text);
        Assert.That(refused.Json.GetProperty("title").GetString(), Does.Contain("20 MB"));
        Assert.That(FilesThere(), Is.EqualTo(before));
    }

    [Test]
    public async Task Two_gigabytes_are_refused_before_any_of_it_is_read()
    {
        var dossier = await AcceptedAsync();
        using var client = await Server.SignedInAsync("village1");
        var server = (Microsoft.AspNetCore.TestHost.TestServer)Server.Services.GetRequiredService<IServer>();

        var context = await server.SendAsync(request =>
        {
            request.Request.Method = "POST";
            request.Request.Path = $"/api/v1/cases/{dossier.Id}/attach";
            request.Request.Headers.Authorization = client.DefaultRequestHeaders.Authorization!.ToString();
            request.Request.ContentType = "multipart/form-data; boundary=b";
            request.Request.ContentLength = 2L * 1024 * 1024 * 1024;
        });

        Assert.That(context.Response.StatusCode, Is.EqualTo(StatusCodes.Status413PayloadTooLarge));
    }

    [Test]
    public async Task Strangers_and_people_without_the_role_are_told_so_before_the_file_is_looked_at()
    {
        var dossier = await AcceptedAsync();
        var attached = await AttachAsync("village1", dossier, Files.Form(Files.Png));
        var file = attached.Json.GetProperty("attachments")[0].GetProperty("id").GetString();
        var before = FilesThere();

        foreach (var (user, status) in new[] { ("grid9", 404), ("town9.lead", 404), ("mediator.p1", 404), ("auditor", 403), ("admin", 403) })
        {
            Assert.That((await AttachAsync(user, dossier, Files.Form(Files.Png))).Status, Is.EqualTo(status), user);
            Assert.That((await AttachAsync(user, dossier, Files.Raw("text/plain", "x"))).Status, Is.EqualTo(status), user);
        }

        foreach (var user in new[] { "grid9", "town9.lead", "mediator.p1" })
        {
            Assert.That((await AskAsync(user, $"cases/{dossier.Id}/attachments")).Status, Is.EqualTo(404), user);
            Assert.That((await AskAsync(user, $"cases/{dossier.Id}/attachments/{file}")).Status, Is.EqualTo(404), user);
        }

        Assert.That((await Server.Anonymous().TellAsync($"/api/v1/cases/{dossier.Id}/attach", Files.Form(Files.Png))).Status, Is.EqualTo(401));
        Assert.That((await AskAsync("village1", $"cases/{dossier.Id}/attachments/{dossier.Applicant}")).Status, Is.EqualTo(404), "no such file");
        var other = await AcceptedAsync();
        Assert.That((await AskAsync("village1", $"cases/{other.Id}/attachments/{file}")).Status, Is.EqualTo(404), "another case's");
        Assert.That(FilesThere(), Is.EqualTo(before));
    }

    [Test]
    public async Task A_copy_of_an_identity_paper_is_for_those_who_may_see_the_papers_in_full()
    {
        var dossier = await InMediationAsync();
        var attached = await AttachAsync("mediator.p1", dossier, Files.Form(Files.Png, "IdentityPaper"));
        var path = $"cases/{dossier.Id}/attachments/{attached.Json.GetProperty("attachments")[0].GetProperty("id").GetString()}";

        Assert.That((await AskAsync("mediator.p1", path)).Status, Is.EqualTo(200));
        Assert.That((await AskAsync("village1", path)).Status, Is.EqualTo(200));
        Assert.That((await AskAsync("grid1", path)).Status, Is.EqualTo(403), "sees the case, has no need of the paper");
    }

    [Test]
    public async Task A_party_of_another_case_is_refused_and_leaves_no_file()
    {
        var (dossier, other) = (await AcceptedAsync(), await AcceptedAsync());
        var before = FilesThere();

        var answer = await AttachAsync("village1", dossier, Files.Form(Files.Png, partyId: other.Applicant));

        Assert.That((answer.Status, answer.Problem), Is.EqualTo((409, "rule")), answer.Text);
        Assert.That(FilesThere(), Is.EqualTo(before));
    }

    [Test]
    public async Task The_same_key_attaches_once_and_another_content_under_it_is_refused()
    {
        var dossier = await AcceptedAsync();

        var first = await AttachAsync("village1", dossier, Files.Form(Files.Png), "photo-1");
        var again = await AttachAsync("village1", dossier, Files.Form(Files.Png), "photo-1");
        var other = await AttachAsync("village1", dossier, Files.Form(Files.Polyglot), "photo-1");

        Assert.That(first.Status, Is.EqualTo(200), first.Text);
        Assert.That((again.Status, again.Text), Is.EqualTo((200, first.Text)));
        Assert.That(again.Headers["Location"], Is.EqualTo(first.Headers["Location"]));
        Assert.That(other.Status, Is.EqualTo(422));
        Assert.That((await AskAsync("village1", $"cases/{dossier.Id}/attachments")).Json.GetArrayLength(), Is.EqualTo(1));
        Assert.That(Directory.GetFiles(Folder, "*.part"), Is.Empty);
    }

    [Test]
    public async Task A_withdrawn_file_stays_on_record_with_the_reason()
    {
        var dossier = await AcceptedAsync();
        await AttachAsync("village1", dossier, Files.Form(Files.Png));
        await dossier.ReloadAsync();
        var file = dossier.View.GetProperty("attachments")[0].GetProperty("id").GetString();

        await dossier.DoAsync("village1", "withdraw-attachment", new { attachmentId = file, reason = "别家的照片" });

        var row = (await AskAsync("village1", $"cases/{dossier.Id}/attachments")).Json[0];
        Assert.That(row.GetProperty("withdrawn").GetProperty("reason").GetString(), Is.EqualTo("别家的照片"));
        await dossier.RefusedAsync("village1", "withdraw-attachment", new { attachmentId = file, reason = "x" }, 403, "forbidden");
        using var download = await DownloadAsync("village1", dossier, row);
        Assert.That(await download.Content.ReadAsByteArrayAsync(), Is.EqualTo(Files.Png));
    }

    [Test]
    public async Task What_lies_on_the_disk_is_not_what_was_sent_and_its_name_says_nothing()
    {
        var dossier = await AcceptedAsync();
        var content = "%PDF-1.7 张三 220102199001011234"u8.ToArray();
        var attached = await AttachAsync("village1", dossier, Files.Form(content, "Evidence", "张三身份证.pdf"));
        var id = attached.Json.GetProperty("attachments")[0].GetProperty("id").GetString()!;

        var stored = await File.ReadAllBytesAsync(Path.Combine(Folder, id));

        Assert.That(stored.AsSpan().IndexOf("220102199001011234"u8), Is.Negative);
        Assert.That(stored.AsSpan().IndexOf("%PDF"u8), Is.Negative);
    }

    [Test]
    public async Task A_file_somebody_changed_is_not_sent()
    {
        var dossier = await AcceptedAsync();
        var attached = await AttachAsync("village1", dossier, Files.Form(Files.Png));
        var id = attached.Json.GetProperty("attachments")[0].GetProperty("id").GetString()!;
        var path = Path.Combine(Folder, id);
        var stored = await File.ReadAllBytesAsync(path);
        stored[20] ^= 1;
        await File.WriteAllBytesAsync(path, stored);

        Assert.That((await AskAsync("village1", $"cases/{dossier.Id}/attachments/{id}")).Status, Is.EqualTo(410));
    }

    [Test]
    public async Task A_part_that_was_left_by_a_dead_program_is_finished_when_it_is_on_record_and_else_removed_after_a_day()
    {
        var dossier = await AcceptedAsync();
        var attached = await AttachAsync("village1", dossier, Files.Form(Files.Png));
        var id = attached.Json.GetProperty("attachments")[0].GetProperty("id").GetString()!;
        var recorded = Path.Combine(Folder, id);
        File.Move(recorded, recorded + ".part");
        var orphan = Path.Combine(Folder, $"{new Guid(7, 7, 7, new byte[8])}.part");
        var fresh = Path.Combine(Folder, $"{new Guid(8, 8, 8, new byte[8])}.part");
        await File.WriteAllTextAsync(orphan, "half");
        await File.WriteAllTextAsync(fresh, "half");
        foreach (var old in new[] { orphan, recorded + ".part" })
            File.SetLastWriteTimeUtc(old, Server.Machine.Now.UtcDateTime.AddHours(-25));
        File.SetLastWriteTimeUtc(fresh, Server.Machine.Now.UtcDateTime.AddHours(-23));

        var result = await Server.Services.GetRequiredService<Messages>().SendAsync(new PurgeExpired.Command(), Caller.System);

        Assert.That(result.Parts, Is.EqualTo(1));
        Assert.That((File.Exists(orphan), File.Exists(fresh), File.Exists(recorded)), Is.EqualTo((false, true, true)));
        Assert.That((await AskAsync("village1", $"cases/{dossier.Id}/attachments/{id}")).Status, Is.EqualTo(200));
        File.Delete(fresh);
    }

    private static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static string Header(HttpResponseMessage response, string name) => string.Join(", ", response.Headers.GetValues(name));

    private string[] FilesThere() => Directory.Exists(Folder) ? [.. Directory.GetFiles(Folder).Order()] : [];

    private Task<Answer> AttachAsync(string userName, Dossier dossier, HttpContent form, string? key = null) => TellAsync(userName, $"cases/{dossier.Id}/attach", form, key: key);

    private async Task<HttpResponseMessage> DownloadAsync(string userName, Dossier dossier, JsonElement file, string query = "")
    {
        var response = await (await AsAsync(userName)).GetAsync(new Uri($"/api/v1/cases/{dossier.Id}/attachments/{file.GetProperty("id").GetString()}{query}", UriKind.Relative));
        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        return response;
    }
}
