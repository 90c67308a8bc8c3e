using GridCases.Attachments;

namespace GridCases.Web.Tests.Attachments;

/// <summary>What only a bucket can do to us.</summary>
public sealed class S3StoreTests
{
    private S3Server _server = null!;

    [SetUp]
    public async Task Start() => _server = await S3Server.StartAsync();

    [TearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task A_bucket_that_is_overloaded_for_a_moment_is_asked_again()
    {
        _server.FailNext = 2;
        using var store = _server.Store();
        await store.WriteAsync("a", stream => stream.WriteAsync(new byte[3]).AsTask(), CancellationToken.None);
        Assert.That(_server.Requests, Is.EqualTo(3));
    }

    [Test]
    public void A_wrong_secret_is_told_without_naming_it()
    {
        using var store = _server.Store(s3 => s3.SecretKey = "not-the-secret");
        var away = Assert.ThrowsAsync<AttachmentsAway>(() => store.CheckAsync(CancellationToken.None))!;
        Assert.That(away.ToString(), Does.Contain("SignatureDoesNotMatch").And.Not.Contain("not-the-secret"));
    }

    [Test]
    public void A_bucket_that_does_not_exist_is_no_missing_file()
    {
        using var store = _server.Store(s3 => s3.Bucket = "another");
        Assert.That(() => store.OpenReadAsync("a", CancellationToken.None), Throws.TypeOf<AttachmentsAway>().With.Message.Contains("NoSuchBucket"));
    }
}
