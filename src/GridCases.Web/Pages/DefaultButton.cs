using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace GridCases.Web.Pages;

/// <summary>
/// Enter presses the first button of a form that sends it, whatever that does: removing a row, or the signature of whoever comes first. A form whose first button is not what it is for therefore begins with one that is,
/// out of sight, or with a disabled one, by which Enter does nothing, where several buttons do different things. Browsers hold to that without script.
/// </summary>
[HtmlTargetElement("form")]
public sealed class DefaultButtonTagHelper : TagHelper
{
    internal static readonly object Buttons = new();

    /// <summary>Where the form is.</summary>
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <summary>Listens before anybody asks for what is in the form. Partials have contexts of their own, the request is the same.</summary>
    public override void Init(TagHelperContext context) => ViewContext.HttpContext.Items[Buttons] = new List<FormButton>();

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        await output.GetChildContentAsync();
        var buttons = (List<FormButton>)ViewContext.HttpContext.Items[Buttons]!;
        ViewContext.HttpContext.Items.Remove(Buttons);
        if (buttons.Count < 2)
            return;

        var main = buttons.Find(button => button is { IsMain: true, Sends: true }) ?? buttons.Find(button => button is { Sends: true, Attributes.Count: 0 });
        if (main == buttons[0])
            return;
        var first = new TagBuilder("button");
        first.MergeAttributes(new Dictionary<string, object?> { ["type"] = "submit", ["class"] = "visually-hidden", ["tabindex"] = "-1", ["aria-hidden"] = "true", ["data-enter"] = "" });
        if (main is null)
            first.Attributes["disabled"] = "";
        else
            first.MergeAttributes(main.Attributes);
        output.PreContent.AppendHtml(first);
    }
}

/// <summary>Tells the form around it of a button.</summary>
[HtmlTargetElement("button")]
public sealed class FormButtonTagHelper : TagHelper
{
    private static readonly string[] Said = ["name", "value", "formaction"];

    /// <summary>Where the button is.</summary>
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <summary>Whether it is pressed by hand only.</summary>
    [HtmlAttributeName("never-by-enter")]
    public bool NeverByEnter { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (ViewContext.HttpContext.Items[DefaultButtonTagHelper.Buttons] is not List<FormButton> buttons || output.Attributes["type"]?.Value.ToString() is not "submit" || output.Attributes.ContainsName("form"))
            return;
        var isMain = (output.Attributes["class"]?.Value.ToString() ?? "").Split(' ').Contains("btn-primary");
        buttons.Add(new FormButton(isMain, !NeverByEnter && !output.Attributes.ContainsName("formnovalidate"), Said.Where(output.Attributes.ContainsName).ToDictionary(name => name, name => output.Attributes[name].Value.ToString())));
    }
}

/// <summary>A button that sends a form.</summary>
/// <param name="IsMain">Whether it looks like what the form is for.</param>
/// <param name="Sends">Whether it sends what was filled in, rather than changing rows.</param>
/// <param name="Attributes">What it says to the server.</param>
internal sealed record FormButton(bool IsMain, bool Sends, Dictionary<string, string?> Attributes);
