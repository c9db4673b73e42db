using Microsoft.AspNetCore.Http;
using Stockgate.Domain.Approvals;

namespace Stockgate.Platform.Operations;

/// <summary>
/// Who may do what, by the settings. Others have no permission. The caller that holds the function key vouches for the name in
/// <c>X-Decided-By</c>, as a signed-in console or an API gateway does; a link in a mail vouches for whom it was sent to.
/// </summary>
public sealed class People(PeopleOptions options)
{
    /// <summary>Creates, edits, pauses, ends and cancels promotions.</summary>
    public const string Merchandiser = "merchandiser";

    /// <summary>May override a gate.</summary>
    public const string GateOwner = "gate-owner";

    /// <summary>Approves orders to suppliers.</summary>
    public const string Planner = "planner";

    /// <summary>Approves recommendations of the live monitor.</summary>
    public const string Operator = "operator";

    /// <summary>Asks for actions on orders.</summary>
    public const string CustomerService = "customer-service";

    /// <summary>Takes price decisions back and lets stopped items and categories go on.</summary>
    public const string PricingLead = "pricing-lead";

    /// <summary>Corrects, replays and discards quarantined records.</summary>
    public const string DataSteward = "data-steward";

    /// <summary>Changes the policy data.</summary>
    public const string PolicyOwner = "policy-owner";

    /// <summary>Sets up the channels that post events.</summary>
    public const string Admin = "admin";

    /// <summary>The roles that the app itself asks for. Policies may name others.</summary>
    public static readonly IReadOnlyList<string> Roles =
    [
        Merchandiser,
        GateOwner,
        Planner,
        Operator,
        CustomerService,
        PricingLead,
        DataSteward,
        PolicyOwner,
        Admin,
    ];

    /// <summary>Everybody.</summary>
    public IReadOnlyList<Approver> Roster { get; } =
    [
        .. options.Select(static person => new Approver(
            person.Key,
            string.IsNullOrWhiteSpace(person.Value.Email) ? null : person.Value.Email.Trim(),
            person.Value.Roles.ToHashSet(StringComparer.OrdinalIgnoreCase)
        )),
    ];

    /// <returns>The person, their name as the settings write it.</returns>
    /// <exception cref="ProblemException">Nobody is named (400), or nobody of that name is known (403).</exception>
    public Approver Named(HttpRequest request)
    {
        var name = DecidedBy.In(request).Trim();
        return Roster.FirstOrDefault(person => person.Is(name))
            ?? throw new ProblemException(
                StatusCodes.Status403Forbidden,
                "role-needed",
                "Not allowed",
                "Nobody of this name has a role. The setting People__NAME__Roles says who has which.",
                DecidedBy.Header
            );
    }

    /// <returns>The person's name, as the settings write it.</returns>
    /// <exception cref="ProblemException">Nobody is named (400), or the person does not have the role (403).</exception>
    public string Require(HttpRequest request, string role)
    {
        var name = DecidedBy.In(request).Trim();
        return Roster.FirstOrDefault(person => person.Is(name) && person.Has(role))?.Name
            ?? throw new ProblemException(
                StatusCodes.Status403Forbidden,
                "role-needed",
                "Not allowed",
                $"This needs the role {role}. The setting People__NAME__Roles says who has it.",
                DecidedBy.Header
            );
    }
}
