using System.Text.Json;
using System.Web;
using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Users;
using GridCases.Pipeline;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Views;

/// <summary>Keeps a search under a name, for oneself or for everybody who serves in one's unit. Each still finds only what each sees.</summary>
public static class SaveView
{
    /// <summary>As many as one user keeps.</summary>
    public const int Most = 50;

    /// <summary>Longest name, in characters.</summary>
    public const int LongestName = 40;

    private const int LongestQuery = 1000;

    private static readonly HashSet<string> Conditions =
    [
        .. typeof(CaseListFilter).GetProperties().Where(p => p.CanWrite && !p.IsDefined(typeof(NeverInAddressAttribute), inherit: true)).Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name)),
    ];

    [AllowedToSignedIn]
    public sealed record Command : ICommand<Result>
    {
        /// <summary>What it is to be called.</summary>
        public string Name { get; init; } = "";

        /// <summary>The conditions, as an address has them. A phone or an ID number cannot be one.</summary>
        public string Query { get; init; } = "";

        /// <summary>For whose people, one of the caller's units; null for oneself.</summary>
        public UnitCode? Unit { get; init; }
    }

    /// <summary>The kept search.</summary>
    public sealed record Result(Guid Id, string Name, string Query, UnitCode? UnitCode);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Name).RequiredText(LongestName);
            RuleFor(c => c.Query).RequiredText(LongestQuery);
            RuleFor(c => c.Query).Must(IsSearch).WithMessage(_ => Text.Field("NotASearch")).When(c => c.Query.Length is > 0 and <= LongestQuery);
        }

        private static bool IsSearch(string query)
        {
            var asked = HttpUtility.ParseQueryString(query);
            return asked.Count > 0 && asked.AllKeys.All(name => name is not null && Conditions.Contains(name)) && !new ListCases.Query { Q = asked["q"] }.HasPersonalNumber();
        }
    }

    internal sealed class Handler(Db db, Caller caller, TimeProvider time) : IRequestHandler<Command, Result>
    {
        private static readonly Sql Count = new("SELECT COUNT(*) FROM SavedView WHERE OwnerId = @UserId");
        private static readonly Sql Insert = new("INSERT INTO SavedView (Id, OwnerId, UnitCode, Name, Query, CreatedAt) VALUES (@Id, @UserId, @UnitCode, @Name, @Query, @now)");

        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            if (request.Unit is { } unit && !ViewAccess.Units(caller).Contains(unit))
                throw new InvalidInput("unit", Text.Field("NotYourUnit"));

            // Of two at once the second counts what the first has written.
            await UserRow.HoldAsync(db, caller.UserId, cancellationToken);
            if (await db.QuerySingleAsync<int>(Count, new { caller.UserId }, cancellationToken) >= Most)
                throw new InvalidInput("name", Text.Field("TooManyViews", Most));

            var now = time.GetUtcNow().TruncatedToMilliseconds();
            var saved = new Result(Guid.CreateVersion7(now), request.Name.Trim(), request.Query, request.Unit);
            await db.ExecuteAsync(Insert, new { saved.Id, caller.UserId, saved.UnitCode, saved.Name, saved.Query, now }, cancellationToken);
            return saved;
        }
    }
}
