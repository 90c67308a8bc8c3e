using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Features.Escalations;
using GridCases.Pipeline;
using GridCases.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace GridCases.Web.Api;

/// <summary>The description of the API at <c>/openapi/v1.json</c>: what the framework cannot see for itself is added here.</summary>
internal static class OpenApi
{
    private const string Bearer = "Bearer";

    private const string Version = "v1";

    public static void AddApiDescription(this IServiceCollection services) => services.AddSingleton<ApiDescription>().AddOpenApi(Version, options =>
    {
        options.CreateSchemaReferenceId = type => OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } name
            ? NameOf(Nullable.GetUnderlyingType(type.Type) ?? type.Type, name)
            : null;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "GridCases";
            document.Info.Version = "v1";
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" },
            };
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer(DescribeWords);
        options.AddOperationTransformer(DescribeOperation);
    });

    /// <summary>The description, which is the same for everybody as long as the program runs.</summary>
    public static void MapApiDescription(this WebApplication app) =>
        app.MapGet($"/openapi/{Version}.json", (ApiDescription description, HttpContext context) => description.SendAsync(context))
            .AllowAnonymous().ExcludeFromDescription().WithMetadata(new BeforePasswordChangeAttribute()).RequireRateLimiting(RateLimits.Description);

    /// <summary>The description as it is sent. To make it costs a second of a processor, so that is done once, when it is first asked for.</summary>
    private sealed class ApiDescription([FromKeyedServices(Version)] IOpenApiDocumentProvider documents) : IDisposable
    {
        private readonly SemaphoreSlim _one = new(1);
        private byte[]? _json;
        private EntityTagHeaderValue? _tag;

        public async Task SendAsync(HttpContext context)
        {
            var json = _json ?? await MakeAsync(context.RequestAborted);
            var headers = context.Response.GetTypedHeaders();
            headers.ETag = _tag;
            headers.CacheControl = new CacheControlHeaderValue { NoCache = true };
            if (context.Request.GetTypedHeaders().IfNoneMatch.Any(tag => tag.Compare(_tag, useStrongComparison: false)))
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }

            context.Response.ContentType = "application/json;charset=utf-8";
            await context.Response.Body.WriteAsync(json, context.RequestAborted);
        }

        public void Dispose() => _one.Dispose();

        private async Task<byte[]> MakeAsync(CancellationToken cancellationToken)
        {
            await _one.WaitAsync(cancellationToken);
            try
            {
                if (_json is { } made)
                    return made;
                using var json = new MemoryStream();
                var document = await documents.GetOpenApiDocumentAsync(cancellationToken);
                await document.SerializeAsJsonAsync(json, OpenApiSpecVersion.OpenApi3_1, cancellationToken);
                _tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(json.ToArray()))[..32]}\"");
                return _json = json.ToArray();
            }
            finally
            {
                _one.Release();
            }
        }
    }

    /// <summary>Nested types are called like those of other use cases, so their names begin with the use case; what an action takes is called alike, nested or not: AcceptCaseCommand.</summary>
    private static string NameOf(Type type, string name) => !type.IsNested && (type.IsAssignableTo(typeof(CaseCommand)) || type.IsAssignableTo(typeof(EscalationCommand))) ? name + "Command" : type.DeclaringType?.Name + name;

    private static Task DescribeWords(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        var text = plain == type ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
        if (plain.IsEnum)
        {
            schema.Type = text;
            schema.Enum = [.. Enum.GetNames(plain).Select(n => (JsonNode)JsonValue.Create(n))];
        }
        else if (plain == typeof(UnitCode))
        {
            schema.Type = text;
            schema.Properties?.Clear();
            schema.Pattern = "^([0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15})$";
        }
        else if (plain == typeof(DateTimeOffset) || plain == typeof(DateOnly))
        {
            schema.Type = text;
            schema.Format = plain == typeof(DateOnly) ? "date" : "date-time";
        }
        else if (plain == typeof(string))
        {
            schema.Type = JsonSchemaType.String;
        }

        return Task.CompletedTask;
    }

    private static async Task DescribeOperation(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        // A list that is also taken away as a file is read as two messages, which have their conditions in common.
        foreach (var property in metadata.OfType<QueryStringOf>().SelectMany(q => q.Type.GetProperties()).Where(p => p.CanWrite && !p.IsDefined(typeof(NeverInAddressAttribute))).DistinctBy(p => p.Name))
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = JsonNamingPolicy.CamelCase.ConvertName(property.Name),
                In = ParameterLocation.Query,
                Schema = await context.GetOrCreateSchemaAsync(property.PropertyType, null, cancellationToken),
            });
        }

        if (context.Description.HttpMethod == HttpMethods.Post)
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(Header("Idempotency-Key", required: false, "Sent again with the same body within seven days, the request gets the first one's answer."));
        }

        if (metadata.OfType<VersionDemanded>().Any())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(Header("If-Match", required: true, "The ETag of the version the change is made for."));
        }

        if (metadata.OfType<OwnBody>().Any())
            operation.RequestBody = new OpenApiRequestBody { Required = true, Content = new Dictionary<string, OpenApiMediaType> { ["multipart/form-data"] = new() { Schema = UploadSchema } } };

        operation.Responses ??= [];
        operation.Responses["4XX"] = new OpenApiResponse
        {
            Description = "Refused: a problem with a stable type, a title in the caller's language, and for 400 the errors by field.",
            Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new OpenApiMediaType() },
        };
        if (!metadata.OfType<IAllowAnonymous>().Any())
        {
            operation.Security ??= [];
            operation.Security.Add(new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] });
        }
    }

    private static OpenApiSchema UploadSchema => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "kind", "file" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["kind"] = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. Enum.GetNames<AttachmentKind>().Select(n => (JsonNode)JsonValue.Create(n))] },
            ["partyId"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
            ["concession"] = new OpenApiSchema { Type = JsonSchemaType.Boolean },
            ["file"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" },
        },
    };

    private static OpenApiParameter Header(string name, bool required, string description) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Required = required,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
