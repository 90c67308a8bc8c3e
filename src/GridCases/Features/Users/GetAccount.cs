using GridCases.Data;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;

namespace GridCases.Features.Users;

/// <summary>What is kept of the caller and is the caller's own to change.</summary>
public static class GetAccount
{
    [AllowedToSignedIn]
    public sealed record Query : IQuery<Result>;

    /// <summary>The account.</summary>
    /// <param name="Phone">In full, since it is one's own.</param>
    /// <param name="Language">zh-CN or en; null while nothing was chosen.</param>
    /// <param name="LargeType">Whether letters are larger.</param>
    /// <param name="Quiet">When nothing is to beckon; null for never.</param>
    public sealed record Result(string? Phone, string? Language, bool LargeType, QuietHours? Quiet);

    internal sealed class Handler(Db db, Caller caller, PersonalData personal) : IRequestHandler<Query, Result>
    {
        private static readonly Sql Find = new("SELECT [PhoneCipher], [Language], [LargeType] FROM [AppUser] WHERE [Id] = @UserId");

        public async Task<Result> Handle(Query request, CancellationToken cancellationToken)
        {
            var row = await db.QuerySingleAsync<Row>(Find, new { caller.UserId }, cancellationToken);
            return new Result(personal.Reveal(row.PhoneCipher), row.Language, row.LargeType, caller.Quiet);
        }

        private sealed class Row
        {
            public string? PhoneCipher { get; init; }
            public string? Language { get; init; }
            public bool LargeType { get; init; }
        }
    }
}
