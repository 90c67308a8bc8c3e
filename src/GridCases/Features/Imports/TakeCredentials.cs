using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Users;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;

namespace GridCases.Features.Imports;

/// <summary>
/// The temporary passwords of the users that an import made. They can be fetched once: what they were made of is deleted with it. Whoever has chosen a password
/// meanwhile is not on the list.
/// </summary>
public static class TakeCredentials
{
    [AllowedTo(Role.Administrator), AnswerNotKept]
    public sealed record Command(Guid Id) : ICommand<Result>;

    /// <summary>Those who have not chosen a password of their own, by unit and name.</summary>
    public sealed record Result(IReadOnlyList<Credential> Credentials);

    /// <summary>What somebody signs in with the first time.</summary>
    /// <param name="UserName">Name to sign in with.</param>
    /// <param name="DisplayName">Whose it is.</param>
    /// <param name="UnitCode">The highest unit of the roles, to find the person by; null for somebody without a role.</param>
    /// <param name="UnitName">Its name.</param>
    /// <param name="TemporaryPassword">The password, told once.</param>
    public sealed record Credential(string UserName, string DisplayName, UnitCode? UnitCode, string? UnitName, string TemporaryPassword);

    internal sealed class Handler(Db db, Caller caller, PersonalData personal, ReadAudit audit, TimeProvider time) : IRequestHandler<Command, Result>
    {
        private static readonly Sql Find = new("SELECT i.* FROM CityImport i WHERE i.Id = @Id AND i.UserId = @UserId");
        private static readonly Sql Take = new("UPDATE CityImport SET SecretCipher = NULL, CredentialsTakenAt = @now WHERE Id = @Id AND SecretCipher = @SecretCipher");
        private static readonly Sql Forget = new("DELETE FROM ImportUser WHERE ImportId = @Id");

        private static readonly Sql FindUsers = new("""
            SELECT u.Id, u.UserName, u.DisplayName, n.Code AS UnitCode, n.Name AS UnitName
            FROM ImportUser i
            JOIN AppUser u ON u.Id = i.UserId
            LEFT JOIN (SELECT UserId, MIN(UnitCode) AS UnitCode FROM RoleAssignment GROUP BY UserId) r ON r.UserId = u.Id
            LEFT JOIN Unit n ON n.Code = r.UnitCode
            WHERE i.ImportId = @Id AND u.PasswordChangeRequired = 1 AND u.DeactivatedAt IS NULL
            ORDER BY n.Code, u.UserName
            """);

        public async Task<Result> Handle(Command command, CancellationToken cancellationToken)
        {
            var import = await db.QuerySingleOrDefaultAsync<CityImportRow>(Find, new { command.Id, caller.UserId }, cancellationToken) ?? throw new NotFound($"import {command.Id}");
            if (import.CredentialsTakenAt is not null)
                throw new Gone(Gone.CredentialsTaken);
            if (import.SecretCipher is null)
                throw new NotFound($"credentials of import {command.Id}");
            if (await db.ExecuteAsync(Take, new { import.Id, import.SecretCipher, now = time.GetUtcNow() }, cancellationToken) == 0)
                throw new Gone(Gone.CredentialsTaken);

            var secret = Convert.FromBase64String(personal.Reveal(import.SecretCipher)!);
            var users = await db.QueryAsync<Row>(FindUsers, new { import.Id }, cancellationToken);
            await db.ExecuteAsync(Forget, new { import.Id }, cancellationToken);
            await audit.ExportedAsync(ReadKind.TakeCredentials, users.Count, cancellationToken);
            return new Result([.. users.Select(u => new Credential(u.UserName, u.DisplayName, u.UnitCode, u.UnitName, Passwords.TemporaryFrom(secret, u.Id)))]);
        }

        private sealed class Row
        {
            public Guid Id { get; init; }
            public string UserName { get; init; } = "";
            public string DisplayName { get; init; } = "";
            public UnitCode? UnitCode { get; init; }
            public string? UnitName { get; init; }
        }
    }
}
