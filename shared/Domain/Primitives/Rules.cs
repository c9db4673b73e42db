namespace Stockgate.Domain;

/// <summary>Validation rules shared by events. Each returns the mistake, or null; chain them with <c>??</c>.</summary>
internal static class Rules
{
    public static Rejection? Text(string field, string? value) =>
        string.IsNullOrWhiteSpace(value) ? new Rejection(field, "is missing or blank")
        : value.Length > Limits.Text ? new Rejection(field, $"has {value.Length} characters; at most {Limits.Text} are allowed")
        : null;

    public static Rejection? OptionalText(string field, string? value) => value is null ? null : Text(field, value);

    public static Rejection? NotNegative(string field, decimal value) =>
        value < 0 ? new Rejection(field, $"is {value}; it can't be negative") : Bounded(field, value);

    public static Rejection? Moment(string field, DateTimeOffset? moment) =>
        moment switch
        {
            { } early when early < Limits.Earliest => new Rejection(field, $"is {early:O}; the earliest time is {Limits.Earliest:O}"),
            { } late when late >= Limits.Latest => new Rejection(field, $"is {late:O}; it must be before {Limits.Latest:O}"),
            _ => null,
        };

    public static Rejection? Positive(string field, Quantity quantity) =>
        quantity.Value <= 0 ? new Rejection(field, $"is {quantity}; it must be above zero") : Bounded(field, quantity.Value);

    public static Rejection? Bounded(string field, decimal value) =>
        Math.Abs(value) > Limits.Number ? new Rejection(field, $"is {value}; the maximum is {Limits.Number}") : null;

    public static Rejection? Lines<T>(IReadOnlyList<T>? lines, Func<T, string, Rejection?> check, string name = "lines")
    {
        if (lines is null || lines.Count == 0)
            return new Rejection(name, "has no line");
        if (lines.Count > Limits.OrderLines)
            return new Rejection(name, $"has {lines.Count} lines; at most {Limits.OrderLines} are allowed");
        for (var i = 0; i < lines.Count; i++)
            if (lines[i] is null)
                return new Rejection($"{name}[{i}]", "is null");
            // Behind nothing its fields are texts of the program; the line's place is made where it is told.
            else if (check(lines[i], "") is { } rejection)
                return rejection with { Field = $"{name}[{i}]{rejection.Field}" };
        return null;
    }
}
