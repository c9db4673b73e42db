using System.Globalization;
using System.IO.Compression;

namespace Stockgate.EndToEnd.Tests.Replay;

/// <summary>A transaction file of a few hundred invoices with everything in it that a real one has.</summary>
internal static class SmallTransactionFile
{
    public const int Invoices = 300;

    /// <summary>Invoices that are quarantined: a line lacks its description, an adjustment its reason, or a price is negative.</summary>
    public const int Undescribed = 6,
        WithoutReason = 4,
        NegativePrices = 2;

    private const string Header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

    /// <returns>The path of a csv.gz in the folder.</returns>
    public static string Write(string folder)
    {
        var (chance, lines) = (new Random(11), new List<string>());
        for (var i = 0; i < Invoices; i++)
            lines.AddRange(Invoice(i, chance));
        // Every ninth line goes some lines further down: invoices whose lines stand apart.
        for (var i = 0; i + 40 < lines.Count; i += 9)
            (lines[i], lines[i + 37]) = (lines[i + 37], lines[i]);
        var path = Path.Combine(folder, "small.csv.gz");
        using var writer = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest));
        writer.WriteLine(Header);
        foreach (var line in lines)
            writer.WriteLine(line);
        return path;
    }

    private static IEnumerable<string> Invoice(int i, Random chance)
    {
        var number = (536_000 + i).ToString(CultureInfo.InvariantCulture);
        var at = new DateTime(2010, 12, 1, 8, 0, 0).AddMinutes(i * 7);
        // Customers buy and return; what is quarantined has none, so that every customer is in the tables.
        var customer = $"{17_000 + chance.Next(80)}{(i % 5 == 0 ? ".0" : "")}";
        string Line(string invoice, string description, int quantity, decimal price, string who, int minute = 0) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{invoice},{20_000 + chance.Next(120)}{(chance.Next(6) == 0 ? "B" : "")},{description},{quantity},{at.AddMinutes(minute):yyyy-MM-dd HH:mm:ss},{price},{who},United Kingdom"
            );

        if (i % 50 == 10)
            return [Line(number, "MUG", 2, 1.25m, ""), Line(number, "", 1, 0, "")];
        if (i % 75 == 20)
            return [Line(number, "", -3, 0, "")];
        if (i % 150 == 30)
            return [Line("A" + number, "Adjust bad debt", 1, -11_062.06m, "")];
        if (i % 12 == 5)
            return [Line(number, "\"damaged, wet\"", -chance.Next(1, 9), 0, ""), Line(number, "thrown away", -1, 0.42m, "")];
        if (i % 8 == 6)
            return Enumerable
                .Range(0, chance.Next(1, 4))
                .Select(_ => Line("C" + number, "\"LANTERN, \"\"RED\"\"\"", -chance.Next(1, 6), chance.Next(1, 900) / 100m, customer));
        var sold = Enumerable
            .Range(0, chance.Next(1, 14))
            .Select(n =>
                Line(
                    number,
                    "\"LANTERN, \"\"RED\"\"\"",
                    chance.Next(1, 30),
                    chance.Next(0, 2000) / 100m,
                    i % 4 == 0 ? "" : customer,
                    n > 6 ? 1 : 0
                )
            )
            .ToList();
        // The same line once more, to the letter.
        return i % 3 == 0 ? sold.Append(sold[0]) : sold;
    }
}
