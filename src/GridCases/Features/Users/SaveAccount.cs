using FluentValidation;
using GridCases.Data;
using GridCases.Pipeline;
using GridCases.Security;
using GridCases.Texts;
using MediatR;

namespace GridCases.Features.Users;

/// <summary>The caller changes what is one's own: phone, language, size of letters. The name is the administrator's, since papers bear it.</summary>
public static class SaveAccount
{
    [AllowedToSignedIn]
    public sealed record Command : ICommand<bool>
    {
        /// <summary>Phone; nothing takes it away.</summary>
        public string? Phone { get; init; }

        /// <summary>zh-CN or en.</summary>
        public string? Language { get; init; }

        /// <summary>Whether letters are to be larger.</summary>
        public bool LargeType { get; init; }

        /// <summary>The full hour from which the bell shows nothing, 0 to 23; null with <see cref="QuietTo"/> for never.</summary>
        public int? QuietFrom { get; init; }

        /// <summary>The full hour from which it shows again.</summary>
        public int? QuietTo { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Phone).Phone();
            RuleFor(c => c.QuietFrom).InclusiveBetween(0, 23);
            RuleFor(c => c.QuietTo).InclusiveBetween(0, 23);
            RuleFor(c => c.QuietTo).Must((c, to) => to is null == c.QuietFrom is null && (to is null || to != c.QuietFrom)).WithMessage(_ => Text.Field("QuietHours"));
            RuleFor(c => c.Language).Must(l => l is null or Text.Chinese or Text.English).WithMessage(_ => Text.Field("NotAWord", $"{Text.Chinese}, {Text.English}"));
        }
    }

    internal sealed class Handler(Db db, Caller caller, PersonalData personal, ReadAudit audit) : IRequestHandler<Command, bool>
    {
        private static readonly Sql FindPhone = new("SELECT [PhoneCipher] FROM [AppUser] WHERE [Id] = @UserId");

        private static readonly Sql Save = new(
            "UPDATE [AppUser] SET [PhoneCipher] = @PhoneCipher, [Language] = COALESCE(@Language, [Language]), [LargeType] = @LargeType, [QuietFrom] = @QuietFrom, [QuietTo] = @QuietTo WHERE [Id] = @UserId");

        public async Task<bool> Handle(Command request, CancellationToken cancellationToken)
        {
            // What an administrator, or another window, changes meanwhile is not put back to what was read before.
            await UserRow.HoldAsync(db, caller.UserId, cancellationToken);
            var phone = request.Phone?.Trim() is { Length: > 0 } typed ? typed : null;
            var cipher = await db.QuerySingleAsync<string?>(FindPhone, new { caller.UserId }, cancellationToken);
            var isChanged = phone != personal.Reveal(cipher);
            await db.ExecuteAsync(
                Save, new { PhoneCipher = isChanged ? personal.Protect(phone) : cipher, request.Language, request.LargeType, request.QuietFrom, request.QuietTo, caller.UserId }, cancellationToken);
            if (isChanged)
                await audit.ChangedAsync(nameof(SaveAccount), null, caller.UserName, null, new { Phone = "changed" }, cancellationToken);
            return true;
        }
    }
}
