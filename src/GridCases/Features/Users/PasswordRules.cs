using System.Text;
using GridCases.Texts;
using Microsoft.Extensions.Options;

namespace GridCases.Features.Users;

/// <summary>
/// What a chosen password must be. Long ones are hard to guess unless they are made of what everybody guesses first: a row of keys, the same again and again, a common word with
/// some digits. Such a part counts as two characters, however long it is, and what is left must still be <see cref="FewestGuesses"/>.
/// </summary>
public sealed class PasswordRules(IOptions<PasswordRules.Settings> settings)
{
    /// <summary>Fewest characters, whatever a city sets.</summary>
    public const int ShortestMinimum = 12;

    /// <summary>Characters that must be left when rows, years and common words count as two.</summary>
    public const int FewestGuesses = 7;

    private const int FewestDifferent = 5;
    private const int ShortestRow = 3;
    private const int ShortestName = 3;

    // Rows in which a finger or the mind goes on by itself; backwards too.
    private static readonly string[] Rows = [.. new[]
    {
        "abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "12345678901234567890", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./", "qwertz", "azerty", "!@#$%^&*()_+",
        "1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik,", "9ol.", "0p;/", "qazwsxedcrfvtgbyhnujm", "147258369", "1379", "2468", "13579",
    }.SelectMany(row => new[] { row, Reversed(row) })];

    // What people take for a password, in English and in pinyin: of our own making, longest first, so that a whole word is found before a part of it.
    private static readonly string[] Words = [.. """
        password passwort passwd admin administrator root system manager master server oracle letmein welcome changeme secret login account user guest test demo hello
        iloveyou love lover baby angel princess sunshine flower monkey dragon tiger panda football basketball baseball soccer superman batman computer internet
        windows google apple samsung huawei xiaomi tencent alibaba wechat weixin taobao qwerty abc123 spring summer autumn winter january february march april june july august
        september october november december monday tuesday wednesday thursday friday saturday sunday china beijing shanghai guangzhou shenzhen tianjin chongqing changchun jilin
        shenyang haerbin harbin dalian qingdao nanjing hangzhou wuhan chengdu xian zhongguo renmin zhengfu gongan fayuan sifa tiaojie jiufen shequ wangge wanggeyuan jiedao xiangzhen
        cunwei minzheng xinfang zonghe zhili zhongxin guanli guanliyuan mima woaini aini wode nihao baobao laopo laogong xiaoming xiaohong zhangsan lisi wangwu zhaoliu wang zhang
        zhao chen yang huang jiang zhou liu sunwukong mengmeng tiantian lele dandan lili fangfang xiaoxiao meimei pengyou kuaile jiankang pingan facai xingfu shengri gongzuo
        jiayou zuguo hongqi dongfang caonima wocao asd zxc qwe 5201314 520 1314 7758521 888 666 168 110 120 12345 123
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length >= ShortestRow).OrderByDescending(word => word.Length)];

    /// <summary>The shortest password of this city.</summary>
    public int MinimumLength => Math.Max(ShortestMinimum, settings.Value.MinimumLength);

    /// <summary>Kinds of characters a password of this city has to have.</summary>
    public int Kinds => Math.Clamp(settings.Value.Kinds, 1, 4);

    /// <summary>What is wrong with a password, each in a sentence; none when it may be used.</summary>
    /// <param name="password">As typed.</param>
    /// <param name="names">Names of its owner.</param>
    public IEnumerable<string> Broken(string password, params string[] names)
    {
        var length = password.EnumerateRunes().Count();
        if (length < MinimumLength)
            yield return Text.Field("PasswordTooShort", MinimumLength, length);
        if (KindsIn(password) < Kinds)
            yield return Text.Field("PasswordKinds", Kinds);
        var plain = Folded(password);
        if (names.Select(Folded).Any(name => HoldsName(plain, name)))
            yield return Text.Field("PasswordHasName");
        else if (IsRepeated(plain))
            yield return Text.Field("PasswordRepeats");
        else if (Guesses(plain, []) < FewestGuesses && length >= FewestGuesses)
            yield return Text.Field("PasswordRuns");
        else if (Guesses(plain, [.. Words, .. Own]) < FewestGuesses && length >= FewestGuesses)
            yield return Text.Field("PasswordCommon");
    }

    private IEnumerable<string> Own => settings.Value.Words.Select(Folded).Where(word => word.Length >= ShortestRow);

    private static string Folded(string text) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Normalize(NormalizationForm.FormKC).ToLowerInvariant();

    private static string Reversed(string text) => string.Concat(text.Reverse());

    private static bool HoldsName(string password, string name)
    {
        var (letters, wanted) = (LettersAndDigits(password), LettersAndDigits(name));
        if (wanted.Length == 0)
            return false;
        return wanted.Length < ShortestName && wanted.All(char.IsAscii)
            ? letters == wanted
            : letters.Contains(wanted, StringComparison.Ordinal) || letters.Contains(Reversed(wanted), StringComparison.Ordinal);
    }

    private static string LettersAndDigits(string text) => string.Concat(text.Where(char.IsLetterOrDigit));

    /// <summary>Whether it is one piece again and again, or hardly has different characters.</summary>
    private static bool IsRepeated(string password) => password.Length > 1
        && (password.Distinct().Count() < FewestDifferent
            || Enumerable.Range(1, password.Length / 2).Any(period => Enumerable.Range(period, password.Length - period).All(i => password[i] == password[i - period])));

    /// <summary>How many characters somebody who tries the likely first would have to guess.</summary>
    private static int Guesses(string password, IReadOnlyList<string> words)
    {
        var meant = string.Concat(password.Select(Meant));
        var guesses = 0;
        for (var at = 0; at < password.Length;)
        {
            var known = Math.Max(RowAt(password, at), Math.Max(SameAt(password, at), Math.Max(YearAt(password, at), WordAt(password, meant, at, words))));
            guesses += known >= ShortestRow ? 2 : 1;
            at += known >= ShortestRow ? known : 1;
        }

        return guesses;
    }

    private static int RowAt(string password, int at)
    {
        var longest = 0;
        foreach (var row in Rows)
        {
            for (var start = row.IndexOf(password[at]); start >= 0; start = row.IndexOf(password[at], start + 1))
            {
                var length = 1;
                while (at + length < password.Length && start + length < row.Length && password[at + length] == row[start + length])
                    length++;
                longest = Math.Max(longest, length);
            }
        }

        return longest;
    }

    private static int SameAt(string password, int at) => password.Skip(at).TakeWhile(c => c == password[at]).Count();

    private static int YearAt(string password, int at) =>
        at + 4 <= password.Length && password[at..(at + 2)] is "19" or "20" && password[(at + 2)..(at + 4)].All(char.IsAsciiDigit) ? 4 : 0;

    private static int WordAt(string password, string meant, int at, IReadOnlyList<string> words) =>
        words.FirstOrDefault(word => IsAt(password, word, at) || IsAt(meant, word, at))?.Length ?? 0;

    private static bool IsAt(string text, string word, int at) => string.CompareOrdinal(text, at, word, 0, word.Length) == 0;

    // The letter that a digit or a sign is often put in place of.
    private static char Meant(char typed) => typed switch
    {
        '0' => 'o',
        '1' or '!' => 'i',
        '3' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '7' => 't',
        _ => typed,
    };

    // A letter that is neither, as Chinese has them, is a small one.
    private static int KindsIn(string password) =>
        (password.Any(char.IsUpper) ? 1 : 0) + (password.Any(c => char.IsLetter(c) && !char.IsUpper(c)) ? 1 : 0) + (password.Any(char.IsDigit) ? 1 : 0) + (password.Any(c => !char.IsLetterOrDigit(c)) ? 1 : 0);

    /// <summary>What a city asks of passwords beyond that. Section <c>GridCases:Passwords</c>.</summary>
    public sealed class Settings
    {
        /// <summary>Fewest characters; below <see cref="ShortestMinimum"/> it is that.</summary>
        public int MinimumLength { get; set; } = ShortestMinimum;

        /// <summary>How many of capital letters, small letters, digits and signs there have to be.</summary>
        public int Kinds { get; set; } = 1;

        /// <summary>Words that everybody there would try first: the city, the office.</summary>
        public string[] Words { get; set; } = [];
    }
}
