using GridCases.Benchmarks;
using GridCases.Benchmarks.City;
using GridCases.Benchmarks.Measuring;

var options = Options.Parse(args);
var report = new Report(options.Report);
if (options.Import)
{
    await new Importing(options.Web, Path.Combine(options.Cities, "import"), report).RunAsync();
    return;
}

if (options.SignIn)
{
    await new SignInLoops(options.Web, Path.Combine(options.Cities, "sign-in"), report).RunAsync();
    return;
}

foreach (var size in options.Sizes)
{
    var city = Path.Combine(options.Cities, $"{size}");
    var now = await CityMaker.MakeAsync(city, CityPlan.Whole, size, Console.Error);
    if (options.OnlyMake)
        continue;

    // Measuring changes a city; it is done on a copy that is thrown away, so that the next run finds the same one.
    using var copy = new CityCopy(city, Path.Combine(options.Cities, "measured"));
    await new Measures(options.Web, copy.Folder, size, CityPlan.Whole, now, report).RunAsync();
}
