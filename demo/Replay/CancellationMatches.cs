namespace Stockgate.Demo.Replay;

/// <summary>Units of an article that a cancellation takes back from one invoice.</summary>
public sealed record MatchedLine(string StockCode, decimal Quantity);

/// <summary>What a cancellation takes back from one invoice: one action on that order.</summary>
/// <param name="Invoice">The invoice's number.</param>
/// <param name="Lines">Each article once.</param>
public sealed record MatchedInvoice(string Invoice, IReadOnlyList<MatchedLine> Lines);

/// <summary>A cancellation, and the invoices that it takes units back from.</summary>
/// <param name="Cancellation">As it is in the file.</param>
/// <param name="Invoices">The newest first; none where no invoice of its customer has any of its units left.</param>
/// <param name="InFull">Lines all of whose units were found.</param>
/// <param name="InPart">Lines some of whose units were.</param>
/// <param name="NotAtAll">Lines none of whose units were.</param>
public sealed record CancellationMatch(Invoice Cancellation, IReadOnlyList<MatchedInvoice> Invoices, int InFull, int InPart, int NotAtAll)
{
    public bool Full => InPart + NotAtAll == 0;

    public bool None => Invoices.Count == 0;
}

/// <summary>
/// Finds what the cancellations of a transaction file cancel, which the file does not say: units of the same article that the same
/// customer bought earlier and has not returned, from the newest such invoice first, because people return what they have just got. A
/// unit is returned once. The file is read forward, as it is; what stands in it after a cancellation was not bought before it. Held in
/// memory are the units that each customer could still return, not the invoices.
/// </summary>
public static class CancellationMatches
{
    public static IEnumerable<CancellationMatch> In(IEnumerable<Invoice> invoices)
    {
        var left = new Dictionary<(string Customer, string StockCode), List<Bought>>();
        foreach (var invoice in invoices)
            if (InvoiceEvents.IsCancellation(invoice.Number))
                yield return Match(invoice, left);
            else
                Keep(invoice, left);
    }

    private static void Keep(Invoice invoice, Dictionary<(string, string), List<Bought>> left)
    {
        foreach (var line in invoice.Lines)
        {
            // Whose it is is not known, or it is no sale.
            if (line.CustomerId.Length == 0 || line.Quantity <= 0)
                continue;
            var key = (line.CustomerId, line.StockCode);
            if (!left.TryGetValue(key, out var bought))
                left[key] = bought = [];
            if (bought.Count > 0 && bought[^1].Invoice == invoice.Number)
                bought[^1].Quantity += line.Quantity;
            else
                bought.Add(new Bought(invoice.Number, invoice.Lines[0].InvoiceDate, line.Quantity));
        }
    }

    private static CancellationMatch Match(Invoice cancellation, Dictionary<(string, string), List<Bought>> left)
    {
        var taken = new Dictionary<string, (DateTimeOffset At, Dictionary<string, decimal> Units)>(StringComparer.Ordinal);
        int full = 0,
            part = 0,
            none = 0;
        foreach (var line in cancellation.Lines)
        {
            var wanted = -line.Quantity;
            var found = left.TryGetValue((line.CustomerId, line.StockCode), out var bought)
                ? Take(bought, cancellation.Lines[0].InvoiceDate, wanted, line.StockCode, taken)
                : 0;
            if (found <= 0)
                none++;
            else if (found < wanted)
                part++;
            else
                full++;
        }
        var invoices = taken
            .OrderByDescending(static t => t.Value.At)
            .ThenByDescending(static t => t.Key, StringComparer.Ordinal)
            .Select(static t => new MatchedInvoice(t.Key, [.. t.Value.Units.Select(static u => new MatchedLine(u.Key, u.Value))]));
        return new CancellationMatch(cancellation, [.. invoices], full, part, none);
    }

    private static decimal Take(
        List<Bought> bought,
        DateTimeOffset before,
        decimal wanted,
        string stockCode,
        Dictionary<string, (DateTimeOffset At, Dictionary<string, decimal> Units)> taken
    )
    {
        var found = 0m;
        foreach (
            var from in bought
                .Where(b => b.At < before)
                .OrderByDescending(static b => b.At)
                .ThenByDescending(static b => b.Invoice, StringComparer.Ordinal)
        )
        {
            var units = Math.Min(wanted - found, from.Quantity);
            if (units <= 0)
                break;
            if (!taken.TryGetValue(from.Invoice, out var invoice))
                taken[from.Invoice] = invoice = (from.At, new(StringComparer.Ordinal));
            invoice.Units[stockCode] = invoice.Units.GetValueOrDefault(stockCode) + units;
            from.Quantity -= units;
            found += units;
        }
        bought.RemoveAll(static b => b.Quantity == 0);
        return found;
    }

    private sealed class Bought(string invoice, DateTimeOffset at, decimal quantity)
    {
        public string Invoice { get; } = invoice;

        public DateTimeOffset At { get; } = at;

        public decimal Quantity { get; set; } = quantity;
    }
}
