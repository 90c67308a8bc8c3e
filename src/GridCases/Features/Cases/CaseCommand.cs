using System.Text.Json.Serialization;
using GridCases.Domain;
using GridCases.Pipeline;
using MediatR;

namespace GridCases.Features.Cases;

/// <summary>
/// Something done to a case, as <c>POST /api/v1/cases/{id}/{action}</c> sends it: the body is the command, the address gives
/// <see cref="CaseId"/> and If-Match <see cref="ExpectedVersion"/>. <see cref="CaseActionAttribute"/> says which action it is.
/// </summary>
[WritesLast]
public abstract record CaseCommand : ICommand<CaseView>, IVersionedMessage, ICaseMessage
{
    [JsonIgnore]
    public Guid CaseId { get; init; }

    [JsonIgnore]
    public long? ExpectedVersion { get; init; }
}

/// <summary>An action for which the case itself is all that has to be known. One that looks something else up is a <see cref="CaseCommand"/> with a handler of its own.</summary>
public abstract record CaseActionCommand : CaseCommand
{
    /// <summary>Lets the case do it. The fields have passed the command's rules.</summary>
    /// <exception cref="RuleViolation">A rule of the domain forbids it.</exception>
    /// <exception cref="NotAllowed">It is somebody else's to do.</exception>
    public abstract CaseChange Apply(Case @case, CaseContext at);
}

/// <summary>Handles every <see cref="CaseActionCommand"/>.</summary>
internal sealed class CaseActionHandler<TCommand>(CaseActionExecutor actions) : IRequestHandler<TCommand, CaseView>
    where TCommand : CaseActionCommand
{
    public Task<CaseView> Handle(TCommand command, CancellationToken cancellationToken) => actions.ExecuteAsync(command, command.Apply, cancellationToken);
}
