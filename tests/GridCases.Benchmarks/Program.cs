using GridCases.Benchmarks.City;

await CityMaker.MakeAsync(args[0], CityPlan.Whole, int.Parse(args[1]), Console.Error);
