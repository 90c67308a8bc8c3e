using System.Text.Encodings.Web;
using System.Text.Unicode;
using GridCases;
using GridCases.Data;
using GridCases.Features.Operations;
using GridCases.Pipeline;
using GridCases.Web;
using GridCases.Web.Api;
using GridCases.Web.Health;
using GridCases.Web.Hosting;
using GridCases.Web.Pages;
using GridCases.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.WebEncoders;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

// A published server has its pages' files and settings beside it, from wherever it is started; a built one has them in the project's folder.
var published = Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot"));
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = published ? AppContext.BaseDirectory : null });
var demo = Demo.From(builder.Configuration, builder.Environment);
if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
    builder.WebHost.UseUrls("http://localhost:5080");
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(20));
builder.Services.AddSystemd();
builder.AddLogs();
builder.AddProxies();
builder.Services.AddHsts(options => options.MaxAge = TimeSpan.FromDays(365));

builder.Services.AddGridCases(builder.Configuration);
builder.Services.AddSingleton(demo);
if (demo.IsOn)
    builder.Services.AddHostedService<DemoStart>();
var jobs = JobEngines.From(builder.Configuration);
builder.Services.AddJobs(jobs, builder.Configuration);
var data = DatabaseOptions.From(builder.Configuration);
builder.Services.AddSignIn(data, builder.Configuration.GetValue("GridCases:SignIn:Keys", data.IsSqlServer ? KeyPlace.Database : KeyPlace.Folder));
builder.Services.AddSingleSignOn(builder.Configuration);
builder.Services.AddRateLimits(builder.Configuration);
builder.Services.AddLanguages();
builder.Services.AddSingleton<SignInApi.Issuer>();
builder.Services.AddScoped<Uploads>();
builder.Services.AddScoped<RegistrationPhotos>();
builder.Services.Configure<MapSettings>(builder.Configuration.GetSection("GridCases:Map"));
builder.Services.ConfigureHttpJsonOptions(options => Json.Configure(options.SerializerOptions));
builder.Services.AddExceptionHandler<Refusals>();
builder.Services.AddApiDescription();
builder.Services.AddReadiness();
builder.Services.AddScoped<IStatusLines, HostLines>();
// What is bound of a form has its line breaks as they are counted. A name such as "a[=1" is a name; only our own syntax is read from forms.
builder.Services.PostConfigure<MvcOptions>(options =>
{
    options.ValueProviderFactories.RemoveType<FormValueProviderFactory>();
    options.ValueProviderFactories.Insert(0, new PostedLines());
    options.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
    options.ValueProviderFactories.RemoveType<JQueryQueryStringValueProviderFactory>();
    options.Filters.Add(new TakenForm());
});
builder.Services.AddRazorPages(options => options.Conventions.AuthorizeFolder("/").AllowAnonymousToPage("/SignIn").AllowAnonymousToPage("/Language").AllowAnonymousToPage("/LetterSize").AllowAnonymousToPage("/Error").AllowAnonymousToPage("/Offline"));
builder.Services.Configure<RazorViewEngineOptions>(options =>
{
    // A page's partials stand in folders below its own, by what they are for.
    options.PageViewLocationFormats.Add("/Pages/{1}/Fields/{0}" + RazorViewEngine.ViewExtension);
    options.PageViewLocationFormats.Add("/Pages/{1}/Panels/{0}" + RazorViewEngine.ViewExtension);
});
// Chinese stands in pages as itself: an entity for each character makes them heavier. What means something in HTML is encoded all the same.
builder.Services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
if (!string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
{
    builder.Services.AddOpenTelemetry()
        .WithTracing(tracing => tracing.AddAspNetCoreInstrumentation().AddSource(Telemetry.Name).AddOtlpExporter())
        .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddMeter(Telemetry.Name, "System.Runtime").AddOtlpExporter());
    builder.Services.AddMeasurements();
}

// Answers hold no secret that an attacker could guess byte by byte: antiforgery tokens are masked anew each time.
builder.Services.AddResponseCompression(options => options.EnableForHttps = true);

var app = builder.Build();
var log = app.Services.GetRequiredService<ILogger<Program>>();
try
{
    if (await Verbs.RunAsync(args, app.Services) is { } exitCode)
        return exitCode;
    app.Services.GetRequiredService<FolderLock>().Take();
}
catch (StorageUnavailable away)
{
    return Exit.Because(away, log);
}
catch (FolderInUse e)
{
    Console.Error.WriteLine(e.Message);
    return Verbs.InUse;
}

app.WarnOfAnyHost();
app.UseProxies();
if (!app.Environment.IsDevelopment())
{
    app.UseHsts();
    // Whatever the proxy in front tells about TLS: outside of development cookies never travel without it.
    app.UseCookiePolicy(new CookiePolicyOptions { Secure = CookieSecurePolicy.Always });
}

app.UseMiddleware<HeadRequests>();
app.UseResponseCompression();
app.UseSecurityHeaders();
app.UseRequestLocalization();
app.UseRefusals();
app.UseClientFiles();
app.UseRouting();
app.UseRateLimiter();
app.UseAuthentication();
app.UseMiddleware<CallerOfRequest>();
app.UseMiddleware<PasswordChangeFirst>();
app.UseAuthorization();
app.UseWhen(Refusals.IsApi, api => api.UseMiddleware<ApiRequests>());
app.UseAntiforgery();

app.MapReadiness();
app.MapApiDescription();
app.MapApi();
if (demo.IsOn)
    DemoApi.Map(app);
app.MapSingleSignOn();
app.MapDownloads();
app.MapJobs(jobs);
app.MapRazorPages();
try
{
    await app.RunAsync();
    return 0;
}
catch (StorageUnavailable away)
{
    return Exit.Because(away, log);
}

public partial class Program;
