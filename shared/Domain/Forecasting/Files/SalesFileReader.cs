using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Forecasting.Files;

/// <summary>
/// Puts the months' files together by series and day. Takes a row that comes twice once; refuses, by file and line, a row that
/// contradicts another, a negative or infinite figure, a day that is not of the file's month, missing columns. A figure written as
/// <c>NaN</c> is one that is not known.
/// </summary>
public sealed class SalesFileReader
{
    private readonly DateOnly first;
    private readonly int days;
    private readonly Dictionary<string, Dictionary<string, SeriesDays>> byLocation = new(StringComparer.Ordinal);
    private readonly List<SeriesDays> all = [];
    private int twice,
        unknown;

    /// <param name="first">The first day that is taken; earlier ones are skipped.</param>
    /// <param name="days">How many are taken, at least 1; later ones are skipped, such as the day that is not over yet.</param>
    public SalesFileReader(DateOnly first, int days)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        (this.first, this.days) = (first, days);
    }

    /// <summary>Whether no series has sold anything.</summary>
    public bool IsEmpty => all.TrueForAll(static s => s.Begins < 0);

    internal DateOnly First => first;

    internal int Days => days;

    internal IReadOnlyList<SeriesDays> Series => all;

    internal IEnumerable<string> Remarks =>
        [
            .. twice > 0
                ? [$"{twice} {(twice == 1 ? "identical row is" : "identical rows are")} in the files twice; each was counted once."]
                : Array.Empty<string>(),
            .. unknown > 0
                ? [$"{unknown} {(unknown == 1 ? "figure is" : "figures are")} written as NaN and treated as unknown."]
                : Array.Empty<string>(),
        ];

    /// <param name="file">Its name, as it is to be told in a fault.</param>
    /// <param name="month">The month that the file is of, as 202611.</param>
    /// <param name="text">The file.</param>
    /// <exception cref="HistoryFileException">The file is no month of sales, or contradicts what was read before.</exception>
    public void Read(string file, int month, string text)
    {
        var rows = new CsvRows(file, text, SalesFile.Columns);
        var (lastDay, dayText) = (default(DateOnly), string.Empty);
        var (skuOf, locationOf) = (default(SeriesDays), string.Empty);
        while (rows.Next())
        {
            // Rows of one day, and of one series, mostly follow each other.
            if (!rows[0].SequenceEqual(dayText))
                (lastDay, dayText) = (rows.Day(0), rows[0].ToString());
            if (lastDay.Year * 100 + lastDay.Month != month)
                throw rows.Fault($"{dayText} is not in the month of this file.");
            if (lastDay < first || lastDay.DayNumber - first.DayNumber >= days)
                continue;
            if (skuOf is null || !rows[1].SequenceEqual(skuOf.Key.Sku.Value) || !rows[2].SequenceEqual(locationOf))
                (skuOf, locationOf) = (SeriesOf(rows), rows[2].ToString());
            Put(rows, skuOf, lastDay.DayNumber - first.DayNumber);
        }
    }

    private void Put(CsvRows rows, SeriesDays series, int day)
    {
        var row = new DayFigures(
            rows.Amount(3),
            Known(rows.Amount(4)),
            Known(rows.Amount(5)),
            Known(rows.Number(6)),
            rows.Amount(8),
            rows.Flag(9)
        );
        Currency? currency =
            rows[7].IsEmpty ? null
            : series.Currency is { } usual && rows[7].SequenceEqual(usual.Code) ? usual
            : Currency.TryParse(rows[7].ToString(), out var known) ? known
            : throw rows.Fault($"currency '{rows[7]}' is not known; it must be an ISO 4217 code such as GBP.");
        if (series.Has(day))
        {
            if (!series.Figures[day].Equals(row))
                throw rows.Fault($"{series.Key} has {first.AddDays(day):yyyy-MM-dd} twice, with different figures.");
            twice++;
            return;
        }
        if (float.IsNaN(row.Sold))
            unknown++;
        series.Put(day, row, currency);
    }

    private SeriesDays SeriesOf(CsvRows rows)
    {
        if (!byLocation.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(rows[2], out var place))
            byLocation[rows.Id(2)] = place = new(StringComparer.Ordinal);
        if (place.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(rows[1], out var series))
            return series;
        series = new SeriesDays(new SeriesKey(rows.Sku(1), new LocationId(rows.Id(2))), days);
        place[series.Key.Sku.Value] = series;
        all.Add(series);
        return series;
    }

    private static float Known(float value) => float.IsNaN(value) ? 0 : value;
}

/// <summary>One day of one series as its row says.</summary>
internal readonly record struct DayFigures(float Sold, float Cancelled, float Returned, float Net, float Price, bool Stockout);

/// <summary>The rows of one series by day.</summary>
internal sealed class SeriesDays(SeriesKey key, int days)
{
    private readonly bool[] has = new bool[days];

    public SeriesKey Key => key;

    public DayFigures[] Figures { get; } = new DayFigures[days];

    /// <summary>The currency of the first row that has one; money in others is ignored.</summary>
    public Currency? Currency { get; private set; }

    /// <summary>Days whose money is in another currency than the first.</summary>
    public int OtherCurrencies { get; private set; }

    /// <summary>The first day with a sale; -1 where there is none.</summary>
    public int Begins { get; private set; } = -1;

    public bool Has(int day) => has[day];

    public void Put(int day, DayFigures row, Currency? currency)
    {
        has[day] = true;
        if (currency is { } named && (Currency ??= named) != named)
        {
            OtherCurrencies++;
            row = row with { Net = 0, Price = float.NaN };
        }
        Figures[day] = row;
        if (row.Sold > 0 && (Begins < 0 || day < Begins))
            Begins = day;
    }
}
