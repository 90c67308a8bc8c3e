using GridCases.Data;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Users;

/// <summary>大字: the caller's size of letters, remembered for whichever device comes next.</summary>
public static class ChooseLetterSize
{
    /// <param name="Large">Whether letters are to be larger.</param>
    [AllowedToSignedIn]
    public sealed record Command(bool Large) : ICommand<bool>;

    internal sealed class Handler(Db db, Caller caller) : IRequestHandler<Command, bool>
    {
        private static readonly Sql Save = new("UPDATE [AppUser] SET [LargeType] = @Large WHERE [Id] = @UserId");

        public async Task<bool> Handle(Command request, CancellationToken cancellationToken) =>
            await db.ExecuteAsync(Save, new { request.Large, caller.UserId }, cancellationToken) == 1;
    }
}
