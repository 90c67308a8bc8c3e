namespace GridCases.Domain;

// What a case keeps beside its way: files, and other cases that belong to it.
public sealed partial record Case
{
    /// <summary>A file is put in. The journal has its hash, not its name.</summary>
    public CaseChange Attach(Attachment attachment, CaseContext at)
    {
        Demand(CaseAction.Attach, at);
        if (attachment.PartyId is { } party && Parties.All(p => p.Id != party))
        {
            throw new RuleViolation("NotAParty", party);
        }

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
        {
            throw new RuleViolation("AttachmentWithdrawn");
        }

        if (!CaseAuthority.MayWithdraw(this, at.By, attachment))
        {
            throw new NotAllowed(CaseAction.WithdrawAttachment);
        }

        var withdrawn = attachment with { Withdrawn = new Withdrawal(at.By.UserName, at.Now, reason) };
        return Done(this with { Attachments = Attachments.Replace(attachment, withdrawn) }, CaseAction.WithdrawAttachment,
            EventKey.Attachment.Is(attachmentId), EventKey.Reason.Is(reason));
    }

    /// <summary>
    /// Two cases belong together without being one; each goes its own way. The journal has the other's id, not its number and not why:
    /// who reads this case need not see the other. The reason stands on the link, for those who see both.
    /// </summary>
    public CaseChange LinkTo(Case other, string reason, CaseContext at)
    {
        Demand(CaseAction.Link, at);
        if (other.Id == Id)
        {
            throw new RuleViolation("LinkToItself");
        }

        if (Links.Contains(other.Id))
        {
            throw new RuleViolation("AlreadyLinked", other.Number);
        }

        return Done(this with { Links = Links.Add(other.Id) }, CaseAction.Link, EventKey.ToCase.Is(other.Id)) with { Link = new CaseLink(other.Id, reason) };
    }

    /// <summary>The other side of <see cref="LinkTo"/>, saved with it.</summary>
    public CaseChange LinkedFrom(Case other) =>
        new(this, this with { Links = Links.Add(other.Id) }, [CaseEvent.Of(CaseEventKind.LinkedFrom, EventKey.FromCase.Is(other.Id))]) { IsDecision = false };
}
