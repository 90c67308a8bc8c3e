using System.Collections.Immutable;

namespace GridCases.Domain;

/// <summary>Where handling was completed: state, holder and the route back.</summary>
public sealed record Completion(CaseState State, Holder Holder, ImmutableArray<UnitCode> Route);

public enum Outcome { Settled, Unsettled, Referred }

/// <summary>回访: a visit after closing. Satisfaction from 1 to 5.</summary>
public sealed record FollowUpVisit(Guid Id, DateOnly VisitedOn, string Method, int Satisfaction, string? Note);
