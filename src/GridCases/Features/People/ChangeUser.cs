using FluentValidation;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;

namespace GridCases.Features.People;

/// <summary>Corrects how a user is called and reached. What is left out stays; an empty phone takes it away.</summary>
public static class ChangeUser
{
    [AllowedTo(Role.Administrator)]
    public sealed record Command : ICommand<UserView>, IUserMessage
    {
        /// <summary>The user, from the address.</summary>
        public string? UserName { get; init; }

        /// <summary>Name others read.</summary>
        public string? DisplayName { get; init; }

        public string? Phone { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.DisplayName).NotEmpty().When(c => c.DisplayName is not null);
            RuleFor(c => c.DisplayName).PersonName();
            RuleFor(c => c.Phone).Phone();
        }
    }

    internal sealed class Handler(Db db, UserRecords users, Caller caller, PersonalData personal, ReadAudit audit) : IRequestHandler<Command, UserView>
    {
        private static readonly Sql Change = new("UPDATE AppUser SET DisplayName = @displayName, PhoneCipher = @phone WHERE Id = @Id");

        public async Task<UserView> Handle(Command request, CancellationToken cancellationToken)
        {
            var user = await users.HoldAsync(request.UserName!, cancellationToken);
            user.DemandAccountOf(caller);
            var displayName = request.DisplayName?.Trim() ?? user.DisplayName;
            var phoneChanged = request.Phone is { } phone && phone.Trim() != (personal.Reveal(user.PhoneCipher) ?? "");
            if (displayName != user.DisplayName || phoneChanged)
            {
                await db.ExecuteAsync(Change, new { user.Id, displayName, phone = phoneChanged ? personal.Protect(request.Phone!.Trim()) : user.PhoneCipher }, cancellationToken);
                await audit.ChangedAsync(nameof(ChangeUser), user.UnitUnder(caller), user.UserName, new { user.DisplayName }, new { displayName, phoneChanged }, cancellationToken);
            }

            return await users.ViewAsync(user.UserName, cancellationToken);
        }
    }
}
