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
    private readonly ChannelId channel = new($"q-{Guid.NewGuid():N}");

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
