using GridCases.Security;

namespace GridCases.Tests.Features.Audit;

/// <summary>What the audit keeps of a searched text.</summary>
public sealed class ReadAuditTests
{
    [TestCase("13812345678", "***")]
    [TestCase("138-1234-5678", "***")]
    [TestCase("138 1234 5678 张三", "*** 张三")]
    [TestCase("（0431）8888 1234", "（***")]
    [TestCase("220102 19900101 123X", "***")]
    [TestCase("张三220102199001011234", "张三***")]
    [TestCase("9901012026-000123", "9901012026-000123", Description = "number of a case")]
    [TestCase("3单元402，2026年", "3单元402，2026年")]
    public void Phones_and_ID_numbers_are_masked_however_they_are_grouped(string text, string kept) => Assert.That(ReadAudit.Masked(text), Is.EqualTo(kept));
}
