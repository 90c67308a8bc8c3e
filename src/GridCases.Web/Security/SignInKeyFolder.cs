using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace GridCases.Web.Security;

/// <summary>
/// The folder of the sign-in keys. A file in it that cannot be read is passed over and named, in the log and by readiness: the framework's own repository would
/// refuse every sign-in because of it, although the key beside it is good.
/// </summary>
internal sealed partial class SignInKeyFolder(DirectoryInfo folder, ILoggerFactory loggers) : FileSystemXmlRepository(folder, loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger<SignInKeyFolder>();

    public override IReadOnlyCollection<XElement> GetAllElements() => [.. Read().Select(file => file.Content).OfType<XElement>()];

    /// <summary>Names of the files that are no keys any more.</summary>
    public IReadOnlyList<string> FindUnreadable() => [.. Read().Where(file => file.Content is null).Select(file => file.Name)];

    /// <summary>Whether a new key could be put there.</summary>
    public bool IsWritable()
    {
        try
        {
            using var probe = new FileStream(
                Path.Combine(Directory.FullName, $".{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            probe.WriteByte(0);
            probe.Flush(flushToDisk: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private IEnumerable<(string Name, XElement? Content)> Read()
    {
        Directory.Create();
        foreach (var file in Directory.EnumerateFiles("*.xml").OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            XElement? content = null;
            try
            {
                using var stream = file.OpenRead();
                content = XElement.Load(stream);
            }
            catch (Exception e) when (e is XmlException or IOException or UnauthorizedAccessException)
            {
                PassedOver(file.Name, e.GetType().Name);
            }

            yield return (file.Name, content);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sign-in key {File} cannot be read ({Error}) and is passed over: whoever signed in under it signs in again. Restore it from the backup, or remove it.")]
    private partial void PassedOver(string file, string error);
}
