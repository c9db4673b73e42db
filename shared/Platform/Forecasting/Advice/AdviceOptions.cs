using System.ComponentModel.DataAnnotations;
using Stockgate.Domain;
using Stockgate.Domain.Forecasting.Transfers;
using Stockgate.Platform.Settings;

namespace Stockgate.Platform.Forecasting.Advice;

/// <summary>What is recommended after a forecast, and within which terms.</summary>
public sealed class AdviceOptions : IValidatableObject
{
    [Setting]
    public Dictionary<string, SupplierOptions> Suppliers { get; } = [];

    [Setting]
    public Dictionary<int, RouteOptions> Routes { get; } = [];

    [Setting]
    public BudgetOptions Budget { get; set; } = new();

    [Setting("0.5 to 0.999", "the probability that an order lasts until the next one arrives"), Range(0.5, 0.999)]
    public double Service { get; set; } = 0.9;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Budget is { Amount: not null, Currency: null } ? [new ValidationResult("is missing", ["Budget:Currency"])] : [];
}

/// <summary>A supplier's ordering terms.</summary>
public sealed class SupplierOptions
{
    [Setting("0 to 730 days", "from an order to the shelf"), Required, Range(0, 730)]
    public int LeadTime { get; set; }

    [Setting("1 to 365 days", "from one order to the next, at least"), Range(1, 365)]
    public int Review { get; set; } = 1;

    [Setting("0.001 units or more", "units of a pack"), Range(0.001, 1_000_000_000.0)]
    public decimal Pack { get; set; } = 1;

    [Setting("units", "of an order, at least"), Range(0.0, 1_000_000_000.0)]
    public decimal MinimumOrder { get; set; }

    [Setting("days of the week", "when orders are taken", Default = "(every day)"), Weekdays]
    public TextList OrderDays { get; set; } = [];
}

/// <summary>A route of transfers between locations.</summary>
public sealed class RouteOptions
{
    [Setting("location", "where goods come from"), Required]
    public string? From { get; set; }

    [Setting("location", "where they go to"), Required]
    public string? To { get; set; }

    [Setting("0 to 365 days", "how long it takes"), Range(0, 365)]
    public int Days { get; set; } = 1;

    [Setting("money", "what a unit costs"), Range(0.0, 1_000_000_000.0)]
    public decimal PerUnit { get; set; }

    [Setting("money", "what a trip costs"), Range(0.0, 1_000_000_000.0)]
    public decimal PerTrip { get; set; }

    [Setting("ISO 4217", "of these costs"), Required, CurrencyCode]
    public string? Currency { get; set; }

    internal TransferRoute ToRoute() =>
        new(
            new LocationId(From!),
            new LocationId(To!),
            Days,
            new Money(PerUnit, Domain.Currency.Parse(Currency!)),
            new Money(PerTrip, Domain.Currency.Parse(Currency!))
        );
}

/// <summary>Money for a night's orders.</summary>
public sealed class BudgetOptions
{
    [Setting("money", "for a night's orders", Default = "(no bound)"), Range(0.0, 1_000_000_000.0)]
    public decimal? Amount { get; set; }

    [Setting("ISO 4217", "of the budget; required with it"), CurrencyCode]
    public string? Currency { get; set; }
}

/// <summary>Names of weekdays.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WeekdaysAttribute : ValidationAttribute
{
    public WeekdaysAttribute() => ErrorMessage = "has a name that is no weekday; give days such as Monday,Thursday";

    public override bool IsValid(object? value) => value is string day ? Is(day) : value is not TextList days || days.TrueForAll(Is);

    private static bool Is(string day) => Enum.GetNames<DayOfWeek>().Contains(day, StringComparer.OrdinalIgnoreCase);
}
