using System.Net;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;
using Stockgate.Domain;
using Stockgate.Domain.Operations;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Outbound;
using Stockgate.Platform.Storage;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Outbound;

public sealed class ChannelHealthTests(AzuriteFixture fixture) : IClassFixture<AzuriteFixture>, IAsyncLifetime, IDisposable
{
    private readonly ShiftedTime time = new();
    private readonly OutboundHttp http = new(allowPrivate: true, Dns.GetHostAddressesAsync);
    private readonly StateTables tables = new(new TableServiceClient(fixture.Azurite.ConnectionString), 64);

    // Channels of its own for each test: they share the tables.
    private readonly string name = $"pos-{Guid.NewGuid():N}";
    private int status = 200;
    private StubChannel stub = null!;

    private ExceptionLog Exceptions => new(tables);

    public async Task InitializeAsync()
    {
        await tables.PrepareAsync(CancellationToken.None);
        stub = await StubChannel.StartAsync(answer =>
        {
            answer.Response.StatusCode = Volatile.Read(ref status);
            return Task.CompletedTask;
        });
    }

    public async Task DisposeAsync() => await stub.DisposeAsync();

    public void Dispose() => http.Dispose();

    private OutboundChannels Channels(Uri? url = null) =>
        StubChannel.Settings(
            ("OutboundAllowPrivateAddresses", "true"),
            ($"Outbound:{name}:Kind", "Pos"),
            ($"Outbound:{name}:Url", (url ?? stub.Url).AbsoluteUri),
            ($"Outbound:{name}:Secrets:0", StubChannel.Secret)
        );

    private ChannelHealth Health(Uri? url = null) => new(Channels(url), http, tables, Exceptions, time, NullLogger<ChannelHealth>.Instance);

    private async Task<OperationException[]> OpenAsync() =>
        [.. (await Exceptions.OpenAsync(1_000, null, CancellationToken.None)).Exceptions.Where(e => e.Subject == $"channel {name}")];

    private static async Task<ChannelState> StateAsync(ChannelHealth health) =>
        Assert.Single(await health.ReadAsync(CancellationToken.None));

    private async Task ProbeAsync(ChannelHealth health, int times = 1)
    {
        for (; times > 0; times--)
        {
            await health.ProbeAsync(CancellationToken.None);
            time.Advance(TimeSpan.FromSeconds(20));
        }
    }

    [Fact]
    public async Task Before_the_first_probe_nothing_is_known()
    {
        Assert.Equal((ChannelCondition.Unknown, null), ((await StateAsync(Health())) is var s ? (s.Condition, s.LastOkAt) : default));
        Assert.Empty(stub.Requests);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(302)]
    [InlineData(401)]
    [InlineData(404)]
    public async Task Any_answer_below_500_is_a_sign_of_life(int answer)
    {
        status = answer;
        var health = Health();
        await ProbeAsync(health, 3);
        var state = await StateAsync(health);
        Assert.Equal((ChannelCondition.Up, 0, $"answered a probe with {answer}"), (state.Condition, state.Failures, state.Detail));
        Assert.NotNull(state.LastOkAt);
        Assert.All(stub.Requests, static r => Assert.Equal(("GET", "/in/health"), (r.Method, r.Path)));
        Assert.Empty(await OpenAsync());
    }

    [Fact]
    public async Task An_outage_is_one_exception_however_long_and_an_answer_closes_it()
    {
        var health = Health();
        await ProbeAsync(health);
        status = 500;
        await ProbeAsync(health);
        Assert.Empty(await OpenAsync());
        await ProbeAsync(health);
        status = 503;
        await ProbeAsync(health, 2);
        var open = Assert.Single(await OpenAsync());
        Assert.Equal((ChannelHealth.DownType, "operations", TimeSpan.FromMinutes(15), 3), (open.Type, open.Owner, open.Sla, open.Count));
        Assert.Equal((ChannelCondition.Down, 4), ((await StateAsync(health)) is var s ? (s.Condition, s.Failures) : default));
        status = 200;
        await ProbeAsync(health);
        Assert.Empty(await OpenAsync());
        Assert.Equal((ChannelCondition.Up, 0), ((await StateAsync(health)) is var up ? (up.Condition, up.Failures) : default));

        // The next outage is the same kind of trouble, open again and counted anew.
        status = 500;
        await ProbeAsync(health, 2);
        Assert.Equal(1, Assert.Single(await OpenAsync()).Count);
    }

    [Fact]
    public async Task What_one_instance_saw_another_goes_on_from()
    {
        status = 500;
        await ProbeAsync(Health());
        var second = Health();
        await ProbeAsync(second);
        Assert.Equal(ChannelCondition.Down, (await StateAsync(second)).Condition);
        Assert.Single(await OpenAsync());
    }

    [Fact]
    public async Task Nobody_there_is_down_and_says_why()
    {
        await stub.DisposeAsync();
        var health = Health();
        await ProbeAsync(health, 2);
        var state = await StateAsync(health);
        Assert.Equal(ChannelCondition.Down, state.Condition);
        Assert.StartsWith("is unreachable", state.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_real_delivery_tells_as_much_as_a_probe()
    {
        var health = Health();
        var channel = Channels().All[0];
        for (var i = 0; i < 2; i++, time.Advance(TimeSpan.FromSeconds(20)))
            await health.SawAsync(channel, null, "is unreachable", CancellationToken.None);
        Assert.Equal(ChannelCondition.Down, (await StateAsync(health)).Condition);
        Assert.Single(await OpenAsync());
        await health.SawAsync(channel, 500, "answered 500", CancellationToken.None);
        Assert.Equal(ChannelCondition.Down, (await StateAsync(health)).Condition);
        await health.SawAsync(channel, 202, "accepted", CancellationToken.None);
        Assert.Equal(
            (ChannelCondition.Up, "answered a call with 202"),
            ((await StateAsync(health)) is var s ? (s.Condition, s.Detail) : default)
        );
        Assert.Empty(await OpenAsync());
    }

    [Fact]
    public async Task Many_instances_at_once_lose_nothing()
    {
        status = 500;
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Health().ProbeAsync(CancellationToken.None)));
        Assert.Equal(1, (await StateAsync(Health())).Failures);
        time.Advance(TimeSpan.FromSeconds(20));
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Health().ProbeAsync(CancellationToken.None)));
        Assert.Equal((ChannelCondition.Down, 2), ((await StateAsync(Health())) is var s ? (s.Condition, s.Failures) : default));
        Assert.Single(await OpenAsync());
    }

    [Fact]
    public async Task Storage_that_is_away_does_not_spoil_a_delivery()
    {
        var nowhere = new StateTables(
            new TableServiceClient(
                fixture.Azurite.ConnectionString.Replace($":{fixture.Azurite.TableEndpoint.Port}/", ":1/", StringComparison.Ordinal),
                new TableClientOptions { Retry = { MaxRetries = 0 } }
            ),
            64
        );
        var health = new ChannelHealth(Channels(), http, nowhere, new ExceptionLog(nowhere), time, NullLogger<ChannelHealth>.Instance);
        await health.SawAsync(Channels().All[0], 202, "accepted", CancellationToken.None);
        await Assert.ThrowsAnyAsync<Exception>(() => health.ProbeAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Closing_leaves_other_exceptions_and_later_ones_open()
    {
        var now = time.GetUtcNow();
        OperationException Of(string type, string failure, DateTimeOffset at) =>
            new()
            {
                Type = type,
                Subject = $"channel {name}",
                Failure = failure,
                RecommendedAction = "look",
                Owner = "operations",
                Sla = TimeSpan.FromHours(1),
                FirstSeenAt = at,
                LastSeenAt = at,
            };
        foreach (var raised in new[] { Of("a", "one", now), Of("a", "two", now), Of("a", "later", now.AddMinutes(1)), Of("b", "one", now) })
            await Exceptions.RaiseAsync(raised, CancellationToken.None);
        Assert.Equal(2, await Exceptions.ResolveAsync("a", $"channel {name}", now, CancellationToken.None));
        Assert.Equal(0, await Exceptions.ResolveAsync("a", "channel other", now, CancellationToken.None));
        Assert.Equal(["a later", "b one"], (await OpenAsync()).Select(static e => $"{e.Type} {e.Failure}").Order(StringComparer.Ordinal));
    }
}
