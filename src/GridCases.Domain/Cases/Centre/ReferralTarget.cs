namespace GridCases.Domain;

/// <summary>Where a case may be referred (转出).</summary>
public enum ReferralTarget { Court, Arbitration, Police, Procuratorate, Agency }
