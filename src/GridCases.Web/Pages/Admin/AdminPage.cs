using GridCases.Domain;
using GridCases.Features.Deadlines;
using GridCases.Pipeline;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace GridCases.Web.Pages.Admin;

/// <summary>A page for administrators; everybody else gets a 403.</summary>
public abstract class AdminPage : AppPage
{
    /// <summary>Whether the rules, which hold for a whole city, are the caller's to change.</summary>
    public bool MaySave => Caller.MaySend<SavePolicy.Command>();

    public override Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (Caller.Has(Role.Administrator))
            return base.OnPageHandlerExecutionAsync(context, next);

        context.Result = StatusCode(StatusCodes.Status403Forbidden);
        return Task.CompletedTask;
    }
}
