using System.Reflection;
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
        cases.MapGetLazily("", (QueryString<ListCases.Query> query, IMediator mediator, CancellationToken ct) => mediator.Send(query.Value, ct))
            .WithName(nameof(ListCases)).Produces<Page<ListCases.Row>>();
        cases.MapGetLazily("/{id:guid}", async (Guid id, IMediator mediator, HttpContext context, CancellationToken ct) => Tagged(await mediator.Send(new GetCase.Query(id), ct), context))
            .WithName(nameof(GetCase)).Produces<CaseView>();
        cases.MapGetLazily("/{id:guid}/actions", (Guid id, IMediator mediator, CancellationToken ct) => mediator.Send(new GetActions.Query(id), ct))
            .WithName(nameof(GetActions)).Produces<IReadOnlyList<GetActions.Row>>();
        cases.MapGetLazily("/{id:guid}/clocks", (Guid id, IMediator mediator, CancellationToken ct) => mediator.Send(new GetClocks.Query(id), ct))
            .WithName(nameof(GetClocks)).Produces<IReadOnlyList<ClockView>>();
        cases.MapGetLazily("/{id:guid}/journal", (Guid id, IMediator mediator, CancellationToken ct) => mediator.Send(new GetJournal.Query(id), ct))
            .WithName(nameof(GetJournal)).Produces<IReadOnlyList<GetJournal.Row>>();
        cases.MapGetLazily("/{id:guid}/completeness", (Guid id, IMediator mediator, CancellationToken ct) => mediator.Send(new GetCompleteness.Query(id), ct))
            .WithName(nameof(GetCompleteness)).Produces<GetCompleteness.Result>();
        cases.MapGetLazily("/{id:guid}/links", (Guid id, IMediator mediator, CancellationToken ct) => mediator.Send(new ListLinks.Query(id), ct))
            .WithName(nameof(ListLinks)).Produces<IReadOnlyList<ListLinks.Row>>();
        cases.MapGetLazily("/{id:guid}/results", (Guid id, IMediator mediator, CancellationToken ct) => mediator.Send(new ListResults.Query(id), ct))
            .WithName(nameof(ListResults)).Produces<IReadOnlyList<ListResults.Row>>();
        cases.MapPostLazily("/duplicates", (Body<FindDuplicates.Query> body, IMediator mediator, CancellationToken ct) => mediator.Send(body.Value, ct))
            .WithName(nameof(FindDuplicates)).Produces<IReadOnlyList<Duplicate>>();
        cases.MapGetLazily("/{id:guid}/duplicates", (Guid id, IMediator mediator, CancellationToken ct) => mediator.Send(new GetDuplicates.Query(id), ct))
            .WithName(nameof(GetDuplicates)).Produces<IReadOnlyList<Duplicate>>();
        cases.MapPostLazily("/{id:guid}/unmask", UnmaskAsync).WithName(nameof(UnmaskParties)).Produces<UnmaskParties.Result>();

        MapAction<SubmitCase.Command>(cases);
        MapAction<ResolveOnSpot.Command>(cases);
        MapAction<WithdrawCase.Command>(cases);
        MapAction<MergeCase.Command>(cases);
        MapAction<AcceptCase.Command>(cases);
        MapAction<DeclineCase.Command>(cases);
        MapAction<ReturnCase.Command>(cases);
        MapAction<SubmitUpward.Command>(cases);
        MapAction<AssignDown.Command>(cases);
        MapAction<TakeOverCase.Command>(cases);
        MapAction<AssignMediation.Command>(cases);
        MapAction<ReferOut.Command>(cases);
        MapAction<CompleteHandling.Command>(cases);
        MapAction<StartMediation.Command>(cases);
        MapAction<RefuseAssignment.Command>(cases);
        MapAction<ReassignMediator.Command>(cases);
        MapAction<RecordSession.Command>(cases);
        MapAction<PlanSession.Command>(cases);
        MapAction<RecordInvestigation.Command>(cases);
        MapAction<RecuseMediator.Command>(cases);
        MapAction<ReportSham.Command>(cases);
        MapAction<DecideSham.Command>(cases);
        MapAction<ReachAgreement.Command>(cases);
        MapAction<ReviseAgreement.Command>(cases);
        MapAction<SignAgreement.Command>(cases);
        MapAction<FailMediation.Command>(cases);
        MapAction<SwitchTrack.Command>(cases);
        MapAction<SuspendCase.Command>(cases);
        MapAction<ResumeCase.Command>(cases);
        MapAction<TerminateMediation.Command>(cases);
        MapAction<RecordPerformance.Command>(cases);
        MapAction<ApplyForConfirmation.Command>(cases);
        MapAction<RecordConfirmation.Command>(cases);
        MapAction<VerifyCase.Command>(cases);
        MapAction<ReturnForRework.Command>(cases);
        MapAction<RecordFollowUp.Command>(cases);
        MapAction<ReopenCase.Command>(cases);
        MapAction<ArchiveCase.Command>(cases);
        MapAction<RequestExtension.Command>(cases);
        MapAction<DecideExtension.Command>(cases);
        MapAction<CommentOnCase.Command>(cases);
        MapAction<WithdrawAttachment.Command>(cases);
        MapAction<LinkCases.Command>(cases);
        MapAction<ProposeRisk.Command>(cases);
        MapAction<ConfirmRisk.Command>(cases);
        MapAction<RecordPoliceNotice.Command>(cases);
        MapAction<IssueCard.Command>(cases);
        MapAction<ReplyToCard.Command>(cases);
        MapAction<LiftCard.Command>(cases);
    }

    private static async Task<Created<CaseView>> RegisterAsync(Body<RegisterCase.Command> body, IMediator mediator, HttpContext context, CancellationToken ct)
    {
        var view = Tagged(await mediator.Send(body.Value, ct), context);
        return TypedResults.Created($"/api/v1/cases/{view.Id}", view);
    }

    private static async Task<UnmaskParties.Result> UnmaskAsync(Guid id, Body<UnmaskParties.Command> body, CaseGate gate, IMediator mediator, CancellationToken ct)
    {
        if (body.Error is not null)
        {
            await gate.DemandAsync<UnmaskParties.Command>(id, ct);
        }

        return await mediator.Send(body.Value with { CaseId = id }, ct);
    }

    /// <summary>
    /// <c>POST /cases/{id}/{action}</c>: the body is the command; the action's name, and who may send it, are the command's own.
    /// </summary>
    private static void MapAction<TCommand>(IEndpointRouteBuilder cases)
        where TCommand : CaseCommand
    {
        var action = typeof(TCommand).GetCustomAttribute<CaseActionAttribute>()!.Action;
        var needsVersion = !typeof(TCommand).IsDefined(typeof(VersionOptionalAttribute));
        cases.MapPostLazily(
            $"/{{id:guid}}/{CaseActionNames.Of(action)}",
            async (Guid id, IfMatch version, Body<TCommand> body, CaseGate gate, IMediator mediator, HttpContext context, CancellationToken ct) =>
            {
                // Without the version that is acted on nothing else matters.
                if (version.Version is null && needsVersion)
                    throw new MissingVersion();
                if (body.Error is not null)
                {
                    await gate.DemandAsync(action, id, ct);
                }

                CaseCommand command = body.Value;
                return Tagged(await mediator.Send(command with { CaseId = id, ExpectedVersion = version.Version }, ct), context);
            })
            .WithName(typeof(TCommand).DeclaringType!.Name)
            .Produces<CaseView>();
    }

    private static CaseView Tagged(CaseView view, HttpContext context)
    {
        context.Response.Headers.ETag = IfMatch.ETag(view.Version);
        return view;
    }
}
