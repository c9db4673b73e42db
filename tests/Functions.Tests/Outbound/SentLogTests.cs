using System.Text;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;
using Stockgate.Domain;
using Stockgate.Platform.Outbound;
using Stockgate.Platform.Outbound.Sent;
using Stockgate.Platform.Storage;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Outbound;

public sealed class SentLogTests(AzuriteFixture fixture) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTime time = new();
    private readonly StateTables tables = new(new TableServiceClient(fixture.Azurite.ConnectionString), 64);
    private readonly SalesChannelId channel = new($"pos-{Guid.NewGuid():N}");

    private SentLog Log => new(tables, new OutboundOptions(), time, NullLogger<SentLog>.Instance);

    public Task InitializeAsync() => tables.PrepareAsync(CancellationToken.None);

    public Task DisposeAsync() => Task.CompletedTask;

    private async Task<SentMessage> KeepAsync(string id, DateTimeOffset at, string body = "{}", bool refused = false)
    {
        var outcome = refused ? DeliveryOutcome.Refused : DeliveryOutcome.Accepted;
        var sent = new SentMessage(
            channel,
            id,
            at,
            outcome,
            [new SendAttempt(at, refused ? 422 : 202, "said", TimeSpan.FromMilliseconds(12))],
            "said",
            null,
            body.Length
        );
        await Log.KeepAsync(sent, Encoding.UTF8.GetBytes(body), CancellationToken.None);
        return sent;
    }

    private async Task<IEnumerable<string>> ListAsync(string? about = null, DeliveryOutcome? outcome = null, double fromDays = -7) =>
        (
            await Log.ListAsync(
                new SentFilter(channel, Noon.AddDays(fromDays), Noon.AddDays(1), about, outcome),
                200,
                null,
                CancellationToken.None
            )
        ).Sent.Select(static s => s.MessageId);

    [Fact]
    public async Task It_is_searched_by_time_outcome_and_any_value_in_the_message()
    {
        await KeepAsync("old", Noon.AddDays(-6), """{"sku":"MUG-1"}""");
        await KeepAsync("longer", Noon.AddMinutes(1), """{"sku":"MUG-12"}""");
        await KeepAsync("bad", Noon.AddMinutes(2), """{"orderId":"shop:7","sku":"MUG-1"}""", refused: true);
        Assert.Equal(["bad", "longer", "old"], await ListAsync());
        Assert.Equal(["bad", "longer"], await ListAsync(fromDays: -1));
        Assert.Equal(["bad"], await ListAsync(outcome: DeliveryOutcome.Refused));
        Assert.Equal(["bad", "old"], await ListAsync("MUG-1"));
        Assert.Equal(["bad"], await ListAsync("shop:7"));
    }

    [Fact]
    public async Task A_message_that_is_sent_twice_has_two_entries_and_its_body()
    {
        await KeepAsync("m", Noon, """{"price":1}""");
        await KeepAsync("m", Noon.AddDays(1), """{"price":1}""");
        await KeepAsync("m.2", Noon, """{"price":2}""");
        var found = await Log.FindAsync(channel, "m", Noon.AddDays(-1), Noon.AddDays(2), CancellationToken.None);
        Assert.Equal([Noon.AddDays(1), Noon], found.Select(static f => f.At));
        Assert.Equal("""{"price":1}""", Encoding.UTF8.GetString((await Log.BodyAsync(found[0], CancellationToken.None))!.Value.Span));
        Assert.Equal(202, Assert.Single(found[0].Attempts).Status);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap()
    {
        for (var i = 0; i < 7; i++)
            await KeepAsync($"m{i}", Noon.AddHours(-10 * i));
        var (seen, after) = (new List<string>(), (string?)null);
        do
        {
            var filter = new SentFilter(channel, Noon.AddDays(-7), Noon.AddDays(1), null, null);
            var (page, next) = await Log.ListAsync(filter, 2, after, CancellationToken.None);
            Assert.True(page.Count <= 2);
            seen.AddRange(page.Select(static s => s.MessageId));
            after = next;
        } while (after is not null);
        Assert.Equal(Enumerable.Range(0, 7).Select(static i => $"m{i}"), seen);
    }

    [Fact]
    public async Task What_is_older_than_it_is_kept_is_deleted_and_nothing_else()
    {
        time.Advance(Noon - time.GetUtcNow());
        await KeepAsync("gone", Noon.AddDays(-31));
        await KeepAsync("stays", Noon.AddDays(-28));
        Assert.Equal(2, await Log.TidyAsync([channel], CancellationToken.None));
        Assert.Equal(["stays"], await ListAsync(fromDays: -60));
        Assert.Empty(await Log.FindAsync(channel, "gone", Noon.AddDays(-40), Noon, CancellationToken.None));
    }

    [Fact]
    public async Task A_body_that_a_row_cannot_hold_is_left_out_and_the_rest_kept()
    {
        var random = new byte[200_000];
        new Random(7).NextBytes(random);
        var sent = await KeepAsync("large", Noon, Convert.ToBase64String(random));
        Assert.Equal(["large"], await ListAsync());
        Assert.Null(await Log.BodyAsync(sent, CancellationToken.None));
    }
}
