namespace GridCases.Benchmarks.City;

/// <summary>Invents people: names that many share, as in any city, and papers of their own.</summary>
public static class Names
{
    private const string Surnames = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚文";
    private const string Given = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文建国志玉兰红春梅海燕荣辉波斌宇浩凯婷雪琳鹏飞健俊峰龙云莲珍琴素青月凤素萍玲芬桂香成林森德福祥生宝庆元忠义信礼智仁安康宁乐思雨欣怡佳慧雅晨曦子轩梓涵一诺若溪";
    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>A name; one in five has two characters.</summary>
    public static string Of(Random random)
    {
        var surname = Surnames[Math.Min(random.Next(Surnames.Length), random.Next(Surnames.Length))];
        return random.Next(5) == 0
            ? $"{surname}{Given[random.Next(Given.Length)]}"
            : $"{surname}{Given[random.Next(Given.Length)]}{Given[random.Next(Given.Length)]}";
    }

    /// <summary>An organisation like another one, which has a name of four characters before its kind.</summary>
    public static string OfOrganisation(Random random, string like) =>
        $"{string.Concat(random.GetItems<char>(Given, 4))}{(like.Length > 4 ? like[4..] : like)}";

    /// <summary>Eighteen digits after GB 11643, of a division code that is never given out.</summary>
    public static string IdNumber(Random random)
    {
        var birthday = new DateOnly(1950, 1, 1).AddDays(random.Next(20_000));
        var digits = $"990101{birthday:yyyyMMdd}{random.Next(1_000):000}";
        return digits + "10X98765432"[digits.Select((digit, i) => (digit - '0') * Weights[i]).Sum() % 11];
    }

    /// <summary>A phone of the unassigned range 1990.</summary>
    public static string Phone(Random random) => $"1990{random.Next(10_000_000):0000000}";
}
