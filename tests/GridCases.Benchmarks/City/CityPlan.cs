using GridCases.Domain;

namespace GridCases.Benchmarks.City;

/// <summary>
/// Which units there are. Children of a unit are numbered from 1 without gaps and spread evenly, so that the demo's few units are the first of their parents
/// and every place of the demo has its like everywhere in the city.
/// </summary>
public sealed class CityPlan
{
    private const string City = "9901";

    // The demo has this many children below every unit; lives that were lived there must find as many everywhere.
    private const int ChildrenInTheDemo = 3;

    private static readonly UnitLevel[] Levels = Enum.GetValues<UnitLevel>();
    private readonly Dictionary<string, int> _children = [];
    private readonly List<string>[] _codes;

    /// <summary>A city of so many units of each level.</summary>
    public CityPlan(int districts, int townships, int villages, int grids)
    {
        _codes = [[City], [], [], [], []];
        int[] totals = [1, districts, townships, villages, grids];
        for (var level = 1; level < Levels.Length; level++)
        {
            var parents = _codes[level - 1];
            for (var i = 0; i < parents.Count; i++)
            {
                var children = (totals[level] / parents.Count) + (i < totals[level] % parents.Count ? 1 : 0);
                if (level > 1 && children < ChildrenInTheDemo)
                    throw new ArgumentException($"Every unit needs {ChildrenInTheDemo} units below it.", nameof(grids));
                _children.Add(parents[i], children);
                _codes[level].AddRange(Enumerable.Range(1, children).Select(n => Child(parents[i], n)));
            }
        }
    }

    /// <summary>The city of the benchmarks.</summary>
    public static CityPlan Whole { get; } = new(12, 175, 2_127, 13_676);

    /// <summary>All grids, by code.</summary>
    public IReadOnlyList<string> Grids => _codes[^1];

    /// <summary>All units but the city itself, parents first.</summary>
    public IEnumerable<string> Units => _codes.Skip(1).SelectMany(codes => codes);

    /// <summary>
    /// Where a unit of a life that was lived around one grid lies when it is lived around another: what contains the grid there contains it here,
    /// and a neighbour stays a neighbour.
    /// </summary>
    public string Moved(string code, string from, string to)
    {
        var moved = City;
        for (var level = 1; level < Levels.Length && code.Length >= (int)Levels[level]; level++)
        {
            var (start, end) = ((int)Levels[level - 1], (int)Levels[level]);
            var number = int.Parse(code.AsSpan(start, end - start));
            if (code.AsSpan(0, start).SequenceEqual(from.AsSpan(0, start)))
                number = 1 + Modulo(number - int.Parse(from.AsSpan(start, end - start)) + int.Parse(to.AsSpan(start, end - start)) - 1, _children[moved]);
            moved = Child(moved, number);
        }

        return moved;
    }

    /// <summary>A unit's name.</summary>
    public static string NameOf(string code)
    {
        const string first = "桂柳云望青梨竹松荷兰石金龙凤白清溪平安和永福德长春新东西南北", second = "香塘锦湖禾溪园桥湾坡泉岭坪庄河台田坝港井";
        var number = int.Parse(code[^3..]);
        var random = new Random(int.Parse(code.AsSpan(4)[..Math.Min(8, code.Length - 4)]) + code.Length);
        var word = $"{first[random.Next(first.Length)]}{second[random.Next(second.Length)]}";
        return new UnitCode(code).Level switch
        {
            UnitLevel.City or UnitLevel.District => $"{word}区",
            UnitLevel.Township => number % 3 == 0 ? $"{word}街道" : $"{word}镇",
            UnitLevel.Village => number % 3 == 0 ? $"{word}社区" : $"{word}村",
            UnitLevel.Grid => $"{NameOf(code[..12])}第{number}网格",
        };
    }

    private static string Child(string parent, int number) => parent + (parent.Length == City.Length ? $"{number:00}" : $"{number:000}");

    private static int Modulo(int value, int by) => ((value % by) + by) % by;
}
