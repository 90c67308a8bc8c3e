namespace GridCases.Domain;

/// <summary>A form of the case file (卷宗), in the order in which the file is bound: cover and index, then as things happen.</summary>
public enum DocumentForm
{
    /// <summary>卷宗封面.</summary>
    Cover,

    /// <summary>卷内目录.</summary>
    Index,

    /// <summary>调解申请书.</summary>
    Application,

    /// <summary>矛盾纠纷登记表.</summary>
    IntakeForm,

    /// <summary>不予受理告知书.</summary>
    DeclineNotice,

    /// <summary>权利义务告知书.</summary>
    RightsNotice,

    /// <summary>授权委托书.</summary>
    PowerOfAttorney,

    /// <summary>调查笔录.</summary>
    InvestigationRecord,

    /// <summary>调解笔录.</summary>
    MediationRecord,

    /// <summary>调解协议书.</summary>
    Agreement,

    /// <summary>口头协议登记表.</summary>
    OralAgreement,

    /// <summary>终止调解告知书.</summary>
    TerminationNotice,

    /// <summary>司法确认申请书.</summary>
    ConfirmationApplication,

    /// <summary>履行情况记录.</summary>
    PerformanceProof,

    /// <summary>移送函.</summary>
    ReferralLetter,

    /// <summary>通报公安机关函.</summary>
    PoliceNotice,

    /// <summary>督办通知书.</summary>
    SupervisionNotice,

    /// <summary>督办回复.</summary>
    SupervisionReply,

    /// <summary>回访记录.</summary>
    FollowUpRecord,

    /// <summary>结案报告.</summary>
    ClosingReport,
}
