using GridCases.Pipeline;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Primitives;

namespace GridCases.Web.Pages;

/// <summary>What a page's properties are bound to of a posted form: its fields with line breaks as they are counted and stored.</summary>
public sealed class PostedLines : IValueProviderFactory
{
    public async Task CreateValueProviderAsync(ValueProviderFactoryContext context)
    {
        var request = context.ActionContext.HttpContext.Request;
        if (!request.HasFormContentType)
            return;

        // As the framework's own provider does it: a form that cannot be read is the sender's fault.
        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(context.ActionContext.HttpContext.RequestAborted);
        }
        catch (InvalidDataException e)
        {
            throw new ValueProviderException(e.Message, e);
        }

        var fields = form.ToDictionary(field => field.Key, field => new StringValues([.. field.Value.Select(text => text is null ? null : LineBreaks.AsLf(text))]), StringComparer.OrdinalIgnoreCase);
        context.ValueProviders.Add(new FormValueProvider(BindingSource.Form, new FormCollection(fields, form.Files), System.Globalization.CultureInfo.CurrentCulture));
    }
}
