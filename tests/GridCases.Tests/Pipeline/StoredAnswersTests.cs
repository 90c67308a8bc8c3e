using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GridCases.Pipeline;

namespace GridCases.Tests.Pipeline;

public class StoredAnswersTests
{
    [Test]
    public void The_answer_of_every_command_can_be_read_back_from_its_json()
    {
        var answers = typeof(Setup).Assembly.GetTypes()
            .Where(t => !t.IsAbstract)
            .SelectMany(t => t.GetInterfaces())
            .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICommand<>))
            .Select(i => i.GetGenericArguments()[0])
            .ToHashSet();
        Assert.That(answers, Has.Count.GreaterThan(3));

        var unreadable = new List<string>();
        var seen = new HashSet<Type>();
        foreach (var answer in answers)
            Look(answer, answer.FullName!);
        Assert.That(unreadable, Is.Empty);

        void Look(Type type, string path)
        {
            if (!seen.Add(type))
                return;
            var info = Json.Options.GetTypeInfo(type);
            try
            {
                JsonSerializer.Deserialize(info.Kind == JsonTypeInfoKind.Enumerable ? "[]" : "{}", info);
            }
            catch (JsonException)
            {
                // Members are missing; it is a type that can be made.
            }
            catch (NotSupportedException e)
            {
                unreadable.Add($"{path}: {e.Message}");
            }

            if (info.Kind == JsonTypeInfoKind.Object)
            {
                foreach (var property in info.Properties)
                {
                    // What is written but cannot be set would be lost.
                    if (property.Get is not null && property.Set is null && property.AssociatedParameter is null)
                        unreadable.Add($"{path}.{property.Name} cannot be set");
                    Look(property.PropertyType, $"{path}.{property.Name}");
                }
            }
            else if (info.ElementType is { } element)
            {
                Look(element, path + "[]");
            }
        }
    }
}
