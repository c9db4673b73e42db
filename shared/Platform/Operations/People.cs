using Stockgate.Domain.Access;
using Stockgate.Domain.Approvals;

namespace Stockgate.Platform.Operations;

/// <summary>
/// Who is asked by mail, by the settings. A link in a mail vouches for whom it was sent to. What callers of the API may do is said by their
/// credentials.
/// </summary>
public sealed class People(PeopleOptions options)
{
    /// <summary>Everybody.</summary>
    public IReadOnlyList<Approver> Roster { get; } =
    [
        .. options.Select(static person => new Approver(
            person.Key,
            string.IsNullOrWhiteSpace(person.Value.Email) ? null : person.Value.Email.Trim(),
            person.Value.Roles.ToHashSet(StringComparer.OrdinalIgnoreCase)
        )),
    ];

    /// <summary>
    /// The caller as rules about approvers see them: mail reaches them where the settings say that it reaches their name.
    /// </summary>
    public Approver Of(Caller caller) => new(caller.Name, Roster.FirstOrDefault(p => p.Is(caller.Name))?.Email, caller.Roles);

    /// <summary>Everybody, with a caller as their credential describes them.</summary>
    public IReadOnlyList<Approver> With(Approver caller) => [.. Roster.Where(p => !p.Is(caller.Name)), caller];
}
