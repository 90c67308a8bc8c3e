using System.Reflection;
using FluentValidation;
using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Tests.Pipeline;

public class AuthorizationTests : PipelineFixture
{
    private static readonly Caller Administrator = User("admin", new RoleInUnit(Role.Administrator, new UnitCode("9901")));

    public sealed record Undeclared : IQuery<string>;

    [AllowedTo(Role.CentreOfficer, Role.Supervisor)]
    public sealed record ForOfficers : IQuery<string>;

    [AllowedToSignedIn]
    public sealed record ForSignedIn : IQuery<string>;

    [AllowedToSystem]
    public sealed record ForSystem : IQuery<string>;

    [AllowedToAnyone]
    public sealed record ForAnyone : IQuery<string>;

    [AllowedTo(Role.CentreOfficer)]
    public sealed record AboutUnit(UnitCode? Unit) : IQuery<string>, IUnitMessage;

    [AllowedTo(Role.CentreOfficer)]
    public sealed record Versioned(long? ExpectedVersion, string Text = "") : IQuery<string>, IVersionedMessage;

    [AllowedTo(Role.CentreOfficer)]
    public sealed record Guarded(string Text) : IQuery<string>;

    public sealed class Guard : IMessageGuard
    {
        public Task CheckAsync(object message, Caller caller, CancellationToken cancellationToken) =>
            CheckAsync(message.GetType(), Guid.Empty, caller, cancellationToken);

        public Task CheckAsync(Type message, Guid subject, Caller caller, CancellationToken cancellationToken) =>
            message == typeof(Guarded) ? throw new NotFound("what the guard looks for") : Task.CompletedTask;
    }

    public sealed class Validator : AbstractValidator<Guarded>
    {
        public Validator() => RuleFor(m => m.Text).NotEmpty();
    }

    public sealed class VersionedValidator : AbstractValidator<Versioned>
    {
        public VersionedValidator() => RuleFor(m => m.Text).NotEmpty();
    }

    public sealed class Handler :
        IRequestHandler<Undeclared, string>, IRequestHandler<ForOfficers, string>, IRequestHandler<ForSignedIn, string>, IRequestHandler<ForSystem, string>,
        IRequestHandler<ForAnyone, string>, IRequestHandler<AboutUnit, string>, IRequestHandler<Versioned, string>, IRequestHandler<Guarded, string>
    {
        public Task<string> Handle(Undeclared request, CancellationToken cancellationToken) => Task.FromResult("done");

        public Task<string> Handle(ForOfficers request, CancellationToken cancellationToken) => Task.FromResult("done");

        public Task<string> Handle(ForSignedIn request, CancellationToken cancellationToken) => Task.FromResult("done");

        public Task<string> Handle(ForSystem request, CancellationToken cancellationToken) => Task.FromResult("done");

        public Task<string> Handle(ForAnyone request, CancellationToken cancellationToken) => Task.FromResult("done");

        public Task<string> Handle(AboutUnit request, CancellationToken cancellationToken) => Task.FromResult("done");

        public Task<string> Handle(Versioned request, CancellationToken cancellationToken) => Task.FromResult("done");

        public Task<string> Handle(Guarded request, CancellationToken cancellationToken) => Task.FromResult("done");
    }

    [Test]
    public void Whoever_has_to_change_the_password_is_told_that_before_anything_else()
    {
        var newcomer = Administrator with { MustChangePassword = true };

        Assert.ThrowsAsync<PasswordChangeRequired>(() => SendAsync(new ForSignedIn(), newcomer));
        Assert.ThrowsAsync<PasswordChangeRequired>(() => SendAsync(new ForAnyone(), newcomer));
        Assert.ThrowsAsync<PasswordChangeRequired>(() => SendAsync(new ForOfficers(), newcomer));
        Assert.ThrowsAsync<PasswordChangeRequired>(() => SendAsync(new Versioned(null), newcomer));
        Assert.ThrowsAsync<PasswordChangeRequired>(() => SendAsync(new Undeclared(), newcomer));
    }

    [Test]
    public void A_message_that_declares_nobody_is_refused_for_everybody()
    {
        Assert.ThrowsAsync<AccessDenied>(() => SendAsync(new Undeclared(), Administrator));
        Assert.ThrowsAsync<AccessDenied>(() => SendAsync(new Undeclared(), Caller.System));
        Assert.ThrowsAsync<NotSignedIn>(() => SendAsync(new Undeclared(), Caller.Anonymous));
    }

    [Test]
    public async Task Any_of_the_declared_roles_is_enough_and_no_other_one_is()
    {
        Assert.That(await SendAsync(new ForOfficers(), Officer()), Is.EqualTo("done"));
        Assert.That(await SendAsync(new ForOfficers(), User("lead", new RoleInUnit(Role.Supervisor, Village))), Is.EqualTo("done"));
        Assert.ThrowsAsync<AccessDenied>(() => SendAsync(new ForOfficers(), Administrator));
        Assert.ThrowsAsync<AccessDenied>(() => SendAsync(new ForOfficers(), User("nobody")));
        Assert.ThrowsAsync<AccessDenied>(() => SendAsync(new ForOfficers(), Caller.System));
        Assert.ThrowsAsync<NotSignedIn>(() => SendAsync(new ForOfficers(), Caller.Anonymous));
    }

    [Test]
    public async Task Being_signed_in_being_the_system_and_being_anybody_are_different_things()
    {
        Assert.That(await SendAsync(new ForSignedIn(), User("nobody")), Is.EqualTo("done"));
        Assert.ThrowsAsync<NotSignedIn>(() => SendAsync(new ForSignedIn(), Caller.Anonymous));
        Assert.ThrowsAsync<AccessDenied>(() => SendAsync(new ForSignedIn(), Caller.System));
        Assert.That(await SendAsync(new ForSystem(), Caller.System), Is.EqualTo("done"));
        Assert.ThrowsAsync<AccessDenied>(() => SendAsync(new ForSystem(), Administrator));
        Assert.That(await SendAsync(new ForAnyone(), Caller.Anonymous), Is.EqualTo("done"));
    }

    [Test]
    public async Task A_unit_outside_of_the_roles_subtree_is_not_there()
    {
        var townOfficer = User("town", new RoleInUnit(Role.CentreOfficer, Township), new RoleInUnit(Role.Supervisor, OtherVillage));

        Assert.That(await SendAsync(new AboutUnit(Village), townOfficer), Is.EqualTo("done"));
        Assert.That(await SendAsync(new AboutUnit(null), townOfficer), Is.EqualTo("done"));
        Assert.ThrowsAsync<NotFound>(() => SendAsync(new AboutUnit(OtherVillage), townOfficer), "only another role is held there");
        Assert.ThrowsAsync<NotFound>(() => SendAsync(new AboutUnit(Township), Officer()), "above the caller's unit");
    }

    [Test]
    public void A_missing_version_comes_before_the_role_and_the_role_before_the_fields()
    {
        Assert.ThrowsAsync<MissingVersion>(() => SendAsync(new Versioned(null), Administrator));
        Assert.ThrowsAsync<AccessDenied>(() => SendAsync(new Versioned(1), Administrator));
        Assert.ThrowsAsync<InvalidInput>(() => SendAsync(new Versioned(1), Officer()));
    }

    [Test]
    public void A_guard_comes_after_the_role_and_before_the_fields()
    {
        Assert.ThrowsAsync<AccessDenied>(() => SendAsync(new Guarded(""), Administrator));
        Assert.ThrowsAsync<NotFound>(() => SendAsync(new Guarded(""), Officer()));
    }

    [Test]
    public void Every_message_of_the_application_declares_who_may_send_it_and_is_a_command_or_a_query()
    {
        var messages = typeof(Setup).Assembly.GetTypes()
            .Where(t => !t.IsAbstract && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequest<>)))
            .ToList();

        Assert.That(messages, Has.Count.GreaterThan(30));
        Assert.Multiple(() =>
        {
            foreach (var message in messages)
            {
                Assert.That(message.GetCustomAttributes<AllowedAttribute>(), Is.Not.Empty, $"{message} declares nobody");
                Assert.That(message.GetInterfaces().Where(i => i.IsGenericType).Select(i => i.GetGenericTypeDefinition()),
                    Has.Exactly(1).EqualTo(typeof(ICommand<>)).Or.Exactly(1).EqualTo(typeof(IQuery<>)), $"{message} is neither command nor query");
            }
        });
    }
}
