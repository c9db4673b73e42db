using Azure.Data.Tables;
using Stockgate.Domain.Operations;
using Stockgate.Domain.Pricing;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Pricing;
using Stockgate.Platform.Storage;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Operations;

public sealed class SwitchesTests(AzuriteFixture fixture) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private readonly FakeTime time = new();
    private readonly StateTables tables = new(new TableServiceClient(fixture.Azurite.ConnectionString), 64);

    public Task InitializeAsync() => tables.PrepareAsync(CancellationToken.None);

    public Task DisposeAsync() => Task.CompletedTask;

    private Switches Instance() => new(tables, new DecisionLog(tables), time);

    [Fact]
    public async Task A_switch_holds_on_every_instance_within_five_seconds()
    {
        using var here = Instance();
        using var there = Instance();
        Assert.Null(await there.OnAsync(OperatingSwitch.AgentsOff, CancellationToken.None));
        await here.SetAsync(OperatingSwitch.AgentsOff, true, "Ida", "they asked for refunds", CancellationToken.None);
        Assert.Equal("Ida", (await here.OnAsync(OperatingSwitch.AgentsOff, CancellationToken.None))!.By);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("they asked for refunds", (await there.OnAsync(OperatingSwitch.AgentsOff, CancellationToken.None))!.Reason);
        await there.SetAsync(OperatingSwitch.AgentsOff, false, "Olga", "answered", CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(await here.OnAsync(OperatingSwitch.AgentsOff, CancellationToken.None));
    }

    [Fact]
    public async Task While_pricing_is_stopped_the_leash_of_every_policy_is_off()
    {
        using var switches = Instance();
        using var policies = new PricingPolicies(tables, new DecisionLog(tables), switches, time);
        var policy = await policies.PutAsync(
            System.Text.Encoding.UTF8.GetBytes(
                PricePolicy
                    .DefaultJson.Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal)
                    .Replace("\"Off\"", "\"Publish\"", StringComparison.Ordinal)
            ),
            "Ida",
            CancellationToken.None
        );
        Assert.Equal(PricingLeash.Publish, policy.Leash);
        await switches.SetAsync(OperatingSwitch.StopPricing, true, "Ida", "wrong costs", CancellationToken.None);
        Assert.Equal(PricingLeash.Off, (await policies.CurrentAsync(CancellationToken.None)).Leash);
        await switches.SetAsync(OperatingSwitch.StopPricing, false, "Ida", "right again", CancellationToken.None);
        Assert.Equal(PricingLeash.Publish, (await policies.CurrentAsync(CancellationToken.None)).Leash);
    }
}
