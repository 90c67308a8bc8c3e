namespace GridCases.Pipeline;

/// <summary>A field of a query that a body may hold and an address may not: addresses stand in logs, histories and bookmarks.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NeverInAddressAttribute : Attribute;
