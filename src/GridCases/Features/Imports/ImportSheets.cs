using System.Text;

namespace GridCases.Features.Imports;

/// <summary>A sheet of the workbook, in the order in which they are taken in: what comes later refers to what came before.</summary>
public enum ImportSheet { Units, Organisations, Users, Roles, Cases }

/// <summary>A column.</summary>
/// <param name="Name">As programs know it.</param>
/// <param name="IsRequired">Whether a sheet without it cannot be read.</param>
/// <param name="Chinese">What it may be called as well; the first is what a template calls it.</param>
internal sealed record ImportColumn(string Name, bool IsRequired, params string[] Chinese);

/// <summary>What a sheet looks like.</summary>
/// <param name="Sheet">Which it is.</param>
/// <param name="Name">As programs know it.</param>
/// <param name="OtherNames">What it may be called as well; the first is its Chinese name.</param>
/// <param name="Columns">Its columns; others are passed over.</param>
internal sealed record SheetForm(ImportSheet Sheet, string Name, string[] OtherNames, ImportColumn[] Columns)
{
    /// <summary>The column with this heading; null when it is none of the sheet's.</summary>
    public ImportColumn? ColumnOf(string heading)
    {
        var key = ImportWords.KeyOf(heading);
        return Columns.FirstOrDefault(c => c.Chinese.Prepend(c.Name).Any(n => ImportWords.KeyOf(n) == key));
    }
}

/// <summary>The sheets that are read, with their columns.</summary>
internal static class ImportSheets
{
    public static IReadOnlyList<SheetForm> All { get; } =
    [
        new(ImportSheet.Units, "units", ["单位"],
        [
            new("code", true, "代码", "单位代码", "区划代码"),
            new("name", true, "名称", "单位名称"),
        ]),
        new(ImportSheet.Organisations, "organisations", ["调解组织", "组织", "organizations"],
        [
            new("name", true, "名称", "组织名称", "调解组织"),
            new("kind", true, "类型", "组织类型"),
            new("track", true, "调解途径", "途径", "调解类型"),
            new("unitCode", true, "单位代码", "所在单位", "单位"),
        ]),
        new(ImportSheet.Users, "users", ["人员", "用户"],
        [
            new("userName", true, "用户名", "账号"),
            new("displayName", true, "姓名", "显示名"),
            new("phone", false, "电话", "手机", "手机号", "联系电话"),
        ]),
        new(ImportSheet.Roles, "roles", ["角色", "任职"],
        [
            new("userName", true, "用户名", "账号"),
            new("role", true, "角色", "职务", "身份"),
            new("unitCode", true, "单位代码", "所在单位", "单位"),
            new("organisation", false, "调解组织", "组织", "organization"),
            new("from", false, "开始日期", "起始日期", "开始"),
            new("to", false, "结束日期", "截止日期", "结束"),
        ]),
        new(ImportSheet.Cases, "cases", ["在办案件", "案件", "纠纷"],
        [
            new("number", true, "原编号", "编号", "案件编号"),
            new("title", true, "标题", "什么事", "纠纷名称"),
            new("category", true, "类别", "纠纷类别"),
            new("registeredOn", true, "登记日期"),
            new("state", true, "状态"),
            new("unitCode", true, "发生单位代码", "单位代码", "发生单位"),
            new("since", false, "进入状态日期"),
            new("heldBy", false, "办理单位代码", "办理单位"),
            new("organisation", false, "调解组织", "organization"),
            new("mediator", false, "调解员用户名", "调解员"),
            new("occurredOn", false, "发生日期"),
            new("source", false, "来源"),
            new("summary", false, "纠纷概况", "概况"),
            new("amount", false, "涉及金额", "金额"),
            new("applicant", true, "申请人"),
            new("applicantKind", false, "申请人类型"),
            new("applicantPhone", false, "申请人电话"),
            new("applicantIdNumber", false, "申请人证件号码"),
            new("respondent", false, "被申请人"),
            new("respondentKind", false, "被申请人类型"),
            new("respondentPhone", false, "被申请人电话"),
            new("respondentIdNumber", false, "被申请人证件号码"),
        ]),
    ];

    public static SheetForm Of(ImportSheet sheet) => All[(int)sheet];

    /// <summary>The sheet with this name, in whichever language; null when there is none.</summary>
    public static SheetForm? Find(string name)
    {
        var key = ImportWords.KeyOf(name);
        return All.FirstOrDefault(s => s.OtherNames.Prepend(s.Name).Any(n => ImportWords.KeyOf(n) == key));
    }

    /// <summary>The name of a cell: column 2 of row 7 is B7.</summary>
    public static string CellName(int column, int row) => $"{(column > 26 ? (char)('A' + ((column - 1) / 26) - 1) : "")}{(char)('A' + ((column - 1) % 26))}{row}";
}

/// <summary>When two spellings are one word.</summary>
internal static class ImportWords
{
    /// <summary>Wide and narrow, upper and lower case, with blanks or without: all one.</summary>
    public static string KeyOf(string text) => string.Concat(WellFormed(text).Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c) && c is not ('\u200B' or '\uFEFF' or '_' or '*'))).ToUpperInvariant();

    /// <summary>A cell without blanks around it, those that nobody sees included.</summary>
    public static string Trimmed(string text) => WellFormed(text).Trim().Trim('\u200B', '\uFEFF', '\u2060').Trim();

    // Half a surrogate pair cannot be normalised, nor stored.
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
