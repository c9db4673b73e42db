using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Stockgate.Platform.Ingest;

namespace Stockgate.Platform.Operations;

/// <summary>
/// Who may do what: <c>People__NAME__Roles</c>, roles separated by commas. Whoever is not there may do nothing. The caller that holds the function key vouches for the name in <c>X-Decided-By</c>, as a
/// signed-in console or an API gateway does.
/// </summary>
public sealed class People(IConfiguration configuration)
{
    /// <summary>Creates, edits, pauses, ends and cancels promotions.</summary>
    public const string Merchandiser = "merchandiser";

    /// <summary>Takes a gate upon themselves.</summary>
    public const string GateOwner = "gate-owner";

    /// <summary>Approves what is ordered from suppliers.</summary>
    public const string Planner = "planner";

    /// <summary>Approves what the monitor of a live promotion recommends.</summary>
    public const string Operator = "operator";

    private readonly Dictionary<string, HashSet<string>> roles = configuration.GetSection("People").GetChildren().ToDictionary(
        static person => person.Key,
        static person => (person["Roles"] ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);

    /// <returns>The person's name, as the settings write it.</returns>
    /// <exception cref="ProblemException">Nobody is named (400), or the person does not have the role (403).</exception>
    public string Require(HttpRequest request, string role)
    {
        var name = QuarantineReview.PersonIn(request).Trim();
        if (!roles.TryGetValue(name, out var has) || !has.Contains(role))
            throw new ProblemException(StatusCodes.Status403Forbidden, "role-needed", "Not allowed", $"This needs the role {role}. The setting People__NAME__Roles says who has it.", QuarantineReview.PersonHeader);
        return roles.Keys.First(key => string.Equals(key, name, StringComparison.OrdinalIgnoreCase));
    }
}
