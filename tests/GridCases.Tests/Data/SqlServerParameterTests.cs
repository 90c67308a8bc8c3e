using System.Data;
using GridCases.Data;
using GridCases.Domain;
using Microsoft.Data.SqlClient;

namespace GridCases.Tests.Data;

/// <summary>What SQL Server is sent, told without a server: a parameter of another type than its column converts the column, and passes by the index.</summary>
public sealed class SqlServerParameterTests
{
    private static readonly Guid Id = new(1, 2, 3, [4, 5, 6, 7, 8, 9, 10, 11]);

    private static readonly DateTimeOffset Noon = new(2026, 2, 2, 12, 0, 0, 123, 456, TimeSpan.FromHours(8));

    private static readonly object Values = new
    {
        Id, NoId = (Guid?)null, At = Noon, NoAt = (DateTimeOffset?)null, Day = new DateOnly(2026, 2, 2), NoDay = (DateOnly?)null, Money = 1.005m, NoMoney = (decimal?)null,
        Unit = new UnitCode("990101"), NoUnit = (UnitCode?)null, Word = CaseState.Closed, NoWord = (CaseState?)null, Yes = true, Number = 7, Text = "文", Long = new string('x', 5000),
        Ids = new[] { Id }, Words = new[] { CaseState.Closed, CaseState.Merged }, Units = new List<UnitCode> { new("9901") }, Hash = HexHash.OfText("x"), NoHash = (HexHash?)null, Bytes = new byte[] { 1 }, NoBytes = (byte[]?)null,
    };

    [Test]
    public void Ids_are_uniqueidentifier()
    {
        Assert.That(Sent("Id"), Is.EqualTo((SqlDbType.UniqueIdentifier, (object)Id)));
        Assert.That(Sent("NoId"), Is.EqualTo((SqlDbType.UniqueIdentifier, (object)DBNull.Value)));
    }

    [Test]
    public void Instants_are_datetime2_in_UTC_cut_to_milliseconds()
    {
        Assert.That(Sent("At"), Is.EqualTo((SqlDbType.DateTime2, (object)new DateTime(2026, 2, 2, 4, 0, 0, 123, DateTimeKind.Utc))));
        Assert.That(Parameter("At").Scale, Is.EqualTo(3));
        Assert.That(Sent("NoAt"), Is.EqualTo((SqlDbType.DateTime2, (object)DBNull.Value)));
    }

    [Test]
    public void Days_are_dates()
    {
        Assert.That(Sent("Day"), Is.EqualTo((SqlDbType.Date, (object)new DateTime(2026, 2, 2))));
        Assert.That(Sent("NoDay"), Is.EqualTo((SqlDbType.Date, (object)DBNull.Value)));
    }

    [Test]
    public void Money_is_decimal_to_the_cent()
    {
        Assert.That(Sent("Money"), Is.EqualTo((SqlDbType.Decimal, (object)1.01m)));
        Assert.That((Parameter("Money").Precision, Parameter("Money").Scale), Is.EqualTo(((byte)18, (byte)2)));
        Assert.That(Sent("NoMoney"), Is.EqualTo((SqlDbType.Decimal, (object)DBNull.Value)));
    }

    [Test]
    public void Unit_codes_are_varchar_with_the_end_of_their_subtree()
    {
        Assert.That(Sent("Unit"), Is.EqualTo((SqlDbType.VarChar, (object)"990101")));
        Assert.That(Sent("UnitEnd"), Is.EqualTo((SqlDbType.VarChar, (object)"990102")));
        Assert.That(Sent("NoUnit"), Is.EqualTo((SqlDbType.VarChar, (object)DBNull.Value)));
        Assert.That(Sent("NoUnitEnd"), Is.EqualTo((SqlDbType.VarChar, (object)DBNull.Value)));
    }

    [Test]
    public void Hashes_are_char_of_their_length()
    {
        Assert.That(Sent("Hash"), Is.EqualTo((SqlDbType.Char, (object)"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881")));
        Assert.That(Parameter("Hash").Size, Is.EqualTo(64));
        Assert.That(Sent("NoHash"), Is.EqualTo((SqlDbType.Char, (object)DBNull.Value)));
    }

    [Test]
    public void A_list_of_unit_codes_is_compared_as_varchar() =>
        Assert.That(new Sql("Code IN {codes units}").For(SqlServerDialect.Instance).Text, Is.EqualTo("Code IN (SELECT [value] FROM OPENJSON(@units) WITH ([value] varchar(15) '$'))"));

    [Test]
    public void Enums_are_their_names()
    {
        Assert.That(Sent("Word"), Is.EqualTo((SqlDbType.NVarChar, (object)"Closed")));
        Assert.That(Sent("NoWord"), Is.EqualTo((SqlDbType.NVarChar, (object)DBNull.Value)));
    }

    [Test]
    public void Texts_have_one_of_two_sizes_so_that_plans_are_reused()
    {
        Assert.That(Sent("Text"), Is.EqualTo((SqlDbType.NVarChar, (object)"文")));
        Assert.That((Parameter("Text").Size, Parameter("Long").Size), Is.EqualTo((4000, -1)));
    }

    [Test]
    public void Lists_are_JSON()
    {
        Assert.That(Sent("Ids"), Is.EqualTo((SqlDbType.NVarChar, (object)$"[\"{Id}\"]")));
        Assert.That(Sent("Words"), Is.EqualTo((SqlDbType.NVarChar, (object)"""["Closed","Merged"]""")));
        Assert.That(Sent("Units"), Is.EqualTo((SqlDbType.NVarChar, (object)"""["9901"]""")));
    }

    [Test]
    public void Bits_numbers_and_bytes_are_themselves()
    {
        Assert.That(Sent("Yes"), Is.EqualTo((SqlDbType.Bit, (object)true)));
        Assert.That(Sent("Number"), Is.EqualTo((SqlDbType.Int, (object)7)));
        Assert.That(Sent("Bytes").Type, Is.EqualTo(SqlDbType.VarBinary));
        Assert.That(Sent("NoBytes"), Is.EqualTo((SqlDbType.VarBinary, (object)DBNull.Value)));
    }

    [Test]
    public void Only_what_the_text_asks_for_is_sent()
    {
        using var command = Command("SELECT @id, @unit");

        Assert.That(command.Parameters.Cast<SqlParameter>().Select(p => p.ParameterName), Is.EquivalentTo(["@id", "@unit"]));
    }

    private static (SqlDbType Type, object Value) Sent(string name) => (Parameter(name).SqlDbType, Parameter(name).Value!);

    private static SqlParameter Parameter(string name)
    {
        using var command = Command($"SELECT @{name}");
        return command.Parameters.Cast<SqlParameter>().Single();
    }

    private static SqlCommand Command(string text)
    {
        var command = new SqlCommand();
        new Parameters(SqlServerDialect.Instance, new Sql(text).For(SqlServerDialect.Instance), Values).AddTo(command);
        return command;
    }
}
