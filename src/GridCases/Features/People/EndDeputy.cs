using System.Text.Json.Serialization;
using GridCases.Data;
using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Security;
using MediatR;

namespace GridCases.Features.People;

/// <summary>A deputy stands in no more, from now on: ended by either of the two, or by an administrator of the area.</summary>
public static class EndDeputy
{
    [AllowedToSignedIn]
    public sealed record Command : ICommand<AppointDeputy.Result>
    {
        /// <summary>Which, by the address.</summary>
        [JsonIgnore]
        public Guid Id { get; init; }
    }

    internal sealed class Handler(Db db, Caller caller, DeputyRoles roles, TimeProvider time, ReadAudit audit) : IRequestHandler<Command, AppointDeputy.Result>
    {
        private static readonly Sql Find = new("""
            SELECT d.Id, d.UserId, p.UserName, s.UserName AS Deputy, d.DeputyUserId, d.FromDate, d.ToDate
            FROM Deputy d JOIN AppUser p ON p.Id = d.UserId JOIN AppUser s ON s.Id = d.DeputyUserId WHERE d.Id = @Id
            """);

        private static readonly Sql End = new("UPDATE Deputy SET ToDate = @last WHERE Id = @Id AND ToDate > @last");
        private static readonly Sql EndRoles = new("UPDATE RoleAssignment SET ToDate = @last WHERE DeputyId = @Id AND ToDate > @last");

        public async Task<AppointDeputy.Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var known = await db.QuerySingleOrDefaultAsync<Row>(Find, request, cancellationToken) ?? throw new NotFound($"deputy {request.Id}");
            if (known.UserId != caller.UserId && known.DeputyUserId != caller.UserId)
                await AdministeredUsers.DemandAsync(db, known.UserName, caller, cancellationToken);

            // None is deleted: one that ends before it began was never held.
            var last = LocalTime.Day(time.GetUtcNow()).AddDays(-1);
            if (await db.ExecuteAsync(End, new { request.Id, last }, cancellationToken) == 1)
            {
                await db.ExecuteAsync(EndRoles, new { request.Id, last }, cancellationToken);
                await roles.KeepInStepAsync(known.UserId, cancellationToken);
                await audit.ChangedAsync(nameof(EndDeputy), null, known.UserName, new { deputy = known.Deputy, to = known.ToDate }, new { to = last }, cancellationToken);
            }

            return new AppointDeputy.Result(known.Id, known.UserName, known.Deputy, known.FromDate, known.ToDate > last ? last : known.ToDate);
        }

        private sealed class Row
        {
            public Guid Id { get; init; }
            public Guid UserId { get; init; }
            public string UserName { get; init; } = "";
            public string Deputy { get; init; } = "";
            public Guid DeputyUserId { get; init; }
            public DateOnly FromDate { get; init; }
            public DateOnly ToDate { get; init; }
        }
    }
}
