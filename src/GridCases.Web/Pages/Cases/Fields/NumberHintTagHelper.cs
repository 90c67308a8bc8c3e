using System.Net;
using System.Text.Json;
using GridCases.Domain;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace GridCases.Web.Pages.Cases.Fields;

/// <summary>
/// <c>number-hint="IdNumber"</c> on an input: what looks mistyped is said behind it, here for what was sent and by <c>hints.ts</c> as one types. A valid ID
/// number offers the birth date and the sex in it to the fields of the same party that are empty; without script a button sends the form for that.
/// </summary>
[HtmlTargetElement("input", Attributes = "number-hint", TagStructure = TagStructure.WithoutEndTag)]
public sealed class NumberHintTagHelper(TimeProvider time) : TagHelper
{
    /// <summary>What kind of number it is; null for an input of another kind.</summary>
    public NumberField? NumberHint { get; set; }

    /// <summary>Whether the party is an organisation: its number is no person's.</summary>
    public bool NumberOfOrganisation { get; set; }

    /// <summary>Value of the button <c>fillParty</c> where the form's page fills what is empty; empty where it does not, or where nothing is.</summary>
    public string NumberFills { get; set; } = "";

    /// <summary>Behind the sentences on what was refused.</summary>
    public override int Order => 1;

    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (NumberHint is not { } field)
            return;

        var id = $"{output.Attributes["id"]?.Value}-hint";
        output.Attributes.SetAttribute("data-number", field.ToString());
        output.Attributes.SetAttribute("aria-describedby", output.Attributes["aria-describedby"]?.Value is { } others ? $"{others} {id}" : id);

        var said = new TagBuilder("div");
        said.AddCssClass("number-hint");
        said.Attributes["id"] = id;
        said.Attributes["aria-live"] = "polite";
        said.Attributes["data-says"] = Sentences(field);
        Say(said, field, WebUtility.HtmlDecode(output.Attributes["value"]?.Value?.ToString()));
        output.PostElement.AppendHtml(said);
    }

    /// <summary>The sentences for the script, in the reader's language.</summary>
    private static string Sentences(NumberField field)
    {
        var sentences = field.Hints().ToDictionary(hint => hint.ToString(), hint => Localized.Word(hint));
        if (field is NumberField.IdNumber)
        {
            foreach (var key in new[] { "NumberSays", "NumberBorn" })
                sentences[key] = Localized.Guidance(key, "{0}");
            sentences["NumberFill"] = Localized.Guidance("NumberFill");
            sentences["Comma"] = Localized.Page("ListComma");
            sentences[nameof(Sex.Male)] = Localized.Word(Sex.Male);
            sentences[nameof(Sex.Female)] = Localized.Word(Sex.Female);
        }

        return JsonSerializer.Serialize(sentences);
    }

    private void Say(TagBuilder said, NumberField field, string? typed)
    {
        var today = LocalTime.Day(time.GetUtcNow());
        if (NumberOfOrganisation && field is NumberField.IdNumber)
            return;

        if (field.HintOn(typed, today) is { } hint)
        {
            said.InnerHtml.AppendHtml("""<p><svg class="icon" aria-hidden="true"><use href="/dist/icons.svg#info-circle"/></svg>""");
            said.InnerHtml.AppendHtml(Span(Localized.Word(hint)));
            said.InnerHtml.AppendHtml("</p>");
        }
        else if (field is NumberField.IdNumber && NumberFills.Length > 0 && IdentityNumber.Read(typed, today) is { } number)
        {
            var button = new TagBuilder("button");
            button.AddCssClass("btn");
            foreach (var (name, value) in new[] { ("type", "submit"), ("name", "fillParty"), ("value", NumberFills), ("formnovalidate", "") })
                button.Attributes[name] = value;
            button.InnerHtml.Append(Localized.Guidance("NumberFill"));
            said.InnerHtml.AppendHtml("""<p class="says">""");
            said.InnerHtml.AppendHtml(Span(
                Localized.Guidance("NumberSays", Localized.Guidance("NumberBorn", $"{number.BornOn:yyyy-MM-dd}") + Localized.Page("ListComma") + Localized.Word(number.Sex))));
            said.InnerHtml.AppendHtml(button);
            said.InnerHtml.AppendHtml("</p>");
        }
    }

    private static TagBuilder Span(string text)
    {
        var span = new TagBuilder("span");
        span.InnerHtml.Append(text);
        return span;
    }
}
