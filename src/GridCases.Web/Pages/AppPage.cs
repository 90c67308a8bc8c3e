using GridCases.Domain;
using GridCases.Pipeline;
using GridCases.Web.Api;
using MediatR;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace GridCases.Web.Pages;

/// <summary>What every page of a signed-in user has: the caller, the clock, the frame, and a way to send messages that keeps typed text when one is refused.</summary>
public abstract class AppPage : PageModel
{
    /// <summary>Who looks at the page.</summary>
    public Caller Caller => HttpContext.RequestServices.GetRequiredService<Caller>();

    /// <summary>Now, by the application's clock.</summary>
    public DateTimeOffset Now => HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();

    /// <summary>Today in Asia/Shanghai.</summary>
    public DateOnly Today => LocalTime.Day(Now);

    /// <summary>Header and navigation around the page.</summary>
    public Frame Frame { get; private set; } = null!;

    /// <summary>What was refused and why, to be shown above the form; null when nothing was.</summary>
    public string? Problem { get; protected set; }

    /// <inheritdoc/>
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (context.HandlerMethod is null)
        {
            context.Result = NotFound(); // a form of another version of the page, or of none
            return;
        }

        // The frame is read after the handler, so that its counts tell what the handler did.
        var executed = await next();
        if (executed.Exception is null && executed.Result is PageResult or null)
            Frame = await Frame.LoadAsync(this);
    }

    /// <summary>Sends a message as the caller.</summary>
    public Task<TResult> SendAsync<TResult>(IRequest<TResult> message) =>
        HttpContext.RequestServices.GetRequiredService<IMediator>().Send(message, HttpContext.RequestAborted);

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
            Response.StatusCode = refusal.Status;
            foreach (var (field, sentences) in refusal.Errors ?? new Dictionary<string, string[]>())
            {
                foreach (var sentence in sentences)
                    ModelState.AddModelError(fieldName?.Invoke(field) ?? field, sentence);
            }

            return false;
        }
    }

    /// <summary>Uses the form's hidden key, so that a form sent twice is done once.</summary>
    protected void UseKey(string? key)
    {
        if (Guid.TryParse(key, out var id))
            HttpContext.RequestServices.GetRequiredService<RequestKey>().Value = new RequestKey.Key(Request.Path.Value!.ToLowerInvariant(), id.ToString(), "form");
    }

    /// <summary>An address with those of the parameters that have a value.</summary>
    protected static string Link(string path, IReadOnlyDictionary<string, string?> parameters) =>
        Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString(path, parameters.Where(p => !string.IsNullOrEmpty(p.Value)));
}
