using System.Reflection;
using Microsoft.Data.SqlClient;

namespace GridCases.Tests.Data;

/// <summary>The driver finds at run time what it was compiled against. Told without a server: otherwise the first parameter sent to one would tell it.</summary>
public sealed class SqlServerDriverTests
{
    private static readonly string Framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    [Test]
    public void Every_assembly_that_the_driver_may_load_can_be_loaded()
    {
        var seen = new HashSet<string>();
        var missing = new List<string>();
        Walk(typeof(SqlConnection).Assembly);

        Assert.That(seen, Does.Contain("Microsoft.SqlServer.Server"), "the references are read at all");
        Assert.That(missing, Is.Empty);

        void Walk(Assembly assembly)
        {
            foreach (var reference in assembly.GetReferencedAssemblies().Where(r => seen.Add(r.Name!)))
            {
                try
                {
                    var loaded = Assembly.Load(reference);
                    if (Path.GetDirectoryName(loaded.Location) != Framework)
                        Walk(loaded);
                }
                catch (IOException)
                {
                    missing.Add($"{reference} (wanted by {assembly.GetName().Name})");
                }
            }
        }
    }
}
