using System.Globalization;
using FluentValidation;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Tests.Pipeline;

public class ValidationTests : PipelineFixture
{
    public sealed record Party(string? Name, string? Phone);

    [AllowedToSignedIn]
    public sealed record Message : IQuery<string>
    {
        public string? Title { get; init; }

        public IReadOnlyList<Party> Parties { get; init; } = [];
    }

    public sealed class First : AbstractValidator<Message>
    {
        public First()
        {
            RuleFor(m => m.Title).NotEmpty().MinimumLength(3);
            RuleForEach(m => m.Parties).ChildRules(party => party.RuleFor(p => p.Name).NotEmpty());
        }
    }

    public sealed class Second : AbstractValidator<Message>
    {
        public Second()
        {
            RuleForEach(m => m.Parties).ChildRules(party => party.RuleFor(p => p.Phone).MaximumLength(3));
            RuleFor(m => m).Must(_ => false).WithMessage("as a whole");
        }
    }

    public sealed class Handler : IRequestHandler<Message, string>
    {
        public Task<string> Handle(Message request, CancellationToken cancellationToken) => throw new InvalidOperationException("must not be reached");
    }

    [Test]
    public void All_complaints_of_all_validators_are_collected_under_json_paths()
    {
        var refusal = Assert.ThrowsAsync<InvalidInput>(() => SendAsync(new Message { Title = "", Parties = [new("A", "12345"), new("", "12345")] }, Officer()))!;

        Assert.That(refusal.Errors.Keys, Is.EquivalentTo(new[] { "title", "parties[0].phone", "parties[1].name", "parties[1].phone", "$" }));
        Assert.That(refusal.Errors["title"], Has.Length.EqualTo(2));
        Assert.That(refusal.Errors["$"], Is.EqualTo(new[] { "as a whole" }));
    }

    [TestCase("zh-CN", "标题", "请填写")]
    [TestCase("en", "Title", "Please fill in")]
    [TestCase("zh-CN", "标题", "请填写")]
    public void Sentences_are_in_the_callers_language_and_name_the_field_as_people_do(string language, string name, string complaint)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);

        var refusal = Assert.ThrowsAsync<InvalidInput>(() => SendAsync(new Message(), Officer()))!;

        Assert.That(refusal.Errors["title"][0], Does.Contain(name).And.Contain(complaint));
    }
}
