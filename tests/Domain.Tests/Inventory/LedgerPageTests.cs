namespace Stockgate.Domain.Tests.Inventory;

public class LedgerPageTests
{
    private static readonly LedgerPageKey Key = new(new Sku("A"), new LocationId("L1"), 202603, 0);

    private static LedgerPage Again(LedgerPage page) => LedgerPage.Parse(Key, page.ToText());

    [Theory]
    [InlineData("sale:536365")]
    [InlineData("a|b")]
    [InlineData("a\nb\r\nc")]
    [InlineData("100%25")]
    [InlineData("%7C")]
    [InlineData("Größe 中文 😀\u2028\u0085")]
    [InlineData(" ")]
    public void An_id_of_any_text_survives_its_page(string id)
    {
        var page = new LedgerPage(Key);
        page.Put(Given.Entry(id, -1));
        page.Put(Given.Entry("other", 2));
        Assert.Equal(page.Entries.OrderBy(static e => e.Id, StringComparer.Ordinal), Again(page).Entries);
        Assert.NotNull(Again(page).Find(id));
    }

    [Fact]
    public void The_same_entries_are_the_same_text_in_whatever_order_they_came()
    {
        var (page, other) = (new LedgerPage(Key), new LedgerPage(Key));
        StockEntry[] entries = [Given.Entry("b", 1), Given.Entry("a", 2), Given.Entry("c", 3)];
        foreach (var entry in entries)
            page.Put(entry);
        foreach (var entry in entries.Reverse())
            other.Put(entry);
        Assert.Equal(page.ToText(), other.ToText());
    }

    [Fact]
    public void Every_field_survives() =>
        Prop.ForAll<(decimal Stock, decimal Net, int Version, long Ticks)>(any =>
            {
                var (stock, net, version, ticks) = any;
                var entry = Given.Entry(
                    "e",
                    stock,
                    Given.Now.AddTicks(ticks % 10_000_000_000),
                    EntryKind.Return,
                    reserved: net,
                    version
                ) with
                {
                    Net = net,
                    Units = new Quantity(stock),
                    Currency = ticks % 2 == 0 ? Given.Eur : null,
                };
                var page = new LedgerPage(Key);
                page.Put(entry);
                return Again(page).Find("e") == entry && Again(page).ToText() == page.ToText();
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Any_sequence_of_puts_reads_back_as_the_last_word_on_each_id() =>
        Prop.ForAll<int>(seed =>
            {
                var random = new Random(seed);
                var (page, last) = (new LedgerPage(Key), new Dictionary<string, StockEntry>());
                for (var i = 0; i < random.Next(1, 40); i++)
                {
                    var entry = Given.Entry($"e{random.Next(6)}", random.Next(-9, 9), version: i);
                    page.Put(last[entry.Id] = entry);
                    if (random.Next(5) == 0)
                        page = Again(page);
                    if (random.Next(5) == 0)
                        _ = page.ToText();
                }
                return Again(page)
                    .Entries.OrderBy(e => e.Id, StringComparer.Ordinal)
                    .SequenceEqual(last.Values.OrderBy(e => e.Id, StringComparer.Ordinal));
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void An_empty_text_is_an_empty_page() => Assert.Empty(LedgerPage.Parse(Key, "").Entries);

    [Theory]
    [InlineData("a|1|1|0|1|1|1|GBP\n")]
    [InlineData("a|1|1|0|1|1|1|GBP|0|9\n")]
    [InlineData("a|x|1|0|1|1|1|GBP|0\n")]
    [InlineData("a|1|1|0|1|1|1|ZZZ|0\n")]
    [InlineData("nonsense")]
    public void A_text_that_is_no_page_is_refused(string text) => Assert.Throws<FormatException>(() => LedgerPage.Parse(Key, text));

    [Fact]
    public void A_page_is_full_at_its_capacity_of_different_ids()
    {
        var page = new LedgerPage(Key);
        for (var i = 0; i < LedgerPage.Capacity - 1; i++)
            page.Put(Given.Entry($"e{i}"));
        page.Put(Given.Entry("e0", version: 2));
        Assert.False(page.IsFull);
        page.Put(Given.Entry("last"));
        Assert.True(page.IsFull);
        Assert.True(Again(page).IsFull);
    }

    [Fact]
    public void An_entry_stands_in_its_month_of_utc()
    {
        Assert.Equal(202603, Given.Entry("e", at: new DateTimeOffset(2026, 2, 28, 23, 30, 0, TimeSpan.FromHours(-1))).Month);
        Assert.Equal(202512, Given.Entry("e", at: new DateTimeOffset(2026, 1, 1, 0, 30, 0, TimeSpan.FromHours(1))).Month);
    }

    [Fact]
    public void Saying_the_same_does_not_depend_on_the_version()
    {
        Assert.True(Given.Entry("e", 1, version: 1).SaysTheSameAs(Given.Entry("e", 1, version: 7)));
        Assert.False(Given.Entry("e", 1).SaysTheSameAs(Given.Entry("e", 2)));
        Assert.False(Given.Entry("e", 1).SaysTheSameAs(Given.Entry("e", 1, Given.Now.AddTicks(1))));
    }
}
