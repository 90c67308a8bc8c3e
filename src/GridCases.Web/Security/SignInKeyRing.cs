using System.Xml;
using System.Xml.Linq;
using GridCases.Security;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace GridCases.Web.Security;

/// <summary>
/// The framework's key ring in the database. What an earlier version of the program, or the setting, kept in the folder comes along, so that nobody has to sign in anew.
/// </summary>
/// <remarks>
/// Two servers that see the same ring expire, or none at all, both make a key. Only the first one counts: the other server drops its own and, since the framework reads the ring
/// again after it has made a key, goes on with the first one's. Otherwise each would refuse what the other signs until it reads the ring again, a day later.
/// </remarks>
internal sealed partial class SignInKeyRing(SignInKeys keys, string folder, ILogger<SignInKeyRing> logger) : IXmlRepository
{
    private readonly Lock _lock = new();
    private bool _hasMoved;
    private int _last;

    // The framework asks here from threads that may wait; it knows no other way.
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        lock (_lock)
        {
            if (!_hasMoved)
                Move();
            _hasMoved = true;
            return [.. Read().Select(k => k.Xml).OfType<string>().Select(XElement.Parse)];
        }
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        lock (_lock)
        {
            if (!Add(friendlyName, element))
                AnotherServersKey();
        }
    }

    private IReadOnlyList<SignInKeys.Entry> Read()
    {
        (_last, var known) = keys.ReadAsync(CancellationToken.None).GetAwaiter().GetResult();
        return known;
    }

    private bool Add(string name, XElement key)
    {
        var entry = new SignInKeys.Entry(name, key.ToString(SaveOptions.DisableFormatting));
        return keys.AddAsync(_last + 1, entry, CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <summary>Takes over the keys that lie in the folder and are not here. They stay there, for a step back to the version that reads them.</summary>
    private void Move()
    {
        var moved = 0;
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.xml").Order(StringComparer.Ordinal) : Enumerable.Empty<string>())
        {
            try
            {
                var (name, key) = (Path.GetFileNameWithoutExtension(file), XElement.Load(file));
                // Another server may be moving its own: what is there already is passed, a number that is taken is followed by the next.
                while (Read().All(k => k.Name != name))
                    moved += Add(name, key) ? 1 : 0;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or XmlException)
            {
                Left(file, e.GetType().Name);
            }
        }

        if (moved > 0)
            Moved(moved, folder);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} sign-in keys of {Folder} are in the database now; the folder may be deleted once every server runs this version")]
    private partial void Moved(int count, string folder);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sign-in key {File} was not taken into the database: {Error}")]
    private partial void Left(string file, string error);

    [LoggerMessage(Level = LogLevel.Information, Message = "Another server has made a sign-in key at the same time; this one uses it, too")]
    private partial void AnotherServersKey();
}
