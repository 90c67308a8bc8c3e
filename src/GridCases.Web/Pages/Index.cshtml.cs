using GridCases.Pipeline;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace GridCases.Web.Pages;

/// <summary>Sends everybody to where their work is.</summary>
public sealed class IndexModel(Caller caller) : PageModel
{
    public IActionResult OnGet() => LocalRedirect("~" + Navigation.Home(caller));
}
