using System.Globalization;
using GridCases.Features.Users;

namespace GridCases.Tests.Features.Users;

/// <summary>The test vectors that the standards print.</summary>
public sealed class Rfc6238Tests
{
    [TestCase("1970-01-01T00:00:59Z", "94287082")]
    [TestCase("2005-03-18T01:58:29Z", "07081804")]
    [TestCase("2005-03-18T01:58:31Z", "14050471")]
    [TestCase("2009-02-13T23:31:30Z", "89005924")]
    [TestCase("2033-05-18T03:33:20Z", "69279037")]
    [TestCase("2603-10-11T11:33:20Z", "65353130")]
    public void Codes_are_those_of_RFC_6238_appendix_B(string instant, string code)
    {
        var step = Rfc6238.StepAt(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture));
        Assert.That(Rfc6238.CodeAt("12345678901234567890"u8, step, digits: 8), Is.EqualTo(code));
        Assert.That(Rfc6238.CodeAt("12345678901234567890"u8, step), Is.EqualTo(code[2..]));
    }

    [TestCase("", "")]
    [TestCase("f", "MY")]
    [TestCase("fo", "MZXQ")]
    [TestCase("foo", "MZXW6")]
    [TestCase("foob", "MZXW6YQ")]
    [TestCase("fooba", "MZXW6YTB")]
    [TestCase("foobar", "MZXW6YTBOI")]
    public void Secrets_are_written_as_in_RFC_4648_section_10(string text, string written) =>
        Assert.That(Rfc6238.Base32(System.Text.Encoding.ASCII.GetBytes(text)), Is.EqualTo(written));
}
