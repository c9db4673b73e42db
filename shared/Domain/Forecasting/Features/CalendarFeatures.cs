using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Forecasting.Features;

/// <summary>Calendar features of each day.</summary>
internal sealed class CalendarFeatures
{
    /// <summary>Days that an event is looked for before and after a day; farther ones count as so far.</summary>
    public const int Reach = 14;

    private readonly int[] events,
        next,
        previous,
        tags;

    public CalendarFeatures(IReadOnlyList<CalendarDay> calendar)
    {
        var ids = new SortedSet<string>(calendar.SelectMany(static day => day.Events), StringComparer.Ordinal)
            .Select(static (name, i) => (name, i + 1))
            .ToDictionary(StringComparer.Ordinal);
        (events, next, previous, tags) = (
            new int[calendar.Count],
            new int[calendar.Count],
            new int[calendar.Count],
            new int[calendar.Count]
        );
        for (var day = 0; day < calendar.Count; day++)
        {
            events[day] = calendar[day].Events.Count > 0 ? ids[calendar[day].Events[0]] : 0;
            tags[day] = calendar[day].Tags.Count;
            previous[day] =
                events[day] > 0 ? 0
                : day > 0 ? Math.Min(Reach, previous[day - 1] + 1)
                : Reach;
        }
        for (var day = calendar.Count - 1; day >= 0; day--)
            next[day] =
                events[day] > 0 ? 0
                : day < calendar.Count - 1 ? Math.Min(Reach, next[day + 1] + 1)
                : Reach;
    }

    /// <summary>The event of a day; 0 for none. The same event has the same number every year.</summary>
    public int Event(int day) => events[day];

    /// <summary>Days to the next event, 0 on its day.</summary>
    public int ToNext(int day) => next[day];

    /// <summary>Days since the last event, 0 on its day.</summary>
    public int SinceLast(int day) => previous[day];

    /// <summary>The next event within a week; 0 for none.</summary>
    public int Next(int day) => next[day] <= 7 ? events[day + next[day]] : 0;

    public int Tags(int day) => tags[day];
}
