using System.Text;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Stockgate.Domain.Orders.Actions;
using Stockgate.Functions.Tests.Approvals;
using Stockgate.Platform.Orders.Actions;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Orders.Actions;

public sealed partial class OrderActionPoliciesTests(AzuriteFixture fixture) : LinksOnAzurite(fixture)
{
    [Fact]
    public async Task A_policy_that_can_t_be_read_any_more_decides_nothing_and_can_be_replaced()
    {
        var version = OrderActionPolicy.Default.Version + 1;
        await Tables.Policies.UpsertEntityAsync(
            new TableEntity("order-actions", version.ToString("00000000")) { ["Document"] = "{ \"of\": \"another time\" }" }
        );
        var policies = Get<OrderActionPolicies>();
        Assert.Contains(
            "can't be read any more",
            (await Assert.ThrowsAsync<InvalidOperationException>(() => policies.TextAsync(default))).Message,
            StringComparison.Ordinal
        );

        await policies.PutAsync(
            Encoding.UTF8.GetBytes(Version().Replace(OrderActionPolicy.DefaultJson, $"${{1}}{version + 1}", 1)),
            "Kim",
            default
        );

        Assert.Contains($"{version + 1}", await policies.TextAsync(default), StringComparison.Ordinal);
    }

    [GeneratedRegex("(\"version\":\\s*)\\d+")]
    private static partial Regex Version();
}
