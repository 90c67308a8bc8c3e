var builder = WebApplication.CreateBuilder(args);
builder.Services.AddRazorPages();
builder.Services.AddOpenApi();

var app = builder.Build();
app.UseStaticFiles();
app.MapRazorPages();
app.MapOpenApi();
app.MapGet("/", () => "GridCases");
app.Run();

public partial class Program;
