using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Stockgate.Demo.Partners;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Launch;

namespace Stockgate.EndToEnd.Tests.Promotions;

/// <summary>
/// The app beside six simulated partners, with a policy whose times are seconds. Each test has SKUs and promotions of its own.
/// </summary>
public class PromotionWorld : IAsyncLifetime
{
    public static readonly string[] Channels = ["erp", "pos", "ecommerce", "oms", "wms", "marketplace"];

    private static readonly Currency Gbp = Currency.Parse("GBP");

    private readonly PartnerSettings settings = new();

    public RunningApp Running { get; private set; } = null!;

    public PartnerServer Partners { get; private set; } = null!;

    /// <summary>Settings that differ from the world's own.</summary>
    public virtual IReadOnlyDictionary<string, string> Policy { get; init; } = new Dictionary<string, string>();

    public async Task InitializeAsync()
    {
        Partners = await PartnerServer.StartAsync(settings);
        Running = new RunningApp
        {
            Configure = app =>
            {
                settings.AddTo(app.Environment, Partners.Address);
                foreach (
                    var (name, value) in new Dictionary<string, string>
                    {
                        ["People__mia__Roles"] = "merchandiser",
                        ["People__finn__Roles"] = "finance",
                        ["People__cora__Roles"] = "commercial-director,gate-owner",
                        ["People__paul__Roles"] = "planner",
                        ["People__olga__Roles"] = "operator",
                        ["People__rita__Roles"] = "merchandiser,gate-owner,finance",
                        ["Promotions__Approvals__GBP__0__MaxAmount"] = "100000",
                        ["Promotions__Approvals__GBP__0__Roles"] = "finance",
                        ["Promotions__PrepareLead"] = "00:00:04",
                        ["Promotions__FinalCheckLead"] = "00:00:01",
                        ["Promotions__PrepareTime"] = $"{Pace.Of(TimeSpan.FromSeconds(20)):c}",
                        ["Promotions__ActivateTime"] = $"{Pace.Of(TimeSpan.FromSeconds(15)):c}",
                        ["Promotions__RevertTime"] = $"{Pace.Of(TimeSpan.FromSeconds(15)):c}",
                        ["Promotions__RetryEvery"] = "00:00:02",
                        ["Promotions__AskEvery"] = "00:00:01",
                        ["Promotions__JudgeEvery"] = "00:00:04",
                        ["Promotions__MonitorEvery"] = "00:00:02",
                        ["Promotions__StoreTaskLead"] = "00:00:00",
                        ["Promotions__ShelfTime"] = "00:00:00",
                        ["Promotions__SupplierLeadTime"] = "00:00:00",
                        ["Promotions__FundingRedBefore"] = "00:00:00",
                        ["Promotions__ClaimTerm"] = "00:00:03",
                        ["Promotions__Monitor__PriceGrace"] = "00:00:00",
                    }
                )
                    app.Environment[name] = value;
                foreach (var (name, value) in Policy)
                    app.Environment[name] = value;
            },
        };
        await Running.InitializeAsync();
        Partners.App = Running.App.BaseAddress;
        // The first look of a process takes seconds where the machine is busy; a window that starts in seconds must not pass meanwhile.
        var first = await PostAsync(Request([await ItemAsync()], startsIn: 3_600));
        await UntilAsync(first, "AwaitingApproval");
        await CommandAsync(first, "Cancel");
        await UntilAsync(first, "Cancelled");
    }

    public async Task DisposeAsync()
    {
        await Running.DisposeAsync();
        await Partners.DisposeAsync();
    }

    /// <summary>
    /// An item that everything is known of: in the catalog, priced, in stock at a store and a warehouse, at every partner.
    /// </summary>
    public async Task<string> ItemAsync(
        decimal price = 20,
        decimal cost = 8,
        decimal stock = 5_000,
        DateTimeOffset? countedAt = null,
        string? category = null,
        string? supplier = null
    )
    {
        var sku = $"P-{Guid.NewGuid():N}"[..14];
        Partners.Seed(new Sku(sku), new Money(price, Gbp));
        var now = TimeProvider.System.GetUtcNow();
        await Running.Partner.AcceptedAsync(
            Events.Of(
                "product.updated",
                new
                {
                    sku,
                    title = "A thing",
                    category,
                    supplier,
                    unitCost = cost,
                    currency = "GBP",
                },
                now
            ),
            Events.Of(
                "price.changed",
                new
                {
                    sku,
                    price,
                    currency = "GBP",
                },
                now
            ),
            Events.Counted(sku, stock, countedAt ?? now, "store-n"),
            Events.Counted(sku, stock, countedAt ?? now, "depot")
        );
        await Running.ProjectedAsync();
        return sku;
    }

    /// <summary>A request that starts in so many seconds, in every channel that sells.</summary>
    public static Dictionary<string, object?> Request(
        string[] items,
        double startsIn = 12,
        double lasts = 600,
        object? discount = null,
        DateTimeOffset? now = null
    )
    {
        var start = (now ?? TimeProvider.System.GetUtcNow()).AddSeconds(startsIn < 60 ? Pace.Of(startsIn) : startsIn);
        return new()
        {
            ["name"] = "Summer deal",
            ["items"] = items,
            ["discount"] = discount ?? new { kind = "percentOff", percent = 20 },
            ["channels"] = new[] { "pos", "ecommerce", "marketplace" },
            ["regions"] = new[]
            {
                new
                {
                    region = "north",
                    stores = new[] { "store-n" },
                    warehouses = new[] { "depot" },
                },
            },
            ["window"] = new
            {
                start = Local(start),
                end = Local(start.AddSeconds(lasts)),
                timeZone = "Etc/UTC",
            },
            ["expectedUplift"] = 1.5,
            ["currency"] = "GBP",
        };
    }

    public static string Local(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture);

    public async Task<string> PostAsync(Dictionary<string, object?> request, string by = "mia")
    {
        using var response = await SendAsync(HttpMethod.Post, "promotions", request, by);
        Assert.True(
            response.StatusCode == HttpStatusCode.Created,
            $"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}"
        );
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    /// <summary>Posts a promotion and has it approved as soon as everything else is green.</summary>
    public async Task<string> ApprovedAsync(Dictionary<string, object?> request)
    {
        var id = await PostAsync(request);
        await ApproveAsync(id);
        return id;
    }

    /// <summary>A promotion of one item that customers can buy at.</summary>
    public async Task<string> LiveAsync(string sku, double lasts = 600, Budget? budget = null)
    {
        var request = Request([sku], lasts: lasts);
        if (budget is not null)
            request["budget"] = new { redemptions = budget.Redemptions };
        var id = await ApprovedAsync(request);
        await UntilAsync(id, "Live");
        return id;
    }

    /// <summary>An event of the retailer's own systems, signed and projected.</summary>
    public async Task SaidAsync(params IEnumerable<byte[]> events)
    {
        await Running.Partner.AcceptedAsync(events);
        await Running.ProjectedAsync();
    }

    /// <summary>Sets a regular price in the catalog, and at the partners that it is for as if they had always had it.</summary>
    public async Task PriceAsync(
        string sku,
        decimal price,
        string? channel = null,
        string? region = null,
        DateTimeOffset? at = null,
        bool atPartners = true
    )
    {
        if (atPartners)
            foreach (var name in channel is null ? Channels : [channel])
                Partners.Books(name).Seed(new Sku(sku), region is null ? null : new RegionId(region), new Money(price, Gbp));
        await SaidAsync(
            Events.Of(
                "price.changed",
                new
                {
                    sku,
                    price,
                    currency = "GBP",
                    salesChannel = channel,
                    region,
                },
                at ?? TimeProvider.System.GetUtcNow()
            )
        );
    }

    public Task ApproveAsync(string id, int terms = 1, string by = "finn", string role = "finance") =>
        AcceptedAsync(
            $"promotions/{id}/decisions",
            new
            {
                role,
                terms,
                approved = true,
            },
            by
        );

    public Task CommandAsync(string id, string kind, string reason = "because of the drill") =>
        AcceptedAsync($"promotions/{id}/commands", new { kind, reason }, "mia");

    public async Task<JsonElement> AcceptedAsync(string path, object body, string by)
    {
        using var response = await SendAsync(HttpMethod.Post, path, body, by);
        Assert.True(
            response.StatusCode == HttpStatusCode.Accepted,
            $"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}"
        );
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object body, string? by, string? reason = null) =>
        Running.CallAsync(method, path, by, JsonSerializer.SerializeToUtf8Bytes(body), reason);

    /// <summary>A request that is refused with this problem.</summary>
    public async Task RefusedAsync(string path, object body, string by, int status, string slug, string? field)
    {
        using var response = await SendAsync(HttpMethod.Post, path, body, by);
        await Problem.IsAsync(response, status, slug, field);
    }

    public async Task<string> StateAsync(string id) =>
        (await Running.ReadAsync($"promotions/{id}")).GetProperty("promotion").GetProperty("state").GetString()!;

    /// <summary>Waits until the promotion is in a state; on the way it must not be over in another one.</summary>
    public Task UntilAsync(string id, string state, TimeSpan? patience = null) =>
        UntilAsync(
            id,
            async () =>
                await StateAsync(id) is var seen && seen == state
                || (
                    seen is "Settled" or "Cancelled" or "Refused"
                        ? throw new InvalidOperationException($"It is {seen}, not {state}.")
                        : false
                ),
            state,
            patience
        );

    /// <summary>Waits until something about the promotion is so; where it never is, everything that may say why is shown.</summary>
    public async Task UntilAsync(string id, Func<Task<bool>> isSo, string what, TimeSpan? patience = null)
    {
        try
        {
            await RunningApp.UntilAsync(isSo, what, patience);
        }
        catch (Exception late)
        {
            throw new Xunit.Sdk.XunitException(
                $"{late.Message} Partners' trouble: {Partners.LastTrouble}\n{await TextAsync($"promotions/{id}/explain")}\n{await TextAsync("exceptions")}\n{await TextAsync($"promotions/{id}")}\n{LogTail()}",
                late
            );
        }
    }

    private async Task<string> TextAsync(string path)
    {
        using var response = await Running.GetAsync(path);
        return await response.Content.ReadAsStringAsync();
    }

    private string LogTail()
    {
        using var log = new StreamReader(new FileStream(Running.App.LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return string.Join('\n', log.ReadToEnd().Split('\n').TakeLast(40));
    }

    public async Task<string> ExplainAsync(string id) =>
        string.Join(
            " ",
            (await Running.ReadAsync($"promotions/{id}/explain"))
                .GetProperty("sentences")
                .EnumerateArray()
                .Select(static s => s.GetString())
        );

    public Task<bool> GateIsAsync(string id, string gate, string state) =>
        GateAsync(id, gate)
            .ContinueWith(
                t => t.Result is { ValueKind: JsonValueKind.Object } verdict && verdict.GetProperty("state").GetString() == state,
                TaskScheduler.Default
            );

    public async Task<JsonElement> GateAsync(string id, string gate)
    {
        var details = await Running.ReadAsync($"promotions/{id}");
        return details.TryGetProperty("gates", out var board)
            ? board.GetProperty("verdicts").EnumerateArray().FirstOrDefault(v => v.GetProperty("gate").GetString() == gate)
            : default;
    }

    /// <summary>Every partner shows this price of an item.</summary>
    public void Shows(string sku, decimal price) =>
        Assert.All(
            Channels,
            channel =>
                Assert.True(
                    Partners.PriceOf(channel, new Sku(sku))?.Amount == price,
                    $"{channel} shows {Partners.PriceOf(channel, new Sku(sku))}, not {price}."
                )
        );

    public int Activations(string id, string channel) => Partners.ActivationsOf(new PromotionId(id), channel);

    /// <summary>Messages of a promotion that a channel got, by step.</summary>
    public List<ReceivedMessage> Got(string id, string channel, LaunchStep step) =>
        [.. Partners.Books(channel).Messages.Where(m => m.Message.Promotion.Value == id && m.Message.Step == step)];

    public Task UntilGotAsync(string id, string channel, LaunchStep step, int revision = 1) =>
        UntilAsync(
            id,
            () => Task.FromResult(Got(id, channel, step).Exists(m => m.Message.Revision >= revision)),
            $"{channel} got {step} {revision}"
        );

    /// <summary>The chain of a promotion is whole and has a decision that contains this.</summary>
    public async Task DecidedAsync(string id, params string[] decisions)
    {
        var chain = await Running.ReadAsync($"decisions/{Uri.EscapeDataString($"promotion {id}")}");
        Assert.True(chain.GetProperty("chainIsWhole").GetBoolean());
        var said = chain.GetProperty("records").EnumerateArray().Select(static r => r.GetProperty("decision").GetString()!).ToList();
        Assert.All(decisions, decision => Assert.Contains(said, s => s.Contains(decision, StringComparison.Ordinal)));
    }

    /// <summary>Open exceptions about a promotion.</summary>
    public async Task<List<JsonElement>> ExceptionsAsync(string id) =>
        [
            .. (await Running.ReadAsync("exceptions"))
                .EnumerateArray()
                .Where(e => e.GetProperty("subject").GetString()!.StartsWith($"promotion {id}", StringComparison.Ordinal)),
        ];
}

/// <summary>The drills that share one world.</summary>
[CollectionDefinition(Name)]
public sealed class SharedWorld : ICollectionFixture<PromotionWorld>
{
    public const string Name = "promotion world";
}
