namespace Stockgate.Domain.Tests.Orders;

/// <summary>
/// Positions and pages as the projection keeps them, in memory, each page written to its text and read again after every entry.
/// </summary>
internal sealed class Ledger
{
    private readonly Dictionary<LedgerPageKey, string> pages = [];
    private readonly Dictionary<(Sku, LocationId), StockPosition> positions = [];

    public void Post(StockEntry entry)
    {
        var key = new LedgerPageKey(entry.Sku, entry.Location, entry.Month, 0);
        var page = LedgerPage.Parse(key, pages.GetValueOrDefault(key, ""));
        var before = page.Find(entry.Id);
        if (before?.Version >= entry.Version)
            return;
        page.Put(entry);
        pages[key] = page.ToText();
        var position =
            positions.GetValueOrDefault((entry.Sku, entry.Location)) ?? new StockPosition { Sku = entry.Sku, Location = entry.Location };
        positions[(entry.Sku, entry.Location)] = position.Post(entry, before);
    }

    public void Count(string sku, string location, StockLevel level) => Count((new Sku(sku), new LocationId(location)), level);

    public void Count((Sku, LocationId) at, StockLevel level)
    {
        var position = positions.GetValueOrDefault(at) ?? new StockPosition { Sku = at.Item1, Location = at.Item2 };
        positions[at] = position.Count(
            level,
            pages.Where(p => (p.Key.Sku, p.Key.Location) == at).SelectMany(p => LedgerPage.Parse(p.Key, p.Value).Entries)
        );
    }

    public StockPosition At(string sku, string location) =>
        positions.GetValueOrDefault((new Sku(sku), new LocationId(location)))
        ?? new StockPosition { Sku = new Sku(sku), Location = new LocationId(location) };

    /// <summary>What people see: stock, holds and sales, without the zeros that are left of what was taken back.</summary>
    public string Sums()
    {
        var stock = positions
            .Where(p => p.Value.OnHand != Quantity.Zero || p.Value.Reserved != Quantity.Zero)
            .Select(p => $"{p.Key.Item1}@{p.Key.Item2} on hand {p.Value.OnHand.Value:0.###}, reserved {p.Value.Reserved.Value:0.###}");
        var sales =
            from page in pages
            from day in DailySales.Of(LedgerPage.Parse(page.Key, page.Value).Entries)
            select $"{page.Key.Sku}@{page.Key.Location} {day.Day:O} {day.Currency} sold {day.Sold.Value:0.###}/{day.SoldNet:0.##} cancelled {day.Cancelled.Value:0.###}/{day.CancelledNet:0.##} returned {day.Returned.Value:0.###}/{day.ReturnedNet:0.##}";
        return string.Join('\n', stock.Concat(sales).Order(StringComparer.Ordinal));
    }
}
