using FluentValidation;
using GridCases.Data;
using GridCases.Pipeline;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Users;

/// <summary>The caller's language, remembered for whichever device comes next.</summary>
public static class ChooseLanguage
{
    /// <param name="Language">zh-CN or en.</param>
    [AllowedToSignedIn]
    public sealed record Command(string Language) : ICommand<bool>;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Language).Must(l => l is Text.Chinese or Text.English).WithMessage(_ => Text.Field("NotAWord", $"{Text.Chinese}, {Text.English}"));
    }

    internal sealed class Handler(Db db, Caller caller) : IRequestHandler<Command, bool>
    {
        private static readonly Sql Save = new("UPDATE [AppUser] SET [Language] = @Language WHERE [Id] = @UserId");

        public async Task<bool> Handle(Command request, CancellationToken cancellationToken) =>
            await db.ExecuteAsync(Save, new { request.Language, caller.UserId }, cancellationToken) == 1;
    }
}
