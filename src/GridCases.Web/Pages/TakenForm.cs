using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace GridCases.Web.Pages;

/// <summary>
/// Tells the browser which of its drafts became a form that was taken, so that this one goes and no other. A form carries its draft's id along; the answer to a form that was taken,
/// which is one that leads on, is a cookie with that id. A page that sends people to sign in, refuses something or merely shows the form again says nothing of the kind.
/// </summary>
public sealed class TakenForm : IResultFilter
{
    /// <summary>The field with the draft's id, which the script adds; no part of what is asked for.</summary>
    public const string Field = "__draft";

    private static readonly object Taken = new();

    /// <summary>Says that the form was taken, where the answer is a page.</summary>
    public static void Mark(HttpContext context) => context.Items[Taken] = true;

    /// <summary>The draft that the request's form is; null where it is none.</summary>
    public static string? DraftOf(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
            return null;
        // What is read as it comes in is not read again.
        var sent = context.GetEndpoint()?.Metadata.GetMetadata<StreamedFormAttribute>() is not null
            ? context.Features.Get<UnsentForm>()?.Fields.FirstOrDefault(f => f.Key == Field).Value
            : context.Request.HasFormContentType ? context.Request.Form[Field].ToString() : null;
        return Guid.TryParseExact(sent, "N", out var id) ? id.ToString("N", CultureInfo.InvariantCulture) : null;
    }

    public void OnResultExecuting(ResultExecutingContext context)
    {
        var http = context.HttpContext;
        var leadsOn = context.Result is IKeepTempDataResult or JsonResult;
        if ((leadsOn || http.Items.ContainsKey(Taken)) && DraftOf(http) is { } id)
            http.Response.Cookies.Append($"gridcases.taken.{id}", "1", new CookieOptions { MaxAge = TimeSpan.FromDays(30), SameSite = SameSiteMode.Lax, IsEssential = true });
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }
}
