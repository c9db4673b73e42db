namespace Stockgate.Domain.Forecasting.History;

/// <summary>A calendar day, known in advance.</summary>
/// <param name="Date">The day.</param>
/// <param name="Events">Names of the day's events, such as a holiday; the same name every year. Usually empty.</param>
/// <param name="Tags">Kinds of days that come often, such as benefit payment days. Empty on most days.</param>
public sealed record CalendarDay(DateOnly Date, IReadOnlyList<string> Events, IReadOnlyList<string> Tags);
