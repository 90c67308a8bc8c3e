using System.Collections.Frozen;
using System.Text.Json;
using GridCases.Domain;
using GridCases.Features.Documents.Forms;
using GridCases.Features.Outbox;
using GridCases.Texts;

namespace GridCases.Features.Documents;

/// <summary>Makes a form from a record. What is asked for must be among the record's <see cref="CaseRecord.Forms"/>.</summary>
public static class DocumentBuilder
{
    private static readonly FrozenDictionary<DocumentForm, string> Keys =
        Enum.GetValues<DocumentForm>().ToFrozenDictionary(form => form, form => JsonNamingPolicy.KebabCaseLower.ConvertName(form.ToString()));

    /// <summary>What a form is called in addresses: <c>intake-form</c>.</summary>
    public static string KeyOf(DocumentForm form) => Keys[form];

    /// <summary>The form of a key; null when there is none.</summary>
    public static DocumentForm? Find(string? key) => Keys.Where(k => k.Value == key).Select(k => (DocumentForm?)k.Key).FirstOrDefault();

    /// <summary>The form's name in the file, which is Chinese.</summary>
    public static string NameOf(DocumentForm form) => Text.ChineseWord(form);

    public static CaseDocument Build(DocumentForm form, CaseRecord record)
    {
        var document = form switch
        {
            DocumentForm.Cover => FileForms.Cover(record),
            DocumentForm.Index => FileForms.Index(record, IndexOf(record)),
            DocumentForm.Application => IntakeForms.Application(record),
            DocumentForm.IntakeForm => IntakeForms.Intake(record),
            DocumentForm.DeclineNotice => IntakeForms.DeclineNotice(record),
            DocumentForm.RightsNotice => MediationForms.RightsNotice(record),
            DocumentForm.PowerOfAttorney => MediationForms.PowerOfAttorney(record),
            DocumentForm.InvestigationRecord => MediationForms.InvestigationRecord(record),
            DocumentForm.MediationRecord => MediationForms.MediationRecord(record),
            DocumentForm.Agreement => AgreementForms.Written(record),
            DocumentForm.OralAgreement => AgreementForms.Oral(record),
            DocumentForm.TerminationNotice => MediationForms.TerminationNotice(record),
            DocumentForm.ConfirmationApplication => AgreementForms.ConfirmationApplication(record),
            DocumentForm.PerformanceProof => AgreementForms.Performance(record),
            DocumentForm.ReferralLetter => SupervisionForms.ReferralLetter(record),
            DocumentForm.PoliceNotice => SupervisionForms.PoliceNotice(record),
            DocumentForm.SupervisionNotice => SupervisionForms.Notice(record),
            DocumentForm.SupervisionReply => SupervisionForms.Reply(record),
            DocumentForm.FollowUpRecord => ClosingForms.FollowUp(record),
            DocumentForm.ClosingReport => ClosingForms.Report(record),
        };
        return document with
        {
            FileName = $"{record.Case.Number} {NameOf(form)}.docx",
            Footnote = HoldsMasked(document, record) ? "证件号码、电话、住址已作隐去处理" : null,
        };
    }

    /// <summary>What the file holds beside the index, in its order.</summary>
    internal static List<IndexLine> IndexOf(CaseRecord record) =>
        [.. record.Forms.Where(f => f is not DocumentForm.Index).Select(f => new IndexLine(NameOf(f), Build(f, record).DatedOn)),
            .. record.Attachments.Select(a => new IndexLine(a.Name, LocalTime.Day(a.At), Text.ChineseWord(a.Kind)))];

    private static bool HoldsMasked(CaseDocument document, CaseRecord record)
    {
        if (record.IsRevealed)
            return false;
        var masked = record.Parties.Concat(record.WithdrawnParties).Concat(record.Signed?.Parties ?? []).SelectMany(p => new[] { p.IdNumber, p.Phone, p.Address }).Append(record.PlaceAddress).OfType<string>().Where(t => t.Contains('*')).ToList();
        return document.Texts.Any(text => masked.Any(m => text.Contains(m, StringComparison.Ordinal)));
    }
}
