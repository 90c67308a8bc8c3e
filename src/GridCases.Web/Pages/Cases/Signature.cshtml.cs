using GridCases.Features.Cases;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages.Cases;

/// <summary>A drawn signature, as a picture in the page of its case.</summary>
public sealed class SignatureModel : AppPage
{
    /// <summary>Sends the picture; a signature never changes.</summary>
    public async Task<IActionResult> OnGetAsync(Guid id, int version, string signer)
    {
        var signature = await SendAsync(new GetSignature.Query(id, version, signer));
        Response.Headers.CacheControl = "private, max-age=3600";
        return File(signature.Png, "image/png");
    }
}
