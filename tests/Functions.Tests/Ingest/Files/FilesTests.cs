using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Domain;
using Stockgate.Platform;
using Stockgate.Platform.Catalog;
using Stockgate.Platform.Ingest.Files;
using Stockgate.Platform.Ingest.Quarantine;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Ingest.Replays;

namespace Stockgate.Functions.Tests.Ingest.Files;

/// <summary>Files from their upload to the tables, on Azurite.</summary>
public class FilesTests(AzuriteFixture fixture) : IngestOnAzurite(fixture)
{
    private const string Mapping = """
        {"events": [{
          "type": "stockgate.stock.counted.v1",
          "id": {"@join": ["count:", "$.sku", ":", "$.day"]},
          "time": {"@path": "$.day", "@time": {"format": "yyyy-MM-dd"}},
          "data": {"sku": "$.sku", "location": "$.shop", "quantity": {"@path": "$.units", "@number": {"decimal": ","}}}
        }]}
        """;

    internal override IEnumerable<(string, string)> MoreSettings =>
        [
            ("Channels:erp:Scheme", "None"),
            ("Channels:erp:Format", "Mapping"),
            ("Channels:erp:Mapping", Mapping),
            ("Channels:erp:Files:Format", "Csv"),
            ("Channels:erp:Files:Separator", ";"),
            ("Channels:feed:Scheme", "None"),
            ("Channels:feed:Format", "Canonical"),
            ("Channels:feed:Files:Format", "JsonLines"),
            ("Channels:host:Scheme", "None"),
            ("Channels:host:Format", "Mapping"),
            ("Channels:host:Mapping", Mapping),
            ("Channels:host:Files:Format", "FixedWidth"),
            ("Channels:host:Files:Columns", "sku:1:8,day:9:10,shop:19:8,units:27:6"),
            ("Channels:acme:Scheme", "None"),
            ("Channels:acme:Format", "Canonical"),
            ("Channels:acme:Files:Format", "Edi"),
            ("Channels:acme:Files:Supplier", "Acme Ltd"),
            ("Channels:acme:Locations:5412345000020", "warehouse"),
        ];

    private static string Csv(string sku, int rows, string units = "5") =>
        "sku;day;shop;units\n" + string.Concat(Enumerable.Range(0, rows).Select(i => $"{sku}-{i};2026-03-01;store-01;{units}\n"));

    private async Task<(ChannelFile File, bool IsNew)> PutAsync(string name, string content, string channel = "erp")
    {
        var request = new DefaultHttpContext().Request;
        request.Body = new MemoryStream(Encoding.UTF8.GetBytes(content));
        return await Get<FileInbox>().PutAsync(channel, name, request, "Ada", CancellationToken.None);
    }

    private async Task<ChannelFile> WorkAsync(ChannelFile file)
    {
        while (!await Get<FileWork>().WorkAsync(new FileKey(file.Channel, file.Name), CancellationToken.None)) { }
        return (await Get<FileStore>().FindAsync(file.Channel, file.Name, CancellationToken.None))!;
    }

    private async Task<ChannelFile> SendAsync(string name, string content, string channel = "erp") =>
        await WorkAsync((await PutAsync(name, content, channel)).File);

    private async Task<JsonElement[]> ReceiptAsync(ChannelFile file)
    {
        await using var lines = (await Get<FileReceipts>().OpenAsync(file, CancellationToken.None))!;
        using var reader = new StreamReader(lines);
        return
        [
            .. (await reader.ReadToEndAsync())
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(static l => JsonSerializer.Deserialize<JsonElement>(l)),
        ];
    }

    private async Task<decimal?> AvailableAsync(string sku) => (await StockAsync(sku))?.AvailableToPromise?.Value;

    private BlobContainerClient Container(string name) => Get<BlobServiceClient>().GetBlobContainerClient(name);

    private static async Task<ProblemException> RefusedAsync(Func<Task> put) => await Assert.ThrowsAsync<ProblemException>(put);

    [Fact]
    public async Task A_file_is_worked_record_by_record_and_has_a_receipt()
    {
        var file = await SendAsync("stock.csv", Csv("A", 2, "4,5") + "A-9;2026-03-01;store-01;many\n\"A-10;\n");
        Assert.Equal((FileState.Done, 4L, 2L, 2L), (file.State, file.Counts.Records, file.Counts.Accepted, file.Counts.Quarantined));
        await ProjectAsync();
        Assert.Equal(4.5m, await AvailableAsync("A-0"));
        var receipt = await ReceiptAsync(file);
        Assert.Equal([2, 3, 4, 5], receipt.Select(static l => l.GetProperty("line").GetInt32()));
        Assert.Equal(
            ["accepted", "accepted", "quarantined", "quarantined"],
            receipt.Select(static l => l.GetProperty("result").GetString())
        );
        Assert.Equal("count:A-1:2026-03-01", receipt[1].GetProperty("id").GetString());
        Assert.True(receipt[2].TryGetProperty("quarantineId", out _));
    }

    [Fact]
    public async Task A_file_can_be_replayed_row_by_row_from_the_archive()
    {
        await SendAsync("again.csv", Csv("AGAIN", 3) + "AGAIN-9;2026-03-01;store-01;many\n\"AGAIN-10;\n");
        await ProjectAsync();
        var plan = new ReplayPlan(
            new("erp"),
            Time.GetUtcNow().AddHours(-1),
            Time.GetUtcNow(),
            null,
            "AGAIN-1",
            false,
            "Ada",
            Time.GetUtcNow()
        );
        var (at, _) = await Get<ReplaySlices>().PlanAsync(plan, CancellationToken.None);
        var one = (await Get<ReplaySlices>().TakeInAsync(plan, at, CancellationToken.None)).Counts;
        Assert.Equal((1, 0, 0), (one.Unchanged, one.Changed, one.Repaired));
        var all = (await Get<ReplaySlices>().TakeInAsync(plan with { Sku = null }, at, CancellationToken.None)).Counts;
        Assert.Equal((0, 0), (all.Changed, all.Repaired));
        Assert.True(all.Unchanged >= 3 && all.Passed >= 2, all.ToString());
        await ProjectAsync();
        Assert.Equal(5m, await AvailableAsync("AGAIN-1"));
    }

    [Fact]
    public async Task A_quarantined_row_can_be_corrected_and_replayed()
    {
        var file = await SendAsync("correct.csv", "sku;day;shop;units\nC-1;2026-03-01;store-01;many\n");
        var id = (await ReceiptAsync(file))[0].GetProperty("quarantineId").GetString()!;
        var record = (await Get<QuarantineStore>().FindAsync(file.Channel, id, CancellationToken.None))!;
        var corrected = """{"sku":"C-1","day":"2026-03-01","shop":"store-01","units":"7"}"""u8.ToArray();
        var receipt = await Get<QuarantineReview>().ReplayAsync(record, corrected, "Ada", CancellationToken.None);
        Assert.Equal(1, receipt.Accepted);
        await ProjectAsync();
        Assert.Equal(7, await AvailableAsync("C-1"));
    }

    [Fact]
    public async Task The_same_content_twice_changes_nothing_under_any_name()
    {
        var first = await SendAsync("once.csv", Csv("B", 3));
        var (again, isNew) = await PutAsync("twice.csv", Csv("B", 3));
        Assert.False(isNew);
        Assert.Equal(("once.csv", first.Version, FileState.Done), (again.Name, again.Version, again.State));
        Assert.Null(await Get<FileStore>().FindAsync(first.Channel, "twice.csv", CancellationToken.None));
        Assert.Equal(3, (await ReceiptAsync(first)).Length);
    }

    [Fact]
    public async Task Another_content_of_a_name_is_a_new_version_and_the_receipt_before_is_kept()
    {
        var first = await SendAsync("daily.csv", Csv("D", 1));
        var second = await SendAsync("daily.csv", Csv("D", 2));
        Assert.NotEqual(first.Version, second.Version);
        Assert.Equal(["duplicate", "accepted"], (await ReceiptAsync(second)).Select(static l => l.GetProperty("result").GetString()));
        Assert.True(await Container("receipts").GetBlobClient($"erp/daily.csv.{first.ShortVersion}.jsonl").ExistsAsync());
    }

    [Fact]
    public async Task What_is_done_is_moved_out_of_the_inbox()
    {
        var file = await SendAsync("moved.csv", Csv("M", 1));
        Assert.False(await Container("inbox").GetBlobClient("erp/moved.csv").ExistsAsync());
        Assert.True(await Container("worked").GetBlobClient($"erp/moved.csv.{file.ShortVersion}").ExistsAsync());
    }

    [Fact]
    public async Task A_blob_that_is_put_into_the_inbox_is_claimed_and_worked_once()
    {
        await Get<FileInbox>().PrepareAsync(CancellationToken.None);
        var blob = Container("inbox").GetBlobClient("erp/dropped.csv");
        await blob.UploadAsync(new BinaryData(Csv("P", 2)));
        var claimed = Assert.Single(await ClaimAsync(), static f => f.Name == "dropped.csv");
        Assert.Equal(2, (await WorkAsync(claimed)).Counts.Accepted);
        await blob.UploadAsync(new BinaryData(Csv("P", 2)));
        Assert.DoesNotContain(await ClaimAsync(), static f => f.Name == "dropped.csv");
        Assert.False(await blob.ExistsAsync());
    }

    [Theory]
    [InlineData("nobody/file.csv")]
    [InlineData("shop/file.csv")]
    [InlineData("erp/folder/file.csv")]
    public async Task A_blob_that_no_channel_takes_is_left_alone(string path)
    {
        await Get<FileInbox>().PrepareAsync(CancellationToken.None);
        var blob = Container("inbox").GetBlobClient(path);
        await blob.UploadAsync(new BinaryData("a\n1\n"), overwrite: true);
        Assert.DoesNotContain(await ClaimAsync(), f => path.EndsWith(f.Name, StringComparison.Ordinal));
        Assert.True(await blob.ExistsAsync());
        await blob.DeleteAsync();
    }

    [Fact]
    public async Task A_slice_that_is_worked_again_after_a_crash_has_one_receipt_and_one_effect()
    {
        var (file, _) = await PutAsync("crash.csv", Csv("K", 1_200));
        // As after a crash between the receipt of the first slice and its checkpoint.
        var store = Get<FileStore>();
        await Get<FileReceipts>().BeginAsync(file, CancellationToken.None);
        var channel = await Get<Channels>().GetAsync("erp", CancellationToken.None);
        var slice = new List<Domain.Ingest.Files.FileRecord>();
        await foreach (var record in Get<FileContent>().ReadAsync(channel, file, CancellationToken.None))
            if (slice.Count < 500)
                slice.Add(record);
        await Get<FileIntake>().TakeAsync(channel, file, slice, CancellationToken.None);
        var current = (await store.FindAsync(file.Channel, file.Name, CancellationToken.None))!;
        await store.SaveAsync(file with { Row = current.Row }, CancellationToken.None);

        var done = await WorkAsync(file);
        Assert.Equal((1_200L, 1_200L), (done.Counts.Records, done.Counts.Accepted));
        var receipt = await ReceiptAsync(done);
        Assert.Equal(Enumerable.Range(2, 1_200), receipt.Select(static l => l.GetProperty("line").GetInt32()));
        await ProjectAsync();
        Assert.Equal(5, await AvailableAsync("K-1199"));
    }

    [Fact]
    public async Task A_file_that_breaks_in_the_middle_is_refused_with_its_line_and_an_exception()
    {
        var file = await SendAsync("broken.csv", Csv("R", 1) + "\"" + new string('x', 1_200_000));
        Assert.Equal(FileState.Refused, file.State);
        Assert.StartsWith("line 3: a line of more than", file.Reason, StringComparison.Ordinal);
        Assert.Contains(await ExceptionsAsync("file-refused"), e => e.Failure.StartsWith("broken.csv", StringComparison.Ordinal));
        // What was refused may be sent again, for example when the settings were wrong.
        Assert.True((await PutAsync("broken.csv", Csv("R", 1) + "\"" + new string('x', 1_200_000))).IsNew);
    }

    [Fact]
    public async Task A_file_that_is_written_otherwise_than_the_channel_says_does_not_fill_the_quarantine()
    {
        var file = await SendAsync("swapped.csv", Csv("S", 3_000, "none"));
        Assert.Equal((FileState.Refused, 1_000L), (file.State, file.Counts.Quarantined));
        Assert.Contains("all of the first 1000 records were refused", file.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_content_of_an_older_version_is_known_too()
    {
        var first = await SendAsync("versions.csv", Csv("X", 1));
        await SendAsync("versions.csv", Csv("X", 2));
        var (again, isNew) = await PutAsync("versions.csv", Csv("X", 1));
        Assert.Equal((false, first.Version), (isNew, again.Version));
    }

    [Fact]
    public async Task A_file_that_is_replaced_while_it_is_worked_is_ended_and_the_new_one_has_its_turn()
    {
        var (file, _) = await PutAsync("replaced.csv", Csv("V", 1));
        await Container("inbox").GetBlobClient("erp/replaced.csv").UploadAsync(new BinaryData(Csv("W", 1)), overwrite: true);
        Assert.Equal(FileState.Refused, (await WorkAsync(file)).State);
        var next = Assert.Single(await ClaimAsync(), static f => f.Name == "replaced.csv");
        Assert.Equal((FileState.Done, 1L), ((await WorkAsync(next)) is var done ? (done.State, done.Counts.Accepted) : default));
    }

    [Fact]
    public async Task Lines_of_JSON_are_events_of_the_channel()
    {
        const string line =
            """{"specversion":"1.0","type":"stockgate.stock.counted.v1","source":"wms","id":"j-1","time":"2026-03-01T06:00:00Z","data":{"sku":"J-1","location":"L","quantity":3}}""";
        var file = await SendAsync("counts.jsonl", $"{line}\nnot json\n", "feed");
        Assert.Equal((1L, 1L), (file.Counts.Accepted, file.Counts.Quarantined));
        await ProjectAsync();
        Assert.Equal(3, await AvailableAsync("J-1"));
    }

    [Fact]
    public async Task Columns_of_fixed_width_go_through_the_mapping()
    {
        Assert.Equal(1, (await SendAsync("stock.txt", "H-1     2026-03-01store-01    12\n", "host")).Counts.Accepted);
        await ProjectAsync();
        Assert.Equal(12, await AvailableAsync("H-1"));
    }

    private const string Despatch = """
        UNB+UNOC:3+4012345500004:14+5412345000013:14+260301:1005+77'
        UNH+1+DESADV:D:96A:UN'
        BGM+351+DES-5+9'
        DTM+137:20260301:102'
        DTM+17:20260304:102'
        RFF+ON:PO-2'
        NAD+DP+5412345000020::9'
        LIN+1++E-1:IN'
        QTY+12:12'
        LIN+2++E-2:IN'
        QTY+12:2:CT'
        CNT+2:2'
        UNT+12+1'
        UNZ+1+77'
        """;

    [Fact]
    public async Task A_despatch_advice_is_seen_at_the_item_and_its_packs_wait_in_quarantine()
    {
        var file = await SendAsync("despatch.edi", Despatch, "acme");
        Assert.Equal((FileState.Done, 1L, 1L), (file.State, file.Counts.Accepted, file.Counts.Quarantined));
        await ProjectAsync();
        var seen = Assert.Single((await Get<CatalogReader>().FindAsync(new Sku("E-1"), CancellationToken.None))!.Shipments).Value;
        Assert.Equal(
            ("Acme Ltd", "PO-2", "DES-5", "warehouse"),
            (seen.Supplier.Value, seen.PurchaseOrder, seen.Shipment, seen.Location.Value)
        );
    }

    [Fact]
    public async Task An_interchange_whose_counts_are_wrong_is_refused_as_a_whole()
    {
        var wrong = Despatch.Replace("CNT+2:2", "CNT+2:3", StringComparison.Ordinal).Replace("E-1", "E-9", StringComparison.Ordinal);
        var file = await SendAsync("wrong.edi", wrong, "acme");
        Assert.Equal((FileState.Refused, 0L), (file.State, file.Counts.Records));
        Assert.Equal("line 12: CNT (segment 12) says the number of lines is '3', and it is 2", file.Reason);
        Assert.Empty(Bus.Take());
    }

    [Theory]
    [InlineData("../up.csv")]
    [InlineData("a/b.csv")]
    [InlineData("a..b")]
    [InlineData(".hidden")]
    [InlineData("a b.csv")]
    [InlineData("a.csv\n")]
    [InlineData("")]
    public async Task A_name_that_could_mean_a_path_is_refused(string name) =>
        Assert.Equal("file-name", (await RefusedAsync(() => PutAsync(name, "a\n"))).Slug);

    [Fact]
    public async Task A_channel_without_files_takes_none_and_an_empty_or_large_one_is_refused()
    {
        Assert.Equal("no-files", (await RefusedAsync(() => PutAsync("a.csv", "a\n", "shop"))).Slug);
        Assert.Equal("unknown-channel", (await RefusedAsync(() => PutAsync("a.csv", "a\n", "nobody"))).Slug);
        Assert.Equal("empty-file", (await RefusedAsync(() => PutAsync("a.csv", ""))).Slug);
        Assert.Equal("too-large", (await RefusedAsync(() => PutAsync("a.csv", new string('x', Limits.DeliveryBytes + 1)))).Slug);
    }

    [Fact]
    public async Task Another_content_of_a_name_that_is_not_done_waits()
    {
        await PutAsync("open.csv", Csv("O", 1));
        Assert.True((await PutAsync("open.csv", Csv("O", 1))).IsNew);
        Assert.Equal("file-in-work", (await RefusedAsync(() => PutAsync("open.csv", Csv("O", 2)))).Slug);
    }

    private async Task<List<ChannelFile>> ClaimAsync()
    {
        var claimed = new List<ChannelFile>();
        var found = new List<InboxBlob>();
        await foreach (var blob in Get<FileBlobs>().ListAsync(CancellationToken.None))
            found.Add(blob);
        foreach (var blob in found)
            if (await Get<FileInbox>().ClaimAsync(blob, CancellationToken.None) is { } file)
                claimed.Add(file);
        return claimed;
    }
}
