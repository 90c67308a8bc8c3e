using System.Buffers.Text;
using System.Text;
using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.People;

/// <summary>The users who hold or held a role in the administrator's subtree, with all their roles there, past ones too; by user name. Phones are masked.</summary>
public static class ListUsers
{
    [AllowedTo(Domain.Role.Administrator)]
    public sealed record Query : IQuery<Page<UserView>>, IUnitMessage
    {
        /// <summary>Only those who hold or held a role in this unit or below.</summary>
        public UnitCode? Unit { get; init; }

        /// <summary>Part of a user name or of the name others read.</summary>
        public string? Q { get; init; }

        /// <summary>Only those who hold or held this role.</summary>
        public Role? Role { get; init; }

        /// <summary>Where the previous page ended.</summary>
        public string? Cursor { get; init; }

        /// <summary>At most so many, up to 200.</summary>
        public int Limit { get; init; } = 50;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Limit).InclusiveBetween(1, 200);
            RuleFor(q => q.Q).MaximumLength(100);
            RuleFor(q => q.Cursor).Must(cursor => TryRead(cursor, out _)).WithMessage(_ => Text.Field("BadCursor"));
        }
    }

    internal sealed class Handler(Db db, Caller caller, PersonalData personal, TimeProvider time) : IRequestHandler<Query, Page<UserView>>
    {
        private const string Mine = """
            EXISTS (SELECT 1 FROM [RoleAssignment] a WHERE a.[UserId] = @userId AND a.[Role] = 'Administrator' AND a.[FromDate] <= @today
                AND (a.[ToDate] IS NULL OR a.[ToDate] >= @today) AND r.[UnitCode] >= a.[UnitCode] AND r.[UnitCode] < a.[UnitEnd])
            """;

        private static readonly Sql FindUsers = new($$"""
            SELECT u.[Id], u.[UserName], u.[NameKey], u.[DisplayName], u.[PhoneCipher], u.[PasswordChangeRequired], u.[DeactivatedAt]
            FROM [AppUser] u
            WHERE (@after IS NULL OR u.[NameKey] > @after)
              AND (@like IS NULL OR u.[UserName] LIKE @like ESCAPE '!' OR u.[DisplayName] LIKE @like ESCAPE '!')
              AND EXISTS (SELECT 1 FROM [RoleAssignment] r WHERE r.[UserId] = u.[Id] AND (@Role IS NULL OR r.[Role] = @Role)
                AND (@Unit IS NULL OR (r.[UnitCode] >= @Unit AND r.[UnitCode] < @UnitEnd)) AND {{Mine}})
            ORDER BY u.[NameKey] {page}
            """);

        private static readonly Sql FindRoles = new($"{UserRecords.SelectRoles} WHERE r.UserId IN {{list ids}} ORDER BY r.FromDate DESC, r.UnitCode, r.Role, r.Id");

        public async Task<Page<UserView>> Handle(Query request, CancellationToken cancellationToken)
        {
            var today = LocalTime.Day(time.GetUtcNow());
            _ = TryRead(request.Cursor, out var after);
            var found = await db.QueryAsync<UserRecord>(
                FindUsers, new { after, request.Role, request.Unit, like = Sql.Containing(request.Q), caller.UserId, today, limit = request.Limit + 1 }, cancellationToken);
            var shown = found.Take(request.Limit).ToList();
            var roles = (await db.QueryAsync<HeldRole>(FindRoles, new { ids = shown.Select(u => u.Id) }, cancellationToken)).ToLookup(r => r.UserId);
            return new(
                [.. shown.Select(u => (u with { Roles = [.. roles[u.Id].Select(r => r.On(today))] }).ViewFor(caller, personal, inFull: false))],
                found.Count > request.Limit ? Write(shown[^1].NameKey) : null);
        }
    }

    private static string Write(string nameKey) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(nameKey));

    private static bool TryRead(string? cursor, out string? nameKey)
    {
        nameKey = null;
        if (string.IsNullOrEmpty(cursor))
            return true;
        if (cursor.Length > 1000 || !Base64Url.IsValid(cursor))
            return false;
        nameKey = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        return nameKey.Length > 0 && !nameKey.Contains('\0', StringComparison.Ordinal);
    }
}
