using System.Reflection;
using System.Text.RegularExpressions;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Escalations;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Tests.Architecture;

/// <summary>The walls that the compiler does not keep by itself.</summary>
public partial class ArchitectureTests
{
    private static readonly Assembly Rules = typeof(Case).Assembly;
    private static readonly Assembly Core = typeof(Setup).Assembly;
    private static readonly string[] EmptySuffixes = ["Dto", "Vm", "ViewModel", "Manager", "Helper", "Service", "Util", "Utils"];

    private static Type[] Messages => [.. Core.GetTypes().Where(t => t is { IsAbstract: false, IsInterface: false } && t.IsAssignableTo(typeof(IBaseRequest)))];

    [Test]
    public void The_domain_knows_nothing_but_the_framework() =>
        Assert.That(Rules.GetReferencedAssemblies().Select(a => a.Name), Is.All.Matches<string>(name => name.StartsWith("System.", StringComparison.Ordinal)));

    [Test]
    public void The_use_cases_know_no_web_and_no_job_engine()
    {
        var known = Core.GetReferencedAssemblies().Select(a => a.Name!).ToList();
        Assert.That(known, Does.Contain("MediatR"), "the list is read at all");
        Assert.That(known.Where(n => n.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || n.StartsWith("Hangfire", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Every_message_is_a_command_or_a_query_since_a_bare_request_slips_past_the_behaviors()
    {
        Assert.That(Messages, Has.Length.GreaterThan(50));
        Assert.That(Messages.Where(m => !Implements(m, typeof(ICommand<>)) && !Implements(m, typeof(IQuery<>))), Is.Empty);
    }

    [Test]
    public void Every_message_says_who_may_send_it() =>
        Assert.That(Messages.Where(m => !m.GetCustomAttributes<AllowedAttribute>(inherit: true).Any()), Is.Empty);

    [Test]
    public void Only_signing_in_and_out_and_the_change_itself_go_before_a_change_of_password() =>
        Assert.That(Messages.Where(m => m.IsDefined(typeof(BeforePasswordChangeAttribute))).Select(m => m.DeclaringType!.Name), Is.EquivalentTo(new[] { "SignIn", "SignOn", "Refresh", "SignOut", "ChangePassword" }));

    [Test]
    public void Every_message_has_one_handler_in_the_same_file_unless_the_case_alone_decides()
    {
        var actions = Messages.Where(m => m.IsAssignableTo(typeof(CaseActionCommand)) || m.IsAssignableTo(typeof(EscalationActionCommand))).ToList();
        Assert.That(actions, Has.Count.GreaterThan(30), "actions are found at all");
        var handlers = Core.GetTypes()
            .SelectMany(t => t.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequestHandler<,>)).Select(i => (Message: i.GetGenericArguments()[0], Handler: t)))
            .ToLookup(h => h.Message, h => h.Handler);
        Assert.That(Messages.Except(actions).Where(m => handlers[m].Count() != 1 || handlers[m].Single().DeclaringType != m.DeclaringType), Is.Empty);
        Assert.That(actions.Where(m => handlers[m].Any()), Is.Empty, "these have the handler they share");
    }

    [Test]
    public void Every_action_of_the_domain_is_a_command_or_stands_in_the_escalation_queue()
    {
        var sent = Messages.Select(m => m.GetCustomAttribute<CaseActionAttribute>()?.Action).OfType<CaseAction>().ToList();
        Assert.That(sent, Is.Unique);
        Assert.That(Enum.GetValues<CaseAction>().Except(sent), Is.EqualTo(new[] { CaseAction.Redirect }), "redirecting is the queue's reassign");
    }

    /// <summary>A slice names another by its namespace, in a using or in front of a type: the sources say which slices know which.</summary>
    [Test]
    public void Slices_depend_only_downwards()
    {
        var features = Path.Combine(Repository.Root, "src", "GridCases", "Features");
        var slices = Directory.GetDirectories(features).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal).ToList();
        var knows = slices.ToDictionary(slice => slice, slice => Directory.EnumerateFiles(Path.Combine(features, slice), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => SliceName().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value))
            .Where(other => other != slice && slices.Contains(other)).Distinct().ToList());
        Assert.That(knows["Escalations"], Does.Contain("Cases"), "what slices know is found at all");

        // Slices that know none but those taken away already are taken away; in a circle nobody goes first.
        var left = slices.ToHashSet();
        while (left.RemoveWhere(slice => !knows[slice].Exists(left.Contains)) > 0)
        {
        }

        Assert.That(left.Select(slice => $"{slice} knows {string.Join(", ", knows[slice].Where(left.Contains))}"), Is.Empty);
    }

    [Test]
    public void Names_say_what_a_thing_is()
    {
        var types = Rules.GetTypes().Concat(Core.GetTypes()).Where(t => t.FullName!.StartsWith("GridCases.", StringComparison.Ordinal)).ToList();
        Assert.That(types, Has.Count.GreaterThan(200));
        Assert.That(types.Where(t => EmptySuffixes.Any(s => t.Name.EndsWith(s, StringComparison.Ordinal))), Is.Empty);
    }

    /// <summary>People's Mediation Law art. 4.</summary>
    [Test]
    public void Mediation_is_free_of_charge_so_nothing_holds_a_fee()
    {
        var properties = Rules.GetTypes().Concat(Core.GetTypes()).SelectMany(t => t.GetProperties()).Select(p => p.Name).ToHashSet();
        Assert.That(properties, Does.Contain("AmountInDispute"), "properties are read at all");
        Assert.That(properties.Where(p => p.EndsWith("Fee", StringComparison.Ordinal) || p.EndsWith("Fees", StringComparison.Ordinal) || p.Contains("Charge", StringComparison.Ordinal)), Is.Empty);
    }

    [GeneratedRegex(@"\b(?:GridCases\.)?Features\.(\w+)")]
    private static partial Regex SliceName();

    private static bool Implements(Type type, Type contract) =>
        type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == contract);
}
