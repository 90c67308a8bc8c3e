using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using GridCases.Domain;
using GridCases.Features.Units;
using GridCases.Features.Users;
using GridCases.Features.Work;
using GridCases.Pipeline;
using GridCases.Texts;
using GridCases.Web.Api;
using GridCases.Web.Security;
using MediatR;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace GridCases.Web.Pages;

/// <summary>What every page of a signed-in user has: the caller, the time, the navigation, and a way to send messages that keeps typed text when one is refused.</summary>
public abstract class AppPage : PageModel
{
    /// <summary>Who looks at the page.</summary>
    public Caller Caller => HttpContext.RequestServices.GetRequiredService<Caller>();

    /// <summary>Now, by the application's clock.</summary>
    public DateTimeOffset Now => HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();

    /// <summary>Today in Asia/Shanghai.</summary>
    public DateOnly Today => LocalTime.Day(Now);

    /// <summary>Header and navigation around the page.</summary>
    public Navigation Navigation { get; private set; } = null!;

    /// <summary>What the navigation shows, where the page's own message has read it already.</summary>
    protected GetFrame.Result? NavigationRead { get; set; }

    /// <summary>What was refused and why, to be shown above the form; null when nothing was.</summary>
    public string? Problem { get; protected set; }

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (context.HandlerMethod is null)
        {
            context.Result = NotFound(); // a form of another version of the page, or of none
            return;
        }

        if (LetterSize.ChosenBeforeSignIn(Request) is { } large && Caller.MaySend<ChooseLetterSize.Command>() && !Caller.MustChangePassword)
        {
            await SendAsync(new ChooseLetterSize.Command(large));
            LetterSize.Remember(Response, large);
        }

        // The navigation is read after the handler, so that its counts tell what the handler did.
        var executed = await next();
        if (executed.Exception is null && executed.Result is PageResult or null)
            Navigation = Navigation.Of(Caller, NavigationRead ?? await SendAsync(new GetFrame.Query()), Now);
    }

    /// <summary>Sends a message as the caller.</summary>
    public Task<TResult> SendAsync<TResult>(IRequest<TResult> message) =>
        HttpContext.RequestServices.GetRequiredService<IMediator>().Send(message, HttpContext.RequestAborted);

    /// <summary>All units that the query finds, however many pages they are.</summary>
    protected async Task<IReadOnlyList<ListUnits.Found>> UnitsAsync(ListUnits.Query query)
    {
        var all = new List<ListUnits.Found>();
        UnitCode? after = null;
        do
        {
            var page = await SendAsync(query with { After = after });
            all.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        return all;
    }

    /// <summary>
    /// Sends a command that a form makes. When it is refused, <see cref="Problem"/> and the fields' errors say why in the
    /// reader's language, the status is the refusal's, and the page is shown again with what was typed.
    /// </summary>
    /// <returns>Whether it was done.</returns>
    protected async Task<bool> TryAsync(Func<Task> work, Func<string, string>? fieldName = null)
    {
        try
        {
            await work();
            return true;
        }
        catch (Exception e) when (Refusal.Of(e) is { Status: not StatusCodes.Status404NotFound } refusal)
        {
            Problem = refusal.Title;
            refusal.ApplyTo(Response);

            // Of a form that cannot be read whole the rest is judged all the same: everything is said at once.
            var errors = e is InvalidInput invalid ? await Complaints.WithAsync(invalid, HttpContext.RequestServices, HttpContext.RequestAborted) : refusal.Errors;
            foreach (var (field, sentences) in errors ?? new Dictionary<string, string[]>())
            {
                foreach (var sentence in sentences)
                    ModelState.AddModelError(fieldName?.Invoke(field) ?? field, sentence);
            }

            return false;
        }
    }

    /// <summary>
    /// Uses the form's hidden key, so that a form sent twice is done once. What was typed is part of the key: whoever goes back, changes something and
    /// sends again asks for something else, and gets that done or refused, never the first answer. A draft brings its form's key back, for the case that the form was taken and only the answer was lost: by then the
    /// case has another version, which nobody typed.
    /// </summary>
    /// <param name="key">The key's value.</param>
    /// <param name="keyField">The field it came in.</param>
    /// <param name="form">Which of the page's forms it is.</param>
    /// <param name="ignored">A field that is no part of the request.</param>
    protected void UseKey(string? key, string keyField, string? form = null, string? ignored = null)
    {
        if (!Guid.TryParse(key, out var id))
            return;

        string[] untyped = ["__RequestVerificationToken", TakenForm.Field, "version"];
        var typed = Request.Form.Where(f => f.Key != keyField && f.Key != ignored && !untyped.Contains(f.Key)).OrderBy(f => f.Key, StringComparer.Ordinal)
            .Select(f => new { f.Key, Values = f.Value.ToArray() });
        var hash = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(typed)));
        HttpContext.RequestServices.GetRequiredService<RequestKey>().Value = new RequestKey.Key($"{Request.Path.Value!.ToLowerInvariant()}#{form}", $"{id:N}-{hash}", hash);
    }

    /// <summary>A day that was typed; null when nothing was.</summary>
    /// <exception cref="InvalidInput">It is no day.</exception>
    protected static DateOnly? TypedDay(string? text, string field) =>
        string.IsNullOrWhiteSpace(text) ? null
        : DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new InvalidInput(field, Text.Field("NotADay"));

    /// <summary>An address with those of the parameters that have a value.</summary>
    protected static string Link(string path, IReadOnlyDictionary<string, string?> parameters) =>
        Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString(path, parameters.Where(p => !string.IsNullOrEmpty(p.Value)));
}
