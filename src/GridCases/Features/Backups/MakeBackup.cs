using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Backups;

/// <summary>Backs up database and attachments into a new folder, for the operator at the server.</summary>
public static class MakeBackup
{
    /// <summary>The message.</summary>
    /// <param name="Folder">The folder, which is not there or empty.</param>
    /// <param name="WithKeys">Whether the keys go with it.</param>
    [AllowedToSystem, OwnTransactions]
    public sealed record Command(string Folder, bool WithKeys) : ICommand<BackupManifest>
    {
        /// <summary>Is told in words how far it is.</summary>
        public IProgress<string>? Progress { get; init; }
    }

    internal sealed class Handler(BackupWriter writer) : IRequestHandler<Command, BackupManifest>
    {
        public Task<BackupManifest> Handle(Command command, CancellationToken cancellationToken) =>
            writer.WriteAsync(command.Folder, command.WithKeys, command.Progress, cancellationToken);
    }
}
