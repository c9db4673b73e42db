using System.Net.Http.Json;
using System.Text.Json;
using Stockgate.Demo.Local;
using Stockgate.Demo.Partners;
using Stockgate.Domain;
using Stockgate.EndToEnd.Tests.Approvals;

namespace Stockgate.EndToEnd.Tests.Pricing;

/// <summary>
/// The app beside a web shop that shows prices, with six weeks of sales behind it, a forecast in force, and a policy that lets prices go
/// out.
/// </summary>
public sealed class PricingWorld : IAsyncLifetime
{
    public const string Channel = "ecommerce",
        Region = "north";

    private readonly PartnerSettings settings = new();

    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public RunningApp Running { get; private set; } = null!;

    public PartnerServer Partners { get; private set; } = null!;

    public Mailbox Mail { get; private set; } = null!;

    public LinkBrowser Browser { get; } = new();

    /// <summary>Items that sell one every other day; each test has one of its own.</summary>
    public Queue<string> Slow { get; } = new(Enumerable.Range(1, 12).Select(static i => $"SLOW-{i}"));

    public async Task InitializeAsync()
    {
        Partners = await PartnerServer.StartAsync(settings);
        Running = new RunningApp
        {
            Configure = app =>
            {
                settings.AddTo(app.Environment, Partners.Address);
                foreach (var (name, roles) in new[] { ("petra", "planner"), ("lena", "pricing-lead"), ("pam", "policy-owner") })
                    (app.Environment[$"People__{name}__Roles"], app.Environment[$"People__{name}__Email"]) = (
                        roles,
                        $"{name}@retailer.example"
                    );
                (
                    app.Environment["Forecasts__DailyAt"],
                    app.Environment["Forecasts__Horizon"],
                    app.Environment["Forecasts__Origins"],
                    app.Environment["Forecasts__Rounds"]
                ) = ("never", "14", "1", "20");
            },
        };
        await Running.InitializeAsync();
        Partners.App = Running.App.BaseAddress;
        Mail = new Mailbox(Running.Settings.MailFolder);
        await SellAsync();
        await ForecastAsync();
        await PutPolicyAsync(2);
    }

    public async Task DisposeAsync()
    {
        Browser.Dispose();
        await Running.DisposeAsync();
        await Partners.DisposeAsync();
    }

    /// <summary>Somebody counts an item; ends when the app has it.</summary>
    public Task CountAsync(string sku, decimal units, TimeSpan? ago = null) =>
        Running.Partner.AcceptedAsync(Events.Counted(sku, units, Now - (ago ?? TimeSpan.Zero)));

    /// <summary>What was last decided about an item's price, as soon as it is as wanted.</summary>
    public async Task<JsonElement> LookAsync(string sku, Func<JsonElement, bool> isSo, string what)
    {
        JsonElement last = default;
        try
        {
            await RunningApp.UntilAsync(
                async () =>
                {
                    using var response = await Running.GetAsync($"pricing/items/{sku}");
                    if (!response.IsSuccessStatusCode)
                        return false;
                    last = await response.Content.ReadFromJsonAsync<JsonElement>();
                    return isSo(last);
                },
                what,
                TimeSpan.FromSeconds(40)
            );
        }
        catch (Exception late)
        {
            throw new Xunit.Sdk.XunitException($"{late.Message}\n{last}");
        }
        return last;
    }

    /// <summary>Decisions about an item, the newest first.</summary>
    public async Task<List<JsonElement>> DecisionsAsync(string sku) =>
        [.. (await Running.ReadAsync($"pricing/decisions?sku={sku}")).GetProperty("decisions").EnumerateArray()];

    /// <summary>Ends when the channel has confirmed an item's last publication.</summary>
    public Task ConfirmedAsync(string sku) =>
        LookAsync(
            sku,
            static item =>
                item.GetProperty("prices")[0].GetProperty("price").GetProperty("publication").TryGetProperty("confirmedAt", out var at)
                && at.ValueKind != JsonValueKind.Null,
            "it is confirmed"
        );

    /// <summary>A file for somebody.</summary>
    public async Task<string> TextAsync(string path, string by)
    {
        using var response = await Running.CallAsync(HttpMethod.Get, path, by);
        Assert.True(response.IsSuccessStatusCode, $"{path} is answered {(int)response.StatusCode}");
        return await response.Content.ReadAsStringAsync();
    }

    public async Task PutPolicyAsync(int version, string leash = "Publish")
    {
        var policy = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                version,
                leash,
                markets = new[]
                {
                    new
                    {
                        channel = Channel,
                        region = Region,
                        locations = new[] { "main" },
                    },
                },
                defaults = new
                {
                    endings = Array.Empty<decimal>(),
                    maxStep = 0.1m,
                    askAboveStep = 0.1m,
                    marginFloor = 0.2m,
                    overstockDays = 30,
                    assumedElasticity = -3,
                },
                categories = new Dictionary<string, object> { ["Careful"] = new { askAboveStep = 0.01m } },
            },
            JsonSerializerOptions.Web
        );
        using var put = await Running.CallAsync(HttpMethod.Put, "policies/pricing", "pam", policy);
        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync());
        // It holds everywhere within five seconds.
        await RunningApp.UntilAsync(
            async () => (await Running.ReadAsync("policies/pricing")).GetProperty("version").GetInt32() == version,
            "the policy holds"
        );
    }

    /// <summary>Posts with somebody's name.</summary>
    public async Task<JsonElement> PostAsync(string path, string by, object? body = null, int status = 0)
    {
        using var response = await Running.CallAsync(
            HttpMethod.Post,
            path,
            by,
            body is "" ? default(ReadOnlyMemory<byte>)
                : body is null ? "{\"reason\":\"because\"}"u8.ToArray()
                : JsonSerializer.SerializeToUtf8Bytes(body, JsonSerializerOptions.Web),
            "because"
        );
        var said = await response.Content.ReadAsStringAsync();
        Assert.True(
            status == 0 ? response.IsSuccessStatusCode : (int)response.StatusCode == status,
            $"{path} is answered {(int)response.StatusCode}: {said}"
        );
        return said.Length > 0 ? JsonDocument.Parse(said).RootElement : default;
    }

    private async Task SellAsync()
    {
        var midnight = new DateTimeOffset(Now.UtcDateTime.Date, TimeSpan.Zero);
        foreach (var (sku, i) in Slow.Select(static (s, i) => (s, i)))
        {
            await Running.Partner.AcceptedAsync(
                Events.Of(
                    "product.updated",
                    new
                    {
                        sku,
                        title = $"Thing {i}",
                        category = i % 4 == 3 ? "Careful" : "Lamps",
                        unitCost = 10,
                        currency = "GBP",
                    },
                    Now.AddDays(-1)
                ),
                Events.Of(
                    "price.changed",
                    new
                    {
                        sku,
                        price = 20,
                        currency = "GBP",
                    },
                    Now.AddDays(-60)
                ),
                Events.Counted(sku, 30, Now.AddDays(-43))
            );
            Partners.Seed(new Sku(sku), new Money(20, Currency.Parse("GBP")), new RegionId(Region));
        }
        for (var day = 42; day > 0; day--)
            await Running.Partner.AcceptedAsync([
                .. Slow.Where((_, i) => (day + i) % 2 == 0)
                    .Select(sku => Events.Placed($"S-{sku}-{day}", sku, 1, midnight.AddDays(-day).AddHours(12), fulfilment: "Immediate")),
            ]);
        await Running.ProjectedAsync();
    }

    private async Task ForecastAsync()
    {
        var run = (await PostAsync("forecasts/runs", "petra", "")).GetProperty("id").GetString();
        var ended = default(JsonElement);
        await RunningApp.UntilAsync(
            async () => (ended = await Running.ReadAsync($"forecasts/runs/{run}")).GetProperty("status").GetString() != "Running",
            "the forecast has ended"
        );
        Assert.True(ended.GetProperty("status").GetString() == "Succeeded", ended.ToString());
    }
}
