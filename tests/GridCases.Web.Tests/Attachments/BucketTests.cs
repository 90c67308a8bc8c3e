using GridCases.Jobs;
using GridCases.Pipeline;
using GridCases.Web.Tests.Api.Cases;
using Microsoft.Extensions.DependencyInjection;

namespace GridCases.Web.Tests.Attachments;

/// <summary>Files of cases in a bucket, which two servers with data folders of their own share.</summary>
[OnBothDatabases]
public sealed class BucketTests(Store store)
{
    private S3Server _bucket = null!;
    private TestServer _server = null!;
    private HttpClient _head = null!;
    private string _case = "";

    [SetUp]
    public async Task A_case_on_a_server_with_a_bucket()
    {
        _bucket = await S3Server.StartAsync();
        // The purge goes by the present, while the server begins in February.
        _server = TestServer.Start(store, null, [.. _bucket.Settings, ("GridCases:Clock:LongestGap", "3650.00:00:00")]);
        _head = await _server.SignedInAsync("grid1");
        var registered = await _head.TellAsync("/api/v1/cases", new
        {
            title = "宅基地界址",
            category = "Neighbours",
            place = new { unitCode = CaseApiTest.Grid },
            parties = new[] { new { role = "Applicant", kind = "Person", name = "甲" } },
        });
        _case = registered.Json.GetProperty("id").GetString()!;
    }

    [TearDown]
    public async Task Stop()
    {
        _head.Dispose();
        await _server.DisposeAsync();
        await _bucket.DisposeAsync();
    }

    [Test]
    public async Task A_file_that_one_server_took_comes_back_from_another_and_lies_sealed_in_the_bucket()
    {
        var attached = await AttachAsync();
        Assert.That(attached.Status, Is.EqualTo(200), attached.Text);
        var id = attached.Json.GetProperty("attachments")[0].GetProperty("id").GetString();

        await using var other = _server.Beside();
        using var reader = await other.SignedInAsync("grid1");
        Assert.That(await reader.GetByteArrayAsync($"/api/v1/cases/{_case}/attachments/{id}"), Is.EqualTo(Files.Png));
        Assert.That(_bucket.Items.Keys, Is.EqualTo(new[] { $"city 9901/file/{id}" }));
        Assert.That(_bucket.Items.Values.Single().Content.AsSpan().IndexOf("PNG"u8), Is.Negative);
        Assert.That(Directory.Exists(Path.Combine(_server.Folder, "attachments")), Is.False);
    }

    [Test]
    public async Task While_the_bucket_is_away_files_are_refused_with_when_to_try_again_and_the_rest_goes_on()
    {
        var kept = (await AttachAsync()).Json.GetProperty("attachments")[0].GetProperty("id").GetString();
        await _bucket.DisposeAsync();

        var refused = await AttachAsync();
        var missing = await _head.AskAsync($"/api/v1/cases/{_case}/attachments/{kept}", "en");
        var ready = await _head.AskAsync("/healthz/ready");

        Assert.That((refused.Status, refused.Problem, refused.Headers["Retry-After"]), Is.EqualTo((503, "unavailable", "30")), refused.Text);
        Assert.That((missing.Status, missing.Problem), Is.EqualTo((503, "unavailable")));
        Assert.That(missing.Json.GetProperty("title").GetString(), Does.StartWith("The store of the attachments is not available"));
        Assert.That(ready.Status, Is.EqualTo(200), "everything but files works");
        Assert.That(ready.Text, Does.Contain("Degraded"));
        Assert.That((await _head.AskAsync($"/api/v1/cases/{_case}/attachments")).Json.GetArrayLength(), Is.EqualTo(1));
        Assert.That((await _head.TellAsync($"/api/v1/cases/{_case}/comment", new { note = "x" })).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task What_is_left_of_broken_off_uploads_is_removed_after_a_day_and_what_is_on_record_gets_its_name()
    {
        var id = (await AttachAsync()).Json.GetProperty("attachments")[0].GetProperty("id").GetString();
        _bucket.Items.TryRemove($"city 9901/file/{id}", out var item);
        _bucket.Items[$"city 9901/part/{id}"] = item!;
        _bucket.Items[$"city 9901/part/{new Guid(7, 7, 7, new byte[8])}"] = item!;
        _server.Machine.Now = TimeProvider.System.GetUtcNow();
        _bucket.Age(TimeSpan.FromHours(25));
        _bucket.Items[$"city 9901/part/{new Guid(8, 8, 8, new byte[8])}"] = item! with { WrittenAt = _server.Machine.Now };

        var result = await _server.Services.GetRequiredService<Messages>().SendAsync(new PurgeExpired.Command(), Caller.System);

        Assert.That(result.Parts, Is.EqualTo(1));
        Assert.That(_bucket.Items.Keys, Is.EquivalentTo(new[] { $"city 9901/file/{id}", $"city 9901/part/{new Guid(8, 8, 8, new byte[8])}" }));
    }

    [Test]
    public async Task A_part_whose_server_died_before_it_could_name_it_is_found_by_whoever_opens_it()
    {
        var id = (await AttachAsync()).Json.GetProperty("attachments")[0].GetProperty("id").GetString();
        _bucket.Items.TryRemove($"city 9901/file/{id}", out var item);
        _bucket.Items[$"city 9901/part/{id}"] = item!;

        Assert.That(await _head.GetByteArrayAsync($"/api/v1/cases/{_case}/attachments/{id}"), Is.EqualTo(Files.Png));
        Assert.That(_bucket.Items.Keys, Is.EqualTo(new[] { $"city 9901/file/{id}" }));
    }

    private Task<Answer> AttachAsync() => _head.TellAsync($"/api/v1/cases/{_case}/attach", Files.Form(Files.Png));
}
