using System.Reflection;
using GridCases.Domain;
using GridCases.Features;
using GridCases.Features.Cases;
using GridCases.Features.Clocks;
using GridCases.Pipeline;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridCases.Web.Api;

/// <summary>Cases: registering, reading, and every action on the way of a case.</summary>
internal static class CasesApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var cases = api.MapGroup("/cases").WithTags("Cases");
        cases.MapPostLazily("", RegisterAsync).WithName(nameof(RegisterCase));
        cases.MapGetLazily("", (QueryString<ListCases.Query> page, QueryString<ExportCases.Query> whole, IMediator mediator, CancellationToken cancellationToken) => ListAsync(page.Value, whole.Value, mediator, cancellationToken))
            .WithName(nameof(ListCases)).Produces<Page<ListCases.Row>>();
        cases.MapPostLazily("/search", (Body<ExportCases.Query> whole, Body<ListCases.Query> page, IMediator mediator, CancellationToken cancellationToken) => ListAsync(page.Value, whole.Value, mediator, cancellationToken))
            .WithName("SearchCases").Produces<Page<ListCases.Row>>();
        cases.MapGetLazily("/{id:guid}", async (Guid id, IMediator mediator, HttpContext context, CancellationToken cancellationToken) => Tagged(await mediator.Send(new GetCase.Query(id), cancellationToken), context))
            .WithName(nameof(GetCase)).Produces<CaseView>();
        cases.MapGetLazily("/{id:guid}/actions", (Guid id, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new GetActions.Query(id), cancellationToken))
            .WithName(nameof(GetActions)).Produces<IReadOnlyList<GetActions.Row>>();
        cases.MapGetLazily("/{id:guid}/clocks", (Guid id, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new GetClocks.Query(id), cancellationToken))
            .WithName(nameof(GetClocks)).Produces<IReadOnlyList<ClockView>>();
        cases.MapGetLazily("/{id:guid}/journal", (Guid id, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new GetJournal.Query(id), cancellationToken))
            .WithName(nameof(GetJournal)).Produces<IReadOnlyList<GetJournal.Row>>();
        cases.MapGetLazily("/{id:guid}/completeness", (Guid id, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new GetCompleteness.Query(id), cancellationToken))
            .WithName(nameof(GetCompleteness)).Produces<GetCompleteness.Result>();
        cases.MapGetLazily("/{id:guid}/links", (Guid id, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new ListLinks.Query(id), cancellationToken))
            .WithName(nameof(ListLinks)).Produces<IReadOnlyList<ListLinks.Row>>();
        cases.MapGetLazily("/{id:guid}/results", (Guid id, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new ListResults.Query(id), cancellationToken))
            .WithName(nameof(ListResults)).Produces<IReadOnlyList<ListResults.Row>>();
        cases.MapPostLazily("/duplicates", (Body<FindDuplicates.Query> body, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(body.Value, cancellationToken))
            .WithName(nameof(FindDuplicates)).Produces<IReadOnlyList<Duplicate>>();
        cases.MapGetLazily("/{id:guid}/duplicates", (Guid id, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new GetDuplicates.Query(id), cancellationToken))
            .WithName(nameof(GetDuplicates)).Produces<IReadOnlyList<Duplicate>>();
        cases.MapPostLazily("/{id:guid}/unmask", UnmaskAsync).WithName(nameof(UnmaskParties)).Produces<UnmaskParties.Result>();

        cases.MapPostLazily("/{id:guid}/sessions/{sessionId:guid}/sign", SignSessionAsync).WithName(nameof(SignSession)).Produces<CaseView>();

        var map = typeof(CasesApi).GetMethod(nameof(MapAction), BindingFlags.NonPublic | BindingFlags.Static)!;
        foreach (var (command, declared) in CaseActionCatalogue.All)
            map.MakeGenericMethod(command).Invoke(null, [cases, declared.Action]);
    }

    private static async Task<Created<CaseView>> RegisterAsync(Body<RegisterCase.Command> body, IMediator mediator, HttpContext context, CancellationToken cancellationToken)
    {
        var view = Tagged(await mediator.Send(body.Value, cancellationToken), context);
        return TypedResults.Created($"/api/v1/cases/{view.Id}", view);
    }

    /// <summary>A page of a list as JSON, or the whole of it as a file.</summary>
    private static async Task<IResult> ListAsync(ListCases.Query page, ExportCases.Query whole, IMediator mediator, CancellationToken cancellationToken) =>
        whole.Format is TableFormat.Json
            ? TypedResults.Ok(await mediator.Send(page, cancellationToken))
            : TableFiles.Result(await mediator.Send(whole, cancellationToken), whole.Format);

    private static Task<UnmaskParties.Result> UnmaskAsync(Guid id, Body<UnmaskParties.Command> body, IMediator mediator, CancellationToken cancellationToken) =>
        mediator.Send(body.Value with { CaseId = id }, cancellationToken);

    private static async Task<CaseView> SignSessionAsync(Guid id, Guid sessionId, Body<SignSession.Command> body, IMediator mediator, HttpContext context, CancellationToken cancellationToken) =>
        Tagged(await mediator.Send(body.Value with { CaseId = id, SessionId = sessionId }, cancellationToken), context);

    /// <summary><c>POST /cases/{id}/{action}</c>: the body is the command.</summary>
    private static void MapAction<TCommand>(IEndpointRouteBuilder cases, CaseAction action)
        where TCommand : CaseCommand =>
        cases.MapPostLazily(
            $"/{{id:guid}}/{CaseActionCatalogue.NameOf(action)}",
            async (Guid id, IfMatch version, Body<TCommand> body, IMediator mediator, HttpContext context, CancellationToken cancellationToken) =>
            {
                CaseCommand command = body.Value;
                return Tagged(await mediator.Send(command with { CaseId = id, ExpectedVersion = version.Version }, cancellationToken), context);
            })
            .WithName(MessageName.Of(typeof(TCommand)))
            .Produces<CaseView>();

    private static CaseView Tagged(CaseView view, HttpContext context)
    {
        context.Response.Headers.ETag = IfMatch.ETag(view.Version);
        return view;
    }
}
