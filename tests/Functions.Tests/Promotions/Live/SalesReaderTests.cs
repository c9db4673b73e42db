using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Inventory;
using Stockgate.Platform.Inventory;
using Stockgate.Platform.Storage;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Promotions.Live;

public sealed class SalesReaderTests(AzuriteFixture fixture) : IClassFixture<AzuriteFixture>
{
    private static readonly Currency Gbp = Currency.Parse("GBP");
    private static readonly DateTimeOffset From = new(2026, 5, 31, 22, 0, 0, TimeSpan.Zero),
        To = new(2026, 6, 2, 10, 0, 0, TimeSpan.Zero);

    private readonly StateTables tables = new(new TableServiceClient(fixture.Azurite.ConnectionString), 4);

    private static StockEntry Entry(
        string sku,
        string id,
        DateTimeOffset at,
        decimal units,
        decimal net,
        EntryKind kind = EntryKind.Sale,
        string location = "L1",
        string currency = "GBP"
    ) =>
        new()
        {
            Sku = new Sku(sku),
            Location = new LocationId(location),
            Id = id,
            At = at,
            Kind = kind,
            Units = new Quantity(units),
            Net = net,
            Currency = Currency.Parse(currency),
        };

    private async Task PostAsync(params StockEntry[] entries)
    {
        await tables.PrepareAsync(CancellationToken.None);
        foreach (var page in entries.GroupBy(static e => new LedgerPageKey(e.Sku, e.Location, e.Month, 0)))
        {
            var filled = new LedgerPage(page.Key);
            foreach (var entry in page)
                filled.Put(entry);
            var row = new TableEntity(tables.PartitionOf(page.Key.Sku), LedgerPages.KeyOf(page.Key));
            StockForms.Page.Write(filled, row);
            await tables.Stock.UpsertEntityAsync(row);
        }
    }

    [Fact]
    public async Task Sales_count_from_the_first_second_to_the_last_across_months_less_what_was_cancelled()
    {
        await PostAsync(
            Entry("R1", "sale:1", From.AddTicks(-1), 50, 500),
            Entry("R1", "sale:2", From, 3, 30),
            Entry("R1", "demand:3", To.AddTicks(-1), 4, 40, EntryKind.Demand),
            Entry("R1", "sale:4", To, 60, 600),
            Entry("R1", "demand:5", From.AddHours(5), 2, 20, EntryKind.Demand),
            Entry("R1", "cancellation:5", From.AddHours(6), 2, 20, EntryKind.Cancellation),
            Entry("R1", "refund:2/1", From.AddHours(7), 1, 10, EntryKind.Return),
            Entry("R1", "reservation:3", From.AddHours(1), 9, 0, EntryKind.Reservation),
            Entry("R1", "sale:7", From.AddHours(3), 5, 55, location: "L2"),
            Entry("R1", "sale:8", From.AddHours(3), 99, 99, location: "elsewhere"),
            Entry("R2", "sale:2", From, 1, 7),
            Entry("R2", "sale:9", From.AddHours(1), 2, 9, currency: "EUR"),
            Entry("R1/x", "sale:10", From, 70, 70)
        );
        var sales = await new SalesReader(tables).ReadAsync(
            [new Sku("R1"), new Sku("R2"), new Sku("none"), new Sku("R1")],
            [new LocationId("L1"), new LocationId("L2")],
            From,
            To,
            Gbp,
            CancellationToken.None
        );
        Assert.Equal(
            ["R1 L1 7 70 1 10", "R1 L2 5 55 0 0", "R2 L1 3 7 0 0"],
            sales.Cells.Select(static c =>
                FormattableString.Invariant($"{c.Sku} {c.Location} {c.Units} {c.Net.Amount} {c.Returned} {c.ReturnedNet.Amount}")
            )
        );
        Assert.Equal((4, 15m, 2m), (sales.Customers, sales.Units.Value, sales.OtherCurrencies.Value));
        Assert.Equal(
            [(new DateOnly(2026, 5, 31), 6m), (new DateOnly(2026, 6, 1), 5m), (new DateOnly(2026, 6, 2), 4m)],
            sales.Days.Select(static d => (d.Day, d.Units.Value))
        );
    }

    [Fact]
    public async Task Many_skus_are_read_together()
    {
        var skus = Enumerable.Range(0, 300).Select(static i => new Sku($"many-{i}")).ToList();
        await PostAsync([.. skus.Select((sku, i) => Entry(sku.Value, $"sale:{i / 3}", From.AddMinutes(i), 1 + i % 2, 1.5m))]);
        var sales = await new SalesReader(tables).ReadAsync(skus, [new LocationId("L1")], From, To, Gbp, CancellationToken.None);
        Assert.Equal(
            (300, 450m, 100, 450m),
            (sales.Cells.Count, sales.Units.Value, sales.Customers, sales.Cells.Sum(static c => c.Net.Amount))
        );
    }

    [Fact]
    public async Task A_span_without_length_has_no_sales_and_too_many_skus_are_refused()
    {
        await PostAsync(Entry("R3", "sale:1", From, 1, 1));
        Assert.Empty(
            (
                await new SalesReader(tables).ReadAsync([new Sku("R3")], [new LocationId("L1")], From, From, Gbp, CancellationToken.None)
            ).Cells
        );
        var many = Enumerable.Range(0, SalesReader.MostSkus + 1).Select(static i => new Sku($"{i}")).ToList();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            new SalesReader(tables).ReadAsync(many, [], From, To, Gbp, CancellationToken.None)
        );
    }
}
