using System.Text;
using Microsoft.AspNetCore.Http;
using Stockgate.Domain;
using Stockgate.Domain.Ingest;
using Stockgate.Platform.Ingest.Accepting;
using Stockgate.Platform.Ingest.Quarantine;

namespace Stockgate.Functions.Tests.Ingest;

public sealed class QuarantineListTests(AzuriteFixture fixture) : IngestOnAzurite(fixture)
{
    private readonly FakeTime time = new();
    private ChannelId channel = new($"q-{Guid.NewGuid():N}");

    internal override TimeProvider Time => time;

    private Task<QuarantinedRecord> KeepAsync(string body, string field = "data.price", string reason = "is odd")
    {
        time.Advance(TimeSpan.FromMinutes(1));
        return Get<QuarantineStore>()
            .KeepAsync(
                channel,
                null,
                null,
                new Rejection(field, reason),
                Encoding.UTF8.GetBytes(body),
                null,
                new QuarantineOrigin("d1", new Dictionary<string, string> { ["User-Agent"] = "erp" }),
                CancellationToken.None
            );
    }

    private async Task<IEnumerable<string>> IdsAsync(QuarantineFilter filter) =>
        (await Get<QuarantineList>().PageAsync(filter, 200, null, CancellationToken.None)).Records.Select(static r => r.Id);

    [Fact]
    public async Task Storage_finds_them_by_channel_reason_state_and_time()
    {
        var odd = await KeepAsync("""{"n":1}""");
        var missing = await KeepAsync("""{"n":2}""", reason: "is missing");
        await Get<QuarantineReview>().DiscardAsync(odd, "a test", "Ida", CancellationToken.None);
        var all = new QuarantineFilter(channel.Value);
        Assert.Equal(2, (await IdsAsync(all)).Count());
        Assert.Equal([missing.Id], await IdsAsync(all with { State = QuarantineStore.Waiting }));
        Assert.Equal([missing.Id], await IdsAsync(all with { Code = QuarantineReason.Missing }));
        Assert.Equal([odd.Id], await IdsAsync(all with { To = missing.ReceivedAt }));
        Assert.Equal([missing.Id], await IdsAsync(all with { From = missing.ReceivedAt }));
    }

    [Fact]
    public async Task Storage_finds_them_by_what_is_at_stake_in_one_currency()
    {
        var much = await KeepAsync("""{"price":250,"currency":"EUR"}""");
        var other = await KeepAsync("""{"price":99999.50,"currency":"JPY"}""");
        var little = await KeepAsync("""{"price":"9.99","currency":"EUR"}""");
        var units = await KeepAsync("""{"quantity":12}""");
        await KeepAsync("""{"n":1}""");
        var euro = Currency.Parse("EUR");
        QuarantineFilter AtLeast(decimal? units, decimal? money, Currency? currency) =>
            new(channel.Value) { AtStake = new ExposureFilter(units, money, currency) };
        Assert.Equal([much.Id], await IdsAsync(AtLeast(null, 250, euro)));
        Assert.Equal(
            new[] { much.Id, little.Id }.Order(StringComparer.Ordinal),
            (await IdsAsync(AtLeast(null, 9.99m, euro))).Order(StringComparer.Ordinal)
        );
        Assert.Equal([other.Id], await IdsAsync(AtLeast(null, null, Currency.Parse("JPY"))));
        Assert.Equal([units.Id], await IdsAsync(AtLeast(12, null, null)));
        Assert.Empty(await IdsAsync(AtLeast(12.5m, null, null)));
    }

    [Fact]
    public void An_amount_without_its_currency_is_not_looked_for()
    {
        Assert.Equal("currency", new ExposureFilter(null, 10, null).Mistake()?.Field);
        Assert.Equal("minUnits", new ExposureFilter(-1, null, null).Mistake()?.Field);
        Assert.Null(new ExposureFilter(1, 10, Currency.Parse("GBP")).Mistake());
    }

    [Fact]
    public async Task What_waits_costs_no_more_however_much_was_settled()
    {
        var waiting = await KeepAsync("""{"n":0}""");
        for (var i = 1; i <= 30; i++)
            await Get<QuarantineReview>().DiscardAsync(await KeepAsync($$"""{"n":{{i}}}"""), "a test", "Ida", CancellationToken.None);
        var filter = new QuarantineFilter(channel.Value, QuarantineStore.Waiting);
        var before = Requests;
        var (records, next) = await Get<QuarantineList>().PageAsync(filter, 5, null, CancellationToken.None);
        Assert.Equal(waiting.Id, Assert.Single(records).Id);
        Assert.Null(next);
        Assert.Equal(1, Requests - before);
    }

    [Fact]
    public async Task What_waits_in_all_channels_is_paged_through_each_once()
    {
        var kept = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            channel = new($"all-{i}-{Guid.NewGuid():N}");
            for (var n = 0; n < 5; n++)
                kept.Add((await KeepAsync($$"""{"n":{{n}}}""")).Id);
            await Get<QuarantineReview>().DiscardAsync(await KeepAsync("""{"n":"gone"}"""), "a test", "Ida", CancellationToken.None);
        }
        var (found, after) = (new List<string>(), (string?)null);
        do
        {
            var (records, next) = await Get<QuarantineList>()
                .PageAsync(new QuarantineFilter(null, QuarantineStore.Waiting), 4, after, CancellationToken.None);
            Assert.InRange(records.Count, 0, 4);
            found.AddRange(records.Select(static r => r.Id));
            after = next;
        } while (after is not null);
        Assert.Equal(found.Count, found.Distinct().Count());
        Assert.Subset(found.ToHashSet(), kept.ToHashSet());
        await Assert.ThrowsAsync<FormatException>(() =>
            Get<QuarantineList>().PageAsync(new QuarantineFilter(null, QuarantineStore.Waiting), 4, "no place", CancellationToken.None)
        );
    }

    [Fact]
    public async Task What_is_kept_of_a_record_is_read_back()
    {
        var kept = await KeepAsync("""{"data":{"quantity":7,"price":"9.50","currency":"EUR"}}""");
        var read = (await Get<QuarantineStore>().FindAsync(channel, kept.Id, CancellationToken.None))!;
        Assert.Equal(
            (QuarantineReason.Invalid, 7m, new Money(9.50m, Currency.Parse("EUR"))),
            (read.Code, read.Exposure.Units, read.Exposure.Money)
        );
        Assert.Equal(("d1", "erp"), (read.Origin.DeliveryId, read.Origin.Headers["User-Agent"]));
    }

    [Fact]
    public async Task Totals_are_of_what_waits_and_no_two_currencies_are_summed()
    {
        await KeepAsync("""{"price":10,"currency":"EUR","quantity":1}""");
        await KeepAsync("""{"price":20,"currency":"EUR","quantity":2}""");
        await KeepAsync("""{"price":5,"currency":"GBP"}""");
        var gone = await KeepAsync("""{"price":99,"currency":"GBP"}""");
        await Get<QuarantineReview>().DiscardAsync(gone, "a test", "Ida", CancellationToken.None);
        var (totals, whole) = await Get<QuarantineList>().TotalsAsync(channel.Value, CancellationToken.None);
        var total = Assert.Single(totals);
        Assert.True(whole);
        Assert.Equal((3, 3m), (total.Records, total.Units));
        Assert.Equal(["5 GBP", "30 EUR"], total.Money.OrderBy(static m => m.Amount).Select(static m => $"{m.Amount} {m.Currency.Code}"));
    }

    [Fact]
    public void Of_a_header_that_may_be_a_secret_the_name_alone_is_kept()
    {
        var request = new DefaultHttpContext().Request;
        foreach (var name in (string[])["Authorization", "Cookie", "webhook-signature", "X-Shopify-Hmac-Sha256", "X-Api-Key"])
            request.Headers[name] = "secret";
        request.Headers["X-Shopify-Topic"] = "orders/create";
        var kept = SafeHeaders.Of(request.Headers);
        Assert.Equal("orders/create", kept["x-shopify-topic"]);
        Assert.DoesNotContain("secret", kept.Values);
        Assert.Equal(6, kept.Count);
    }
}
