namespace GridCases.Domain;

// What is added to a case without changing its state: notes, files, links to other cases.
public sealed partial record Case
{
    /// <summary>A note. It changes nothing, least of all a clock.</summary>
    public CaseChange Comment(string note, CaseContext at)
    {
        Demand(CaseAction.Comment, at);
        return Done(this, CaseAction.Comment, EventKey.Note.Is(note)) with { IsDecision = false };
    }

    /// <summary>A file is put in. Its hash is written into the journal, its name is not.</summary>
    public CaseChange Attach(Attachment attachment, CaseContext at)
    {
        Demand(CaseAction.Attach, at);
        if (attachment.PartyId is { } party && Parties.All(p => p.Id != party))
            throw new RuleViolation("NotAParty", party);

        return Done(this with { Attachments = Attachments.Add(attachment) }, CaseAction.Attach,
            EventKey.Attachment.Is(attachment.Id), EventKey.Kind.Is(attachment.Kind), EventKey.Length.Is(attachment.Length), EventKey.Sha256.Is(attachment.Sha256),
            EventKey.Concession.If(attachment.Concession));
    }

    /// <summary>A file was put in by mistake: it stays on record with the reason, and out of every packet.</summary>
    public CaseChange WithdrawAttachment(Guid attachmentId, string reason, CaseContext at)
    {
        Demand(CaseAction.WithdrawAttachment, at);
        var attachment = Attachments.FirstOrDefault(a => a.Id == attachmentId) ?? throw new RuleViolation("UnknownAttachment");
        if (attachment.Withdrawn is not null)
            throw new RuleViolation("AttachmentWithdrawn");

        if (!CaseAuthority.MayWithdraw(this, at.By, attachment))
            throw new NotAllowed(CaseAction.WithdrawAttachment);

        var withdrawn = attachment with { Withdrawn = new Withdrawal(at.By.UserName, at.Now, reason) };
        return Done(this with { Attachments = Attachments.Replace(attachment, withdrawn) }, CaseAction.WithdrawAttachment,
            EventKey.Attachment.Is(attachmentId), EventKey.Reason.Is(reason));
    }

    /// <summary>
    /// Two cases belong together without being one. The journal has the other's id, but neither its number nor the reason, because
    /// somebody who may read this case may not be allowed to see the other. The reason is stored with the link, for those who see both.
    /// </summary>
    public CaseChange LinkTo(Case other, string reason, CaseContext at)
    {
        Demand(CaseAction.Link, at);
        if (other.Id == Id)
            throw new RuleViolation("LinkToItself");

        if (Links.Contains(other.Id))
            throw new RuleViolation("AlreadyLinked", other.Number);

        return Done(this with { Links = Links.Add(other.Id) }, CaseAction.Link, EventKey.ToCase.Is(other.Id)) with { Link = new CaseLink(other.Id, reason) };
    }

    /// <summary>The other side of <see cref="LinkTo"/>, saved with it.</summary>
    public CaseChange LinkedFrom(Case other) =>
        new(this, this with { Links = Links.Add(other.Id) }, [CaseEvent.Of(CaseEventKind.LinkedFrom, EventKey.FromCase.Is(other.Id))]) { IsDecision = false };
}
