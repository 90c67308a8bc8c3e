namespace GridCases.Web.Api;

internal static class Routes
{
    /// <summary>Maps them below <c>/api/v1</c>, for signed-in programs unless an endpoint says otherwise.</summary>
    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1").RequireAuthorization().WithMetadata(new AccessBeforeFields());
        SignInApi.Map(api);
        UserAccessApi.Map(api);
        UnitsApi.Map(api);
        UsersApi.Map(api);
        DeputiesApi.Map(api);
        CasesApi.Map(api);
        ViewsApi.Map(api);
        DocumentsApi.Map(api);
        AttachmentsApi.Map(api);
        OrganisationsApi.Map(api);
        ImportsApi.Map(api);
        StatisticsApi.Map(api);
        EscalationsApi.Map(api);
        SubsidiesApi.Map(api);
        NotificationsApi.Map(api);
        RulesApi.Map(api);
        ServerClockApi.Map(api);
        StatusApi.Map(api);
    }
}
