using System.Net;
using System.Text.Json;
using Azure.Data.Tables;
using Stockgate.Demo.Local;
using Stockgate.Demo.Partners;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Launch;
using Stockgate.Local.Run;
using Stockgate.Platform.Outbound;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Outbound;

/// <summary>The app as a process of its own, with simulated partners at the other end.</summary>
public sealed class ChannelDownTests(AzuriteFixture fixture) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    // Probes run every twenty seconds by the clock; two busy cores take their time to start the app.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("stockgate-outbound-");
    private readonly PartnerSettings settings = new();
    private readonly HttpClient http = new();
    private PartnerServer partners = null!;
    private LocalApp app = null!;
    private ClientKeys keys = null!;
    private AppSettings appSettings = null!;

    public async Task InitializeAsync()
    {
        partners = await PartnerServer.StartAsync(settings);
        appSettings = AppSettings.For(folder.FullName, Ports.Free(), fixture.Azurite.ConnectionString);
        settings.AddTo(appSettings.Environment, partners.Address);
        app = await LocalApp.StartAsync(appSettings);
        partners.App = app.BaseAddress;
        keys = new ClientKeys(app);
    }

    public async Task DisposeAsync()
    {
        if (app is not null)
            await app.DisposeAsync();
        await partners.DisposeAsync();
        keys?.Dispose();
        http.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task<(string Text, JsonElement Json)> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(app.BaseAddress, $"api/v1/{path}"));
        request.Headers.Add("X-Api-Key", await keys.OfAsync("Olga", "operator"));
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"GET {path} is answered {(int)response.StatusCode}: {text}");
        return (text, JsonDocument.Parse(text).RootElement);
    }

    private async Task<Dictionary<string, JsonElement>> ChannelsAsync() =>
        (await GetAsync("outbound")).Json.EnumerateArray().ToDictionary(static c => c.GetProperty("channel").GetString()!);

    private async Task<JsonElement[]> DownAsync() =>
        [.. (await GetAsync("exceptions")).Json.EnumerateArray().Where(static e => e.GetProperty("type").GetString() == "channel-down")];

    private Task UntilAsync(string channel, string state) =>
        StubChannel.UntilAsync(
            async () => (await ChannelsAsync())[channel].GetProperty("state").GetString() == state,
            $"channel {channel} is {state}",
            Patience
        );

    [Fact]
    public async Task A_channel_that_is_down_is_seen_and_so_is_its_return()
    {
        foreach (var channel in settings.Channels)
            await UntilAsync(channel.Name, "Up");
        var (text, _) = await GetAsync("outbound");
        Assert.All(
            settings.Channels,
            channel => Assert.DoesNotContain(Convert.ToBase64String(channel.Secret), text, StringComparison.Ordinal)
        );
        Assert.DoesNotContain("whsec_", text, StringComparison.Ordinal);

        partners.Faults("pos").Outage = PartnerOutage.Cut;
        await UntilAsync("pos", "Down");
        var exception = Assert.Single(await DownAsync());
        Assert.Equal(
            ("channel pos", "operations"),
            (exception.GetProperty("subject").GetString(), exception.GetProperty("owner").GetString())
        );
        Assert.Equal("Up", (await ChannelsAsync())["wms"].GetProperty("state").GetString());

        partners.Faults("pos").Outage = PartnerOutage.None;
        await UntilAsync("pos", "Up");
        Assert.Empty(await DownAsync());
    }

    [Fact]
    public async Task The_app_takes_a_partners_answer_also_after_it_was_killed()
    {
        await app.KillAsync();
        var message = ChannelMessage.Of(
            new LaunchPlan
            {
                Promotion = new PromotionId("spring"),
                Revision = 1,
                Name = "Spring",
                Discount = new PercentOff(10),
                Currency = Currency.Parse("GBP"),
                CapturedAt = DateTimeOffset.UnixEpoch,
                ActivateAt = DateTimeOffset.UnixEpoch,
                EndsAt = DateTimeOffset.UnixEpoch.AddDays(1),
                Channels = [new ChannelPlan(new SalesChannelId("pos"), [], [])],
            },
            new SalesChannelId("pos"),
            LaunchStep.Prepare
        )!;
        var pos = StubChannel
            .Settings([
                .. appSettings.Environment.Select(static e => (e.Key.Replace("__", ":", StringComparison.Ordinal), (string?)e.Value)),
            ])
            .Find(new SalesChannelId("pos"))!;
        using var outbound = new OutboundHttp(allowPrivate: true, Dns.GetHostAddressesAsync);
        using var client = new ChannelClient(
            outbound,
            static (_, _, _, _) => Task.CompletedTask,
            static (_, _, _) => Task.CompletedTask,
            new SendLimits(),
            TimeProvider.System
        );
        Assert.Equal(
            DeliveryOutcome.Accepted,
            (
                await client.SendAsync(
                    pos,
                    message.Id,
                    JsonSerializer.SerializeToUtf8Bytes(message, PromotionsJson.Default.ChannelMessage),
                    CancellationToken.None
                )
            ).Outcome
        );
        await StubChannel.UntilAsync(() => partners.LastTrouble is not null, "the partner tried in vain");
        Assert.Empty(partners.Posted);

        await app.RestartAsync();
        await StubChannel.UntilAsync(() => Task.FromResult(partners.Posted.Count == 1), "the app took the answer", Patience);
        Assert.Equal(new PostedEvent("pos", "spring.1.pos.prepare.answer", false), partners.Posted[0]);
        var reports = new TableServiceClient(fixture.Azurite.ConnectionString).GetTableClient("PromotionReports");
        await StubChannel.UntilAsync(
            async () =>
            {
                await foreach (var row in reports.QueryAsync<TableEntity>())
                    if (row.GetString("Promotion") == "spring" && row.GetString("Document").Contains("Confirmed", StringComparison.Ordinal))
                        return true;
                return false;
            },
            "the answer is in the tables",
            Patience
        );
    }
}
