using GridCases.Features.Users;

namespace GridCases.Tests.Features.Users;

public sealed class DeviceNameTests
{
    [TestCase("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0", "Edge · Windows")]
    [TestCase("Mozilla/5.0 (Linux; Android 15; V2307A) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36 MicroMessenger/8.0.54", "WeChat · Android")]
    [TestCase("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile/15E148 Safari/604.1", "Safari · iPhone")]
    [TestCase("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox · Linux")]
    [TestCase("curl/8.5.0", "curl")]
    [TestCase("python-requests/2.32", "python-requests")]
    [TestCase("<script>alert(1)</script>", "")]
    [TestCase("", "")]
    public void A_device_is_told_in_a_few_words_and_nothing_of_what_it_sends_is_taken_as_it_is(string userAgent, string name) =>
        Assert.That(DeviceName.Of(userAgent), Is.EqualTo(name));

    [Test]
    public void A_name_fits_its_column() => Assert.That(DeviceName.Of(new string('x', 10_000)), Has.Length.LessThanOrEqualTo(60));
}
