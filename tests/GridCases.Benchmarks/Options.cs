using System.Globalization;

namespace GridCases.Benchmarks;

/// <summary>What is wanted.</summary>
/// <param name="Cities">Folder of the cities.</param>
/// <param name="Web">Folder to which the application was published.</param>
/// <param name="Report">File of the numbers.</param>
/// <param name="OnlyMake">Whether the cities are made but not measured.</param>
/// <param name="Import">Whether a city comes in by a workbook; nothing else is measured then.</param>
/// <param name="SignIn">Whether it is measured what signing in costs others; nothing else then.</param>
/// <param name="Sizes">How many cases each has.</param>
internal sealed record Options(string Cities, string Web, string Report, bool OnlyMake, bool Import, bool SignIn, IReadOnlyList<int> Sizes)
{
    private static readonly int[] AllSizes = [10_000, 100_000, 1_000_000];

    /// <summary><c>--cities C --web W --report R [--make | --import | --sign-in] [sizes]</c>, as scripts/bench calls it.</summary>
    public static Options Parse(string[] args)
    {
        var options = new Options("", "", "", false, false, false, []);
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--cities" => options with { Cities = Path.GetFullPath(args[++i]) },
                "--web" => options with { Web = Path.GetFullPath(args[++i]) },
                "--report" => options with { Report = Path.GetFullPath(args[++i]) },
                "--import" => options with { Import = true },
                "--sign-in" => options with { SignIn = true },
                "--make" => options with { OnlyMake = true },
                var size => options with { Sizes = [.. options.Sizes, int.Parse(size, CultureInfo.InvariantCulture)] },
            };
        }

        return options.Sizes.Count > 0 ? options : options with { Sizes = AllSizes };
    }
}
