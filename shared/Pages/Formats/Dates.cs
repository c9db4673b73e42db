namespace Stockgate.Pages.Formats;

/// <summary>Days and moments; moments are UTC and say so.</summary>
public static class Dates
{
    /// <summary>21 Nov 2026.</summary>
    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", Figures.Culture);

    /// <summary>Sat 21 Nov, of the days around today.</summary>
    public static string Near(DateOnly day) => day.ToString("ddd d MMM", Figures.Culture);

    /// <summary>21 Nov, under a chart.</summary>
    public static string Mark(DateOnly day) => day.ToString("d MMM", Figures.Culture);

    /// <summary>21 Nov 2026, 14:05 UTC.</summary>
    public static string Moment(DateTimeOffset at) => $"{Bare(at)} UTC";

    /// <summary>21 Nov 2026, 14:05, where the page says that its times are UTC.</summary>
    public static string Bare(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy, HH:mm", Figures.Culture);

    /// <summary>Sat 21 Nov 2026, 14:05 UTC: by when something is due.</summary>
    public static string Due(DateTimeOffset at) => at.UtcDateTime.ToString("ddd d MMM yyyy, HH:mm", Figures.Culture) + " UTC";

    /// <summary>21 Nov, 14:05 UTC: for a mail's subject.</summary>
    public static string Short(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM, HH:mm", Figures.Culture) + " UTC";
}
