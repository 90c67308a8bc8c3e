using GridCases.Data;

namespace GridCases.Features.Users;

/// <summary>The row of a user as the lock that what changes somebody waits for: two changes at once would each judge what the other has just changed.</summary>
internal static class UserRow
{
    private static readonly Sql Hold = new("UPDATE [AppUser] SET [DisplayName] = [DisplayName] WHERE [Id] = @userId");

    /// <summary>The same as the first of several statements.</summary>
    public static Write Holding(Guid userId) => new(Hold, new { userId });

    /// <summary>Until the transaction ends nobody else changes anything of the user's; what is read after it is as the one before has left it.</summary>
    public static Task HoldAsync(Db db, Guid userId, CancellationToken cancellationToken) => db.ExecuteAsync(Hold, new { userId }, cancellationToken);
}
