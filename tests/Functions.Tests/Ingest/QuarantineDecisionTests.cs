using System.Text;
using Azure;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Ingest;
using Stockgate.Platform;
using Stockgate.Platform.Ingest.Quarantine;
using Stockgate.Platform.Storage;

namespace Stockgate.Functions.Tests.Ingest;

/// <summary>What people do about quarantined records, in which order, and what of it is on record.</summary>
public sealed class QuarantineDecisionTests(AzuriteFixture fixture) : IngestOnAzurite(fixture)
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly ChannelId shop = new("shop");

    private QuarantineReview Review => Get<QuarantineReview>();

    private static string Unknown(long item) => Level(item, "7");

    private async Task<QuarantinedRecord> RefusedAsync(long item)
    {
        var receipt = await ShopAsync("inventory_levels/update", Unknown(item));
        return await FoundAsync(receipt.Records[0].QuarantineId!);
    }

    private async Task<QuarantinedRecord> FoundAsync(string id) => (await Get<QuarantineStore>().FindAsync(shop, id, None))!;

    private async Task<IEnumerable<string>> ChainAsync(QuarantinedRecord record) =>
        (await Get<QuarantineChain>().ReadAsync(record, None)).Select(static d => $"{d.Decision} by {d.DecidedBy}");

    private async Task<bool> WaitsAsync(QuarantinedRecord record) =>
        (await Get<QuarantineList>().PageAsync(new QuarantineFilter("shop", QuarantineStore.Waiting), 1_000, null, None)).Records.Any(r =>
            r.Id == record.Id
        );

    [Fact]
    public async Task A_discarded_record_can_be_read_is_opened_again_and_decided_anew()
    {
        var record = await RefusedAsync(4101);
        await Review.DiscardAsync(record, "a test", "Ida", None);
        var discarded = await FoundAsync(record.Id);
        Assert.Equal(QuarantineStore.Discarded, discarded.State);
        Assert.Equal((record.Exposure, record.Origin.DeliveryId), (discarded.Exposure, discarded.Origin.DeliveryId));
        Assert.Equal(record.Said, discarded.Said);
        Assert.Equal(Unknown(4101), Encoding.UTF8.GetString((await Get<QuarantineStore>().ReadBytesAsync(discarded, None)).Span));

        await Review.ReopenAsync(discarded, "it was needed", "Ada", None);
        var reopened = await FoundAsync(record.Id);
        Assert.Equal(QuarantineStore.Waiting, reopened.State);
        Assert.True(await WaitsAsync(record));
        await Review.DiscardAsync(reopened, "no, it was not", "Ida", None);
        Assert.False(await WaitsAsync(record));
        Assert.Equal(["discarded by Ida", "reopened by Ada", "discarded by Ida"], await ChainAsync(record));
    }

    [Fact]
    public async Task A_level_of_an_item_that_was_never_posted_waits_for_it() =>
        Assert.Equal(QuarantineReason.Unknown, (await RefusedAsync(4109)).Code);

    [Fact]
    public async Task Only_a_discarded_record_is_opened_again()
    {
        var refused = await Assert.ThrowsAsync<ProblemException>(async () =>
            await Review.ReopenAsync(await RefusedAsync(4102), "why not", "Ada", None)
        );
        Assert.Equal("record-not-discarded", refused.Slug);
    }

    // As rows were written before settled ones had keys of their own.
    [Fact]
    public async Task A_row_that_was_settled_where_it_waited_is_read_as_settled_and_can_be_opened_again()
    {
        var record = await RefusedAsync(4110);
        await Get<StateTables>()
            .Quarantine.UpdateEntityAsync(
                new TableEntity(RowKeys.Of("shop"), RowKeys.Of(record.Id)) { ["State"] = QuarantineStore.Discarded },
                ETag.All
            );
        var old = await FoundAsync(record.Id);
        Assert.Equal(QuarantineStore.Discarded, old.State);
        Assert.False(await WaitsAsync(record));
        await Review.ReopenAsync(old, "it was needed", "Ada", None);
        Assert.True(await WaitsAsync(record));
        await Review.DiscardAsync(await FoundAsync(record.Id), "a test", "Ida", None);
        Assert.Equal(QuarantineStore.Discarded, (await FoundAsync(record.Id)).State);
        Assert.Equal(["reopened by Ada", "discarded by Ida"], await ChainAsync(record));
    }

    [Fact]
    public async Task Opening_it_twice_at_one_moment_is_opening_it_once()
    {
        var record = await RefusedAsync(4103);
        await Review.DiscardAsync(record, "a test", "Ida", None);
        var discarded = await FoundAsync(record.Id);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Review.ReopenAsync(discarded, "it was needed", $"Ada {i}", None)));
        Assert.Equal(2, (await ChainAsync(record)).Count());
        Assert.True(await WaitsAsync(record));
    }

    [Fact]
    public async Task A_record_that_is_posted_again_stays_as_it_was_decided()
    {
        var record = await RefusedAsync(4104);
        await Review.DiscardAsync(record, "a test", "Ida", None);
        Assert.Equal(QuarantineStore.Discarded, (await RefusedAsync(4104)).State);
        Assert.False(await WaitsAsync(record));
    }

    [Fact]
    public async Task A_refused_replay_is_on_the_chain_once_with_what_was_tried()
    {
        var record = await RefusedAsync(4105);
        var tried = Encoding.UTF8.GetBytes(Level(4105, "8"));
        Assert.Equal(1, (await Review.ReplayAsync(record, null, "Ada", None)).Quarantined);
        Assert.Equal(1, (await Review.ReplayAsync(record, null, "Ada", None)).Quarantined);
        Assert.Equal(1, (await Review.ReplayAsync(record, tried, "Ida", None)).Quarantined);
        Assert.Equal(["replay refused by Ada", "replay refused by Ida"], await ChainAsync(record));
        var last = (await Get<QuarantineChain>().ReadAsync(record, None))[^1];
        Assert.Contains(last.Inputs, i => i.Value == StoredCorrection.DigestOf(tried));
        Assert.Contains("is unknown", Assert.Single(last.Verdicts).Reason, StringComparison.Ordinal);

        await Review.DiscardAsync(record, "a test", "Ida", None);
        Assert.Equal(3, (await ChainAsync(record)).Count());
    }

    [Fact]
    public async Task Of_a_discard_and_a_replay_at_one_moment_one_is_refused_and_the_other_is_on_the_chain()
    {
        var record = await RefusedAsync(4106);
        await ShopAsync("products/update", Product(41, "2026-11-01T09:00:00Z", (411, "Q-4106", 4106, "3.00")));
        await ProjectAsync();
        Func<Task>[] both = [() => Review.ReplayAsync(record, null, "Ada", None), () => Review.DiscardAsync(record, "a test", "Ida", None)];
        var refused = 0;
        await Task.WhenAll(
            both.Select(async decide =>
            {
                try
                {
                    await decide();
                }
                catch (ProblemException settled) when (settled.Slug == "record-settled")
                {
                    Interlocked.Increment(ref refused);
                }
            })
        );
        Assert.Equal(1, refused);
        Assert.Single(await ChainAsync(record));
        Assert.False(await WaitsAsync(record));
    }

    [Fact]
    public async Task A_sweep_takes_what_its_preview_shows_and_no_discarded_record()
    {
        var (kept, gone) = (await RefusedAsync(4107), await RefusedAsync(4108));
        await Review.DiscardAsync(gone, "a test", "Ida", None);
        var sweep = new QuarantineSweep(shop, SweepDecision.Discard, null, null, "Ada", "a test") { From = kept.ReceivedAt };
        var preview = await Get<QuarantineList>().PreviewAsync(sweep, None);
        Assert.Contains(preview.Examples, r => r.Id == kept.Id);
        Assert.DoesNotContain(preview.Examples, r => r.Id == gone.Id);
        Assert.True(await WaitsAsync(kept));

        var done = await Get<QuarantineSweeper>().SweepPageAsync(sweep, null, None);
        Assert.Equal((preview.Records, preview.Records), (done.Looked, done.Settled));
        Assert.Equal(["discarded by Ida"], await ChainAsync(gone));
        Assert.Equal(0, (await Get<QuarantineList>().PreviewAsync(sweep, None)).Records);
    }
}
