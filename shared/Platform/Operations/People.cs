using System.Net.Mail;
using Microsoft.Extensions.Configuration;
using Stockgate.Domain.Access;
using Stockgate.Domain.Approvals;

namespace Stockgate.Platform.Operations;

/// <summary>
/// Who is asked by mail: <c>People__NAME__Roles</c>, roles separated by commas, and their mail address: <c>People__NAME__Email</c>. A link
/// in a mail vouches for whom it was sent to. What callers of the API may do is said by their credentials.
/// </summary>
public sealed class People
{
    /// <exception cref="InvalidOperationException">An address in the settings is none.</exception>
    public People(IConfiguration configuration) => Roster = [.. configuration.GetSection("People").GetChildren().Select(Read)];

    /// <summary>Everybody.</summary>
    public IReadOnlyList<Approver> Roster { get; }

    /// <summary>The caller as rules about approvers see them: mail reaches them where the settings say that it reaches their name.</summary>
    public Approver Of(Caller caller) => new(caller.Name, Roster.FirstOrDefault(p => p.Is(caller.Name))?.Email, caller.Roles);

    /// <summary>Everybody, with a caller as their credential describes them.</summary>
    public IReadOnlyList<Approver> With(Approver caller) => [.. Roster.Where(p => !p.Is(caller.Name)), caller];

    internal static Approver Read(IConfigurationSection person) =>
        new(
            person.Key,
            Address(person.GetSection("Email")),
            (person["Roles"] ?? string.Empty)
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .ToHashSet(StringComparer.OrdinalIgnoreCase)
        );

    private static string? Address(IConfigurationSection email) =>
        string.IsNullOrWhiteSpace(email.Value) ? null
        : MailAddress.TryCreate(email.Value.Trim(), out var address) && address.Address == email.Value.Trim() ? address.Address
        : throw new InvalidOperationException(
            $"The setting {email.Path.Replace(":", "__", StringComparison.Ordinal)} is not a mail address such as anna@example.com."
        );
}
