using System.ComponentModel.DataAnnotations;
using System.Net.Mail;
using Stockgate.Domain;
using Stockgate.Platform.Settings;

namespace Stockgate.Platform.Operations;

/// <summary>The people who are asked by mail, by name.</summary>
public sealed class PeopleOptions() : Dictionary<string, PersonOptions>(StringComparer.OrdinalIgnoreCase);

/// <summary>A person's roles and address.</summary>
public sealed class PersonOptions : IValidatableObject
{
    [Setting("roles", "what they are asked to decide, by a link in a mail")]
    public TextList Roles { get; set; } = [];

    [Setting("mail address", "where mail reaches them; without it they are never asked")]
    public string? Email { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        string.IsNullOrWhiteSpace(Email) || (MailAddress.TryCreate(Email.Trim(), out var address) && address.Address == Email.Trim())
            ? []
            : [new ValidationResult("is not a mail address such as anna@example.com", [nameof(Email)])];
}
