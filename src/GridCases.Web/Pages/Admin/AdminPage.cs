using GridCases.Domain;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace GridCases.Web.Pages.Admin;

/// <summary>A page for administrators; everybody else gets a 403.</summary>
public abstract class AdminPage : AppPage
{
    /// <summary>Whether the rules, which hold for a whole city, are the caller's to change.</summary>
    public bool MaySave => Caller.Roles.Any(r => r is { Role: Role.Administrator, Unit.Level: UnitLevel.City });

    public override Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (Caller.Has(Role.Administrator))
            return base.OnPageHandlerExecutionAsync(context, next);

        context.Result = StatusCode(StatusCodes.Status403Forbidden);
        return Task.CompletedTask;
    }
}
