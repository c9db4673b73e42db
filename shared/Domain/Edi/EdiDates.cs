using System.Globalization;

namespace Stockgate.Domain.Edi;

/// <summary>Dates and times of messages. They name no zone and count as UTC.</summary>
internal static class EdiDates
{
    /// <returns>Null if it is none. A date without a time is its midnight.</returns>
    public static DateTimeOffset? Of(string date, string time = "")
    {
        var text = date.Trim() + time.Trim();
        string[] formats = ["yyyyMMdd", "yyMMdd", "yyyyMMddHHmm", "yyMMddHHmm", "yyyyMMddHHmmss"];
        foreach (var format in formats)
            if (
                DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
                && text.Length == format.Length
            )
                return new DateTimeOffset(at, TimeSpan.Zero);
        return null;
    }

    /// <summary>Of a DTM in EDIFACT: <c>DTM+137:20260301:102</c>. Of a period its beginning.</summary>
    public static DateTimeOffset? OfDtm(EdiSegment? dtm) =>
        dtm?[1, 3] switch
        {
            null => null,
            "303" => Of(Beginning(dtm, 12)),
            "304" => Of(Beginning(dtm, 14)),
            "718" => Of(Beginning(dtm, 8)),
            "719" => Of(Beginning(dtm, 12)),
            _ => Of(dtm[1, 2]),
        };

    private static string Beginning(EdiSegment dtm, int characters) => dtm[1, 2][..Math.Min(characters, dtm[1, 2].Length)];
}
