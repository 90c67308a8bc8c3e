using System.Globalization;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Pipeline;
using MediatR;
using Step = GridCases.Demo.DemoCases.Step;

namespace GridCases.Demo;

/// <summary>Turns the steps of the demo's stories into the commands that people would send, and knows who sends them.</summary>
internal sealed class DemoSteps(DemoCity city, DemoCases cases, IReadOnlyDictionary<string, Caller> people)
{
    private static readonly string[] ByTheSupervisor = ["grant", "refuse-extension", "card", "lift", "take-over", "reassign"];
    private static readonly string[] ByTheCentre = ["refer", "upward", "confirm-risk"];

    /// <summary>Who does a step: the one named, else the one who holds the case, or for a supervisor's deed the nearest supervisor.</summary>
    public Caller ActorOf(Step step, CaseView @case)
    {
        if (step.By is { } named)
            return people[named];
        var unit = @case.Holder.UnitCode;
        if (ByTheSupervisor.Contains(step.Verb))
            return unit.SelfAndAncestors.Select(u => Serving(Role.Supervisor, u)).OfType<Caller>().First();
        var mediated = CaseAuthority.HoldingRoles(@case.State)[0] is Role.Mediator;
        if (!mediated || ByTheCentre.Contains(step.Verb) || @case.Holder.OrganisationId is not { } organisation)
            return unit.Level is UnitLevel.Grid ? Serving(Role.GridHead, unit)! : Serving(Role.CentreOfficer, unit)!;
        return @case.Holder.Mediator is { } mediator ? people[mediator] : people.Values.First(p => p.Organisations.Contains(organisation));
    }

    /// <summary>Who writes a dispute down.</summary>
    public Caller Registrar(DemoCases.Entry entry) => entry.By is { } named
        ? people[named]
        : Serving(entry.At.Level is UnitLevel.Grid ? Role.GridHead : Role.CentreOfficer, entry.At)!;

    /// <summary>The command of a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="entry">The dispute.</param>
    /// <param name="now">When it is done.</param>
    /// <param name="case">The case as it stands.</param>
    /// <param name="other">Finds a case by its key.</param>
    /// <param name="random">Picks words and numbers.</param>
    public CaseCommand Command(Step step, DemoCases.Entry entry, DateTimeOffset now, CaseView @case, Func<string, Guid> other, Random random)
    {
        var text = step.Text ?? (cases.Texts.TryGetValue(step.Verb, out var known) ? known[random.Next(known.Count)] : "");
        var today = LocalTime.Day(now);
        return step.Verb switch
        {
            "submit" => new SubmitCase(),
            "resolve" => new ResolveOnSpot(text),
            "withdraw" => new WithdrawCase(text),
            "merge" => new MergeCase.Command(other(step.Arguments[0]), text),
            "accept" => new AcceptCase(),
            "decline" => new DeclineCase(text, cases.Texts["remedies"][0]),
            "return" => new ReturnCase(text),
            "upward" => new SubmitUpward(text, step.Arguments is [var skip] ? new UnitCode(skip) : null),
            "down" => new AssignDown.Command(new UnitCode(step.Arguments[0])),
            "assign" => Assign(step.Arguments[0], step.Arguments.ElementAtOrDefault(1)),
            "receive" => new AcceptEntrustment(today, null),
            "refuse" => new RefuseAssignment(text),
            "reassign" => new ReassignMediator.Command(step.Arguments[0], text),
            "start" => Start(@case, refusing: false, random),
            "start-refused" => Start(@case, refusing: true, random),
            "session" => new RecordSession(now.AddMinutes(-random.Next(40, 120)), $"{@case.Holder.OrganisationName}调解室", text, null, null),
            "concession" => new RecordSession(now.AddMinutes(-random.Next(40, 120)), $"{@case.Holder.OrganisationName}调解室", text, true, null),
            "online" => new RecordSession(now.AddMinutes(-random.Next(40, 120)), "视频调解", text, null, true),
            "agree" => Agree(AgreementForm.Written, entry, @case, today),
            "agree-orally" => Agree(AgreementForm.Oral, entry, @case, today),
            "revise" => Revise(entry, @case, today, text),
            "sign" => new SignAgreement(Signer(step.Arguments[0], @case), null),
            "perform" => new RecordPerformance(@case.Agreement!.Obligations.First(o => o.PerformedOn is null).Id, today, text),
            "apply" => new ApplyForConfirmation(CourtOf(@case), [.. Principals(@case).Select(p => p.Id)]),
            "confirm" => new RecordConfirmation(ConfirmationResult.Confirmed, today, $"（{today.Year}）澄9901民特{random.Next(10, 400)}号", null),
            "fail" => new FailMediation(text, true),
            "terminate" => new TerminateMediation(text, @case.Parties[0].Id),
            "switch" => Switch(step.Arguments[0], text),
            "suspend" => new SuspendCase(text, today.AddDays(int.Parse(step.Arguments[0], CultureInfo.InvariantCulture))),
            "resume" => new ResumeCase(text),
            "extend" => new RequestExtension(
                @case.Clocks.Last(c => c.Status is ClockStatus.Running && c.Kind == Enum.Parse<ClockKind>(step.Arguments[0])).Id,
                int.Parse(step.Arguments[1], CultureInfo.InvariantCulture), text, true),
            "grant" => new DecideExtension(@case.Extensions[^1].Id, true, null, text),
            "refuse-extension" => new DecideExtension(@case.Extensions[^1].Id, false, null, text),
            "complete" => new CompleteHandling(step.Arguments is [var outcome] ? Enum.Parse<Outcome>(outcome) : Outcome.Settled, text),
            "verify" => new VerifyCase(true, int.Parse(step.Arguments[0], CultureInfo.InvariantCulture), text),
            "rework" => new ReturnForRework(text),
            "visit" => new RecordFollowUp(today, random.Next(3) == 0 ? "电话回访" : "上门回访", int.Parse(step.Arguments[0], CultureInfo.InvariantCulture), text),
            "reopen" => new ReopenCase(text),
            "archive" => new ArchiveCase.Command(),
            "comment" => new CommentOnCase(text),
            "risk" => new ProposeRisk(Enum.Parse<Risk>(step.Arguments[0]), text),
            "confirm-risk" => new ConfirmRisk(Enum.Parse<Risk>(step.Arguments[0]), step.Arguments.ElementAtOrDefault(1), text),
            "card" => new IssueCard(Enum.Parse<CardColor>(step.Arguments[0]), today.AddDays(int.Parse(step.Arguments[1], CultureInfo.InvariantCulture)), text),
            "reply" => new ReplyToCard(text),
            "lift" => new LiftCard(text),
            "take-over" => new TakeOverCase(text),
            "refer" => new ReferOut(Enum.Parse<ReferralTarget>(step.Arguments[0]), step.Arguments[1], text),
            var unknown => throw new FormatException($"The demo's stories know no verb '{unknown}'."),
        };
    }

    private Caller? Serving(Role role, UnitCode unit) => people.Values.FirstOrDefault(p => p.Roles.Any(r => r.Role == role && r.Unit == unit));

    private static IEnumerable<PartyView> Principals(CaseView @case) => @case.Parties.Where(p => p.Role is PartyRole.Applicant or PartyRole.Respondent);

    private string CourtOf(CaseView @case) =>
        city.Organisations.First(o => o.Track is MediationTrack.Judicial && o.UnitCode == @case.Holder.UnitCode.AtLevel(UnitLevel.District)).Name.Replace("诉前调解中心", "");

    /// <summary>A mediator by user name, or, by the track and unit of an organisation, whoever takes it there.</summary>
    private (DemoCity.OrganisationEntry Organisation, string? Mediator) Mediation(string name)
    {
        if (name.Split('/') is [var track, var unit])
            return (city.Organisations.First(o => o.Track == Enum.Parse<MediationTrack>(track) && o.UnitCode.Value == unit), null);
        var id = people[name].Organisations.Single();
        return (city.Organisations.Single(o => o.Id == id), name);
    }

    private AssignMediation.Command Assign(string to, string? entrustment)
    {
        var (organisation, mediator) = Mediation(to);
        return new(organisation.Track, organisation.Id, mediator, entrustment is null ? null : Enum.Parse<Entrustment>(entrustment));
    }

    private SwitchTrack.Command Switch(string to, string reason)
    {
        var (organisation, _) = Mediation(to);
        return new(organisation.Track, organisation.Id, reason);
    }

    private StartMediation Start(CaseView @case, bool refusing, Random random) => new(
    [
        .. Principals(@case).Select(p => new StartMediation.GivenConsent(p.Id, !refusing || p.Role is PartyRole.Applicant, cases.Texts["consent"][random.Next(cases.Texts["consent"].Count)])),
    ]);

    private static List<AgreementInput.Promise> Promises(DemoCases.Entry entry, CaseView @case, DateOnly today) =>
        [.. entry.Promises.Select(p => new AgreementInput.Promise(@case.Parties.First(party => party.Role == p.By).Id, p.Text, today.AddDays(p.Days), p.Amount))];

    private static ReachAgreement Agree(AgreementForm form, DemoCases.Entry entry, CaseView @case, DateOnly today) =>
        new(form, entry.Terms, entry.Agreed, Promises(entry, @case, today));

    private static ReviseAgreement Revise(DemoCases.Entry entry, CaseView @case, DateOnly today, string added) =>
        new(@case.Agreement!.Form, $"{entry.Terms}{added}", entry.Agreed, Promises(entry, @case, today));

    /// <summary>applicant, respondent, mediator or seal.</summary>
    private static string Signer(string who, CaseView @case) =>
        Enum.TryParse<PartyRole>(who, true, out var role)
            ? @case.Parties.First(p => p.Role == role && @case.Agreement!.Signatures.All(s => s.Signer != p.Id.ToString())).Id.ToString()
            : who;
}
