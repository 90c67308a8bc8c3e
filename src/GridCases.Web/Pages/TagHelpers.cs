using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace GridCases.Web.Pages;

/// <summary><c>&lt;icon name="inbox" /&gt;</c>: one of the sprite's icons, hidden from screen readers.</summary>
[HtmlTargetElement("icon", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconTagHelper : TagHelper
{
    /// <summary>Name in the sprite.</summary>
    public string Name { get; set; } = "";

    /// <summary>Whether it is the small one.</summary>
    public bool Small { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Small ? "icon icon-s" : "icon");
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Content.SetHtmlContent($"<use href=\"/dist/icons.svg#{System.Net.WebUtility.HtmlEncode(Name)}\"/>");
    }
}

/// <summary>
/// <c>errors-for="Title"</c> on an input, select or textarea: marks it when the field was refused and writes the sentences behind it.
/// </summary>
[HtmlTargetElement("input", Attributes = "errors-for", TagStructure = TagStructure.WithoutEndTag)]
[HtmlTargetElement("select", Attributes = "errors-for")]
[HtmlTargetElement("textarea", Attributes = "errors-for")]
public sealed class ErrorsForTagHelper : TagHelper
{
    /// <summary>Key in the model state.</summary>
    public string ErrorsFor { get; set; } = "";

    /// <summary>Where the model state is.</summary>
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (!ViewContext.ViewData.ModelState.TryGetValue(ErrorsFor, out var entry) || entry.Errors.Count == 0)
            return;

        var id = $"{output.Attributes["id"]?.Value}-error";
        var css = output.Attributes["class"]?.Value;
        output.Attributes.SetAttribute("class", $"{css} is-invalid");
        output.Attributes.SetAttribute("aria-invalid", "true");
        output.Attributes.SetAttribute("aria-describedby", id);
        var feedback = new TagBuilder("div");
        feedback.Attributes["id"] = id;
        feedback.AddCssClass("invalid-feedback");
        feedback.InnerHtml.AppendHtml("<svg class=\"icon\" aria-hidden=\"true\"><use href=\"/dist/icons.svg#info-circle\"/></svg>");
        var sentence = new TagBuilder("span");
        sentence.InnerHtml.Append(string.Join(' ', entry.Errors.Select(e => e.ErrorMessage)));
        feedback.InnerHtml.AppendHtml(sentence);
        output.PostElement.AppendHtml(feedback);
    }
}
