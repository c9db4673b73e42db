using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs;
using Stockgate.TestSupport;
using Xunit.Abstractions;

namespace Stockgate.EndToEnd.Tests.Ingest;

/// <summary>Files over HTTP and from the inbox, with the worker killed in the middle.</summary>
public sealed class FileTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Rows = 3_000,
        Skus = 10,
        Million = 1_000_000;

    // Megabytes that the app may grow by while it works a file of any length.
    private const double MostGrowth = 400;

    private const string Mapping = """
        {"events": [{
          "type": "stockgate.stock.moved.v1",
          "when": {"path": "$.units", "exists": true},
          "id": {"@join": ["delivery:", "$.number"]},
          "time": {"@path": "$.at"},
          "data": {"sku": "$.sku", "location": "warehouse", "quantity": {"@path": "$.units", "@number": {}}, "kind": "Receipt", "reason": "delivery"}
        }]}
        """;

    private static readonly DateTimeOffset At = new(2026, 3, 1, 6, 0, 0, TimeSpan.Zero);

    private readonly RunningApp running = new()
    {
        Configure = static settings =>
        {
            settings.Environment["Channels__erp__Scheme"] = "StandardWebhooks";
            settings.Environment["Channels__erp__Secrets__0"] = "whsec_" + Convert.ToBase64String(new byte[32]);
            settings.Environment["Channels__erp__Format"] = "Mapping";
            settings.Environment["Channels__erp__Mapping"] = Mapping;
            settings.Environment["Channels__erp__Files__Format"] = "Csv";
            settings.Environment["Channels__acme__Scheme"] = "None";
            settings.Environment["Channels__acme__Format"] = "Canonical";
            settings.Environment["Channels__acme__Files__Format"] = "Edi";
        },
    };

    public Task InitializeAsync() => running.InitializeAsync();

    public async Task DisposeAsync() => await running.DisposeAsync();

    private static string Row(int number, string units = "1") => $"{number},filed-{number % Skus},2026-03-01T06:00:00Z,{units}\n";

    private async Task<JsonElement> FileAsync(string name, string channel = "erp")
    {
        using var response = await running.GetAsync($"channels/{channel}/files/{name}");
        // Not there until the inbox was looked at; no answer while the app starts again.
        return response.StatusCode == HttpStatusCode.OK ? await response.Content.ReadFromJsonAsync<JsonElement>() : default;
    }

    private static long Of(JsonElement file, string name) => file.ValueKind == JsonValueKind.Object ? file.GetProperty(name).GetInt64() : 0;

    private Task UntilAsync(string name, Func<JsonElement, bool> isSo, string what, string channel = "erp", TimeSpan? patience = null) =>
        RunningApp.UntilAsync(
            async () =>
            {
                try
                {
                    return isSo(await FileAsync(name, channel));
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            what,
            patience
        );

    private static bool IsDone(JsonElement file) =>
        file.ValueKind == JsonValueKind.Object && file.GetProperty("state").GetString() == "Done";

    private async Task<(HttpStatusCode Status, JsonElement File)> PutAsync(string name, byte[] content, string by = RunningApp.Reader)
    {
        using var response = await running.CallAsync(HttpMethod.Put, $"channels/erp/files/{name}", by, content);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    [Fact]
    public async Task A_file_whose_worker_is_killed_in_the_middle_is_applied_once_and_has_a_whole_receipt()
    {
        await running.Partner.AcceptedAsync(
            Enumerable.Range(0, Skus).Select(static sku => Events.Counted($"filed-{sku}", 0, At.AddDays(-1), "warehouse"))
        );
        var content = Encoding.UTF8.GetBytes("number,sku,at,units\n" + string.Concat(Enumerable.Range(0, Rows).Select(static n => Row(n))));
        Assert.Equal(HttpStatusCode.Accepted, (await PutAsync("deliveries.csv", content)).Status);
        await UntilAsync("deliveries.csv", static f => Of(f, "records") > 0, "the first records are worked");
        running.App.KillWorker();
        await UntilAsync("deliveries.csv", IsDone, "the file is done");

        var file = await FileAsync("deliveries.csv");
        Assert.Equal((Rows, 100), (Of(file, "records"), Of(file, "percent")));
        Assert.Equal(Rows, Of(file, "accepted") + Of(file, "duplicate"));
        using var receipt = await running.GetAsync("channels/erp/files/deliveries.csv/receipt");
        var lines = (await receipt.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            Enumerable.Range(2, Rows),
            lines.Select(static l => JsonSerializer.Deserialize<JsonElement>(l).GetProperty("line").GetInt32())
        );
        await running.ProjectedAsync();
        for (var sku = 0; sku < Skus; sku++)
            Assert.Equal(Rows / Skus, (await running.ReadAsync($"inventory/filed-{sku}")).GetProperty("availableToPromise").GetDecimal());

        var before = await running.FootprintAsync();
        Assert.Equal(HttpStatusCode.OK, (await PutAsync("again.csv", content)).Status);
        Assert.Equal(before, await running.FootprintAsync());
        await InboxAsync();
        await RefusedAsync();
    }

    // A supplier's message that is put into the inbox.
    private async Task InboxAsync()
    {
        const string message = """
            UNB+UNOC:3+ACME+SHOP+260301:1005+77'
            UNH+1+ORDRSP:D:96A:UN'
            BGM+231+RSP-1+29'
            DTM+137:20260301:102'
            DTM+69:20260310:102'
            RFF+ON:PO-1'
            NAD+DP+warehouse'
            LIN+1++filed-0:IN'
            QTY+21:40'
            CNT+2:1'
            UNT+10+1'
            UNZ+1+77'
            """;
        var inbox = new BlobContainerClient(running.Azurite.ConnectionString, "inbox");
        await inbox.GetBlobClient("acme/response.edi").UploadAsync(new BinaryData(message));
        await UntilAsync("response.edi", IsDone, "the message is done", "acme");
        await running.ProjectedAsync();
        var inbound = (await running.ReadAsync("products/filed-0")).GetProperty("inbound")[0].GetProperty("value");
        Assert.Equal(
            ("PO-1", "Accepted", 40),
            (
                inbound.GetProperty("purchaseOrder").GetString(),
                inbound.GetProperty("answer").GetString(),
                inbound.GetProperty("quantity").GetInt32()
            )
        );
    }

    private async Task RefusedAsync()
    {
        using (var nobody = await running.CallAsync(HttpMethod.Put, "channels/erp/files/a.csv", null, "a\n"u8.ToArray()))
            await Problem.IsAsync(nobody, 401, "no-key", "Authorization");
        using (var till = await running.CallAsync(HttpMethod.Put, "channels/erp/files/a.csv", RunningApp.Till, "a\n"u8.ToArray()))
            await Problem.IsAsync(till, 403, "role-needed", null);
        var key = await running.Keys.OfAsync("Other partner", "partner", "retailer");
        using (var partner = await running.CallWithKeyAsync(HttpMethod.Put, "channels/erp/files/a.csv", key, "a\n"u8.ToArray()))
            await Problem.IsAsync(partner, 403, "not-your-channel", "channel");
        using var path = await running.CallAsync(HttpMethod.Put, "channels/erp/files/..%2Fa.csv", RunningApp.Reader, "a\n"u8.ToArray());
        Assert.True(path.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound, path.StatusCode.ToString());
    }

    [LongFact]
    public async Task A_million_lines_are_worked_in_constant_memory()
    {
        var inbox = new BlobContainerClient(running.Azurite.ConnectionString, "inbox");
        await inbox.CreateIfNotExistsAsync();
        // One in a thousand is a movement: the drill is of the file, not of the projection.
        await using (var blob = await inbox.GetBlobClient("erp/million.csv").OpenWriteAsync(overwrite: true))
        await using (var text = new StreamWriter(blob))
        {
            await text.WriteAsync("number,sku,at,units\n");
            for (var number = 0; number < Million; number++)
                await text.WriteAsync(Row(number, number % 1_000 == 0 ? "1" : ""));
        }
        var (first, peak) = (0.0, 0.0);
        await UntilAsync(
            "million.csv",
            file =>
            {
                var memory = running.App.Memory() ?? 0;
                if (first == 0 && Of(file, "records") > 0)
                    first = memory;
                peak = Math.Max(peak, memory);
                return IsDone(file);
            },
            "the file is done",
            patience: TimeSpan.FromMinutes(60)
        );
        var done = await FileAsync("million.csv");
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Of(done, "records")} records; memory {first:0} MB at the first, {peak:0} MB at most"
            )
        );
        Assert.Equal((Million, Million / 1_000), (Of(done, "records"), Of(done, "accepted")));
        Assert.InRange(peak - first, double.MinValue, MostGrowth);
    }
}
