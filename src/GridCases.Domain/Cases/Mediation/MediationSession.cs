using System.Collections.Immutable;

namespace GridCases.Domain;

/// <summary>
/// A mediation meeting, or an investigation: when, where, which parties took part and who else, what was said. A concession must not be used in
/// litigation without all parties' consent (SPC, court-invited mediation, art. 22), so it is marked and never enters a court packet.
/// </summary>
public sealed record MediationSession(Guid Id, DateTimeOffset HeldAt, string Place, string Note, bool Concession, bool Online)
{
    public SessionKind Kind { get; init; }

    /// <summary>The parties who took part, or who were asked.</summary>
    public ImmutableArray<Guid> Participants { get; init; } = [];

    /// <summary>Who else was there, as text.</summary>
    public string? Others { get; init; }

    /// <summary>Where the meeting took place online (https).</summary>
    public string? Link { get; init; }
}

/// <summary>A signature that was drawn under the record of a meeting.</summary>
/// <param name="SessionId">The meeting.</param>
/// <param name="Signer">A party's id or "mediator".</param>
/// <param name="Png">The drawing.</param>
/// <param name="Sha256">Lower-case hex SHA-256 of the drawing.</param>
public sealed record SessionSignature(Guid SessionId, string Signer, byte[] Png, string Sha256);

/// <summary>A meeting with the parties, or an investigation: somebody was asked, or something was looked at.</summary>
public enum SessionKind { Mediation, Investigation }

/// <summary>The meeting that was arranged; one with a link is held online.</summary>
public sealed record NextSession(DateTimeOffset At, string? Place, string? Link);
