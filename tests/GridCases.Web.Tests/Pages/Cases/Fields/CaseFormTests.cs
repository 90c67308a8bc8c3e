using System.Globalization;
using System.Reflection;
using GridCases.Domain;
using GridCases.Features.Cases;
using GridCases.Pipeline;
using GridCases.Web.Pages;
using GridCases.Web.Pages.Cases.Fields;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace GridCases.Web.Tests.Pages.Cases.Fields;

/// <summary>The forms of the case page make the commands that the API takes.</summary>
public class CaseFormTests
{
    private static readonly FieldKind[] Composed = [FieldKind.Mediation, FieldKind.OtherTrack, FieldKind.Agreement];
    private static IEnumerable<ActionForm> Forms => Enum.GetValues<CaseAction>().Select(ActionForm.Of).OfType<ActionForm>();

    [Test]
    public void Every_action_that_a_case_takes_has_a_form()
    {
        // A file has its own form, on the panel of files.
        Assert.That(Forms.Select(f => f.Action).Append(CaseAction.Attach), Is.EquivalentTo(Enum.GetValues<CaseAction>().Where(CaseActionCatalogue.IsRouted)));
    }

    [TestCaseSource(nameof(Forms))]
    public void A_form_makes_its_own_actions_command_and_knows_all_its_members(ActionForm form)
    {
        Assert.That(form.Command.GetCustomAttribute<CaseActionAttribute>()!.Action, Is.EqualTo(form.Action));
        var members = form.Command.GetProperties().Select(p => char.ToLowerInvariant(p.Name[0]) + p.Name[1..]).ToHashSet();
        Assert.That(form.Fields.Where(f => !Composed.Contains(f.Kind)).Select(f => f.Name), Is.SubsetOf(members));
    }

    [Test]
    public void What_each_form_says_is_there_in_both_languages([Values("zh-CN", "en")] string language)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = new CultureInfo(language);
        try
        {
            var keys = Forms.SelectMany(f => new[] { $"Done.{f.Action}", $"Event.{f.Action}" })
                .Concat(Forms.Where(f => f.Action is not CaseAction.Comment).Select(f => $"Do.{f.Action}"))
                .Concat(Enum.GetValues<CaseState>().Select(s => $"Waits.{s}"));
            Assert.That(keys.Where(key => Localized.Find(key) is null), Is.Empty);
            var labels = Forms.SelectMany(f => f.Fields.Where(x => x.Kind is not (FieldKind.True or FieldKind.Principals or FieldKind.Signer or FieldKind.Consents or FieldKind.Agreement or FieldKind.ThisParty)), (f, x) => (f, x));
            Assert.That(labels.Where(l => Localized.Find($"{l.f.Action}.{l.x.Name}") is null && Localized.Find($"Field.{l.x.Name}") is null).Select(l => $"{l.f.Action}.{l.x.Name}"), Is.Empty);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Test]
    public void An_agreement_is_read_without_its_blank_rows_and_numbers_the_others_as_the_page_will()
    {
        var party = new Guid("019a0000-0000-7000-8000-000000000001");
        var command = (ReachAgreement)Read(CaseAction.ReachAgreement, new()
        {
            ["form"] = "Written",
            ["terms"] = "一、\r\n二、",
            ["amount"] = "4,500.50",
            ["obligations[0].partyId"] = party.ToString(),
            ["obligations[2].partyId"] = party.ToString(),
            ["obligations[2].text"] = " 清走杂物 ",
            ["obligations[2].dueOn"] = "2026-11-30",
            ["obligations[2].amount"] = "",
        });

        Assert.That((command.Form, command.Terms, command.Amount), Is.EqualTo((AgreementForm.Written, "一、\n二、", 4500.50m)));
        Assert.That(command.Obligations, Is.EqualTo(new[] { new AgreementInput.Promise(party, "清走杂物", new DateOnly(2026, 11, 30), null) }));
    }

    [Test]
    public void One_choice_of_organisation_and_mediator_says_the_track_too()
    {
        var organisation = new Guid("019a0000-0000-7000-8000-000000000002");
        var command = (AssignMediation.Command)Read(CaseAction.AssignMediation, new() { ["mediation"] = $"Judicial:{organisation}:mediator.j1", ["entrustment"] = "PreFiling" });

        Assert.That(command, Is.EqualTo(new AssignMediation.Command(MediationTrack.Judicial, organisation, "mediator.j1", Entrustment.PreFiling)));
        Assert.That(ActionForm.Of(CaseAction.AssignMediation)!.InputOf("organisationId"), Is.EqualTo("mediation"));
    }

    [Test]
    public void What_is_typed_where_a_number_belongs_is_told_beside_that_field()
    {
        var refusal = Assert.Throws<InvalidInput>(() => Read(CaseAction.RequestExtension, new() { ["days"] = "三", ["reason"] = "等鉴定" }));

        Assert.That(refusal!.Errors.Keys, Is.EqualTo(new[] { "days" }));
    }

    [Test]
    public void A_tampered_choice_is_a_refusal_and_no_fault()
    {
        var refusal = Assert.Throws<InvalidInput>(() => Read(CaseAction.ProposeRisk, new() { ["risk"] = "Purple", ["reason"] = "x" }));

        Assert.That(refusal!.Errors.Keys, Is.EqualTo(new[] { "risk" }));
    }

    [Test]
    public void What_was_left_as_it_was_is_not_sent_and_what_was_emptied_is_cleared()
    {
        var command = (CorrectCase.Command)Read(CaseAction.Correct, new()
        {
            ["title"] = "围墙占道",
            ["was.title"] = "楼上漏水",
            ["summary"] = "第一行\r\n第二行",
            ["was.summary"] = "第一行\n第二行",
            ["category"] = "Neighbours",
            ["was.category"] = "Neighbours",
            ["amountInDispute"] = "",
            ["was.amountInDispute"] = "300",
            ["peopleInvolved"] = "",
            ["was.peopleInvolved"] = "",
            ["occurredOn"] = "2026-02-01",
            ["was.occurredOn"] = "",
            ["source"] = "Patrol",
            ["was.source"] = "Patrol",
            ["urgency"] = "Normal",
            ["was.urgency"] = "Normal",
            ["scale"] = "Individual",
            ["was.scale"] = "Individual",
            ["place.unitCode"] = "990101001001001",
            ["was.place.unitCode"] = "990101001001001",
            ["place.address"] = "",
            ["reason"] = "听错了",
        });

        Assert.That(command with { Clear = null }, Is.EqualTo(new CorrectCase.Command(Title: "围墙占道", OccurredOn: new DateOnly(2026, 2, 1), Reason: "听错了")));
        Assert.That(command.Clear, Is.EqualTo(new[] { DisputeFact.AmountInDispute }));
    }

    [Test]
    public void A_masked_number_is_typed_anew_cleared_or_left()
    {
        var party = new Guid("019a0000-0000-7000-8000-000000000003");
        var command = (CorrectParty.Command)Read(CaseAction.CorrectParty, new()
        {
            ["partyId"] = party.ToString(),
            ["name"] = "张三",
            ["was.name"] = "张三",
            ["role"] = "Applicant",
            ["was.role"] = "Applicant",
            ["kind"] = "Person",
            ["was.kind"] = "Person",
            ["was.sex"] = "",
            ["phone"] = "13700002222",
            ["clear.phone"] = "true",
            ["idNumber"] = "",
            ["clear.idNumber"] = "true",
            ["address"] = "",
            ["reason"] = "写错",
        });

        Assert.That(command with { Clear = null }, Is.EqualTo(new CorrectParty.Command(party, Phone: "13700002222", Reason: "写错")));
        Assert.That(command.Clear, Is.EqualTo(new[] { PartyFact.IdNumber }));
    }

    private static CaseCommand Read(CaseAction action, Dictionary<string, StringValues> posted) =>
        PostedCommand.Read(ActionForm.Of(action)!, new FormCollection(posted), otherCase: null);
}
