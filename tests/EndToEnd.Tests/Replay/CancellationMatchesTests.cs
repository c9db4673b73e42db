using Stockgate.Demo.Replay;
using Stockgate.TestSupport;

namespace Stockgate.EndToEnd.Tests.Replay;

/// <summary>Which invoices the cancellations of a transaction file are of.</summary>
public class CancellationMatchesTests
{
    private const string Data = "uci-online-retail/online-retail.csv.gz";

    private static readonly DateTimeOffset Start = new(2010, 12, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Units_come_from_the_newest_earlier_invoice_first_and_once()
    {
        var matches = CancellationMatches
            .In([
                Invoice("1", 0, ("MUG", 5)),
                Invoice("2", 1, ("MUG", 2), ("MUG", 1), ("CUP", 4)),
                Invoice("C3", 2, ("MUG", -4), ("CUP", -1)),
                Invoice("C4", 3, ("MUG", -9)),
                Invoice("C5", 4, ("MUG", -1)),
                Invoice("6", 5, ("MUG", 1)),
            ])
            .ToList();
        Assert.Equal(["2: MUG 3 CUP 1 | 1: MUG 1", "1: MUG 4", ""], matches.Select(Words));
        Assert.Equal([(2, 0, 0), (0, 1, 0), (0, 0, 1)], matches.Select(static m => (m.InFull, m.InPart, m.NotAtAll)));
        Assert.Equal([(true, false), (false, false), (false, true)], matches.Select(static m => (m.Full, m.None)));
    }

    [Fact]
    public void Another_customers_another_articles_and_later_units_are_not_taken()
    {
        var matches = CancellationMatches
            .In([
                Invoice("1", 0, "ann", ("MUG", 5)),
                Invoice("2", 2, "", ("CUP", 5)),
                Invoice("3", 1, "bob", ("CUP", 5)),
                Invoice("C4", 1, "bob", ("MUG", -1), ("CUP", -1)),
                Invoice("C5", 3, "", ("CUP", -1)),
            ])
            .ToList();
        Assert.All(matches, static m => Assert.True(m.None));
    }

    [SharedDataFact(Data)]
    public void Every_cancellation_of_the_file_is_accounted_for()
    {
        var file = TransactionFile.Open(SharedData.Find(Data)!);
        var (bought, taken) = (new Dictionary<(string, string), decimal>(), new Dictionary<(string, string), decimal>());
        var matches = CancellationMatches
            .In(
                file.Invoices()
                    .Select(invoice =>
                    {
                        foreach (var line in invoice.Lines.Where(static l => l.Quantity > 0))
                            bought[(invoice.Number, line.StockCode)] =
                                bought.GetValueOrDefault((invoice.Number, line.StockCode)) + line.Quantity;
                        return invoice;
                    })
            )
            .ToList();
        Assert.Equal(3_836, matches.Count);
        Assert.Equal(matches.Sum(static m => m.Cancellation.Lines.Count), matches.Sum(static m => m.InFull + m.InPart + m.NotAtAll));
        foreach (
            var (invoice, line) in matches
                .SelectMany(static m => m.Invoices)
                .SelectMany(static i => i.Lines.Select(line => (i.Invoice, line)))
        )
            taken[(invoice, line.StockCode)] = taken.GetValueOrDefault((invoice, line.StockCode)) + line.Quantity;
        // No unit was returned that was not bought, and none twice.
        Assert.All(taken, returned => Assert.InRange(returned.Value, 1, bought[returned.Key]));
        Assert.Equal(
            "invoices 2885 in full, 247 in part, 704 not at all; lines 7514, 54, 1720; 3848 actions on 3260 invoices, 250820 units",
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"invoices {matches.Count(static m => m.Full)} in full, {matches.Count(static m => !m.Full && !m.None)} in part, {matches.Count(static m => m.None)} not at all; "
                    + $"lines {matches.Sum(static m => m.InFull)}, {matches.Sum(static m => m.InPart)}, {matches.Sum(static m => m.NotAtAll)}; "
                    + $"{matches.Sum(static m => m.Invoices.Count)} actions on {matches.SelectMany(static m => m.Invoices).Select(static i => i.Invoice).Distinct().Count()} invoices, {taken.Values.Sum():0} units"
            )
        );
    }

    private static string Words(CancellationMatch match) =>
        string.Join(
            " | ",
            match.Invoices.Select(static i => $"{i.Invoice}: {string.Join(" ", i.Lines.Select(static l => $"{l.StockCode} {l.Quantity}"))}")
        );

    private static Invoice Invoice(string number, int minute, params (string StockCode, decimal Quantity)[] lines) =>
        Invoice(number, minute, "ann", lines);

    private static Invoice Invoice(string number, int minute, string customer, params (string StockCode, decimal Quantity)[] lines) =>
        new(
            number,
            [
                .. lines.Select(l => new TransactionLine(
                    number,
                    l.StockCode,
                    "thing",
                    l.Quantity,
                    Start.AddMinutes(minute),
                    1.25m,
                    customer,
                    "United Kingdom"
                )),
            ]
        );
}
