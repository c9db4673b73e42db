using Stockgate.Demo.Local;
using Stockgate.EndToEnd.Tests.Approvals;

namespace Stockgate.EndToEnd.Tests.Promotions;

/// <summary>What a promotion asks people, they answer by the same links as everything else.</summary>
public class QuestionTests(MailedWorld world) : IClassFixture<MailedWorld>
{
    [Fact]
    public async Task The_approval_of_a_promotion_is_given_by_link()
    {
        var id = await world.PostAsync(PromotionWorld.Request([await world.ItemAsync()], startsIn: 300));
        await world.UntilAsync(id, "AwaitingApproval");
        var page = await OpenAsync("finn", id);
        Assert.Contains("Summer deal", page.Text, StringComparison.Ordinal);
        await world.Browser.PressAsync(page, "approve");
        await world.UntilAsync(id, "Scheduled");
        await world.DecidedAsync(id, "approved as finance");
    }

    [Fact]
    public async Task A_no_by_link_refuses_the_promotion()
    {
        var id = await world.PostAsync(PromotionWorld.Request([await world.ItemAsync()], startsIn: 300));
        await world.UntilAsync(id, "AwaitingApproval");
        await world.Browser.PressAsync(await OpenAsync("finn", id), "reject", "too deep");
        await world.UntilAsync(id, "Refused");
    }

    [Fact]
    public async Task A_merchandiser_asks_a_gate_owner_to_override_a_gate()
    {
        var id = await world.PostAsync(
            PromotionWorld.Request([await world.ItemAsync(countedAt: TimeProvider.System.GetUtcNow().AddDays(-3))], startsIn: 300)
        );
        await world.UntilAsync(
            id,
            async () =>
                (await world.GateAsync(id, "freshness")) is { ValueKind: System.Text.Json.JsonValueKind.Object } gate
                && gate.GetProperty("state").GetString() != "Green",
            "freshness not green"
        );
        await world.AcceptedAsync(
            $"promotions/{id}/overrides",
            new
            {
                gate = "freshness",
                reason = "counted by hand today",
                expiresAt = TimeProvider.System.GetUtcNow().AddDays(1),
            },
            "max"
        );
        var page = await OpenAsync("cora", id);
        Assert.Contains("counted by hand today", page.Text, StringComparison.Ordinal);
        await world.Browser.PressAsync(page, "approve");
        await world.UntilAsync(
            id,
            async () => (await world.GateAsync(id, "freshness")).GetProperty("state").GetString() == "Green",
            "freshness overridden"
        );
    }

    [Fact]
    public async Task A_planner_orders_by_link_what_a_region_lacks()
    {
        var sku = await world.ItemAsync();
        await world.SaidAsync(Events.Counted(sku, 1, TimeProvider.System.GetUtcNow(), "store-s"));
        var request = PromotionWorld.Request([sku], startsIn: 300, lasts: 2 * 24 * 3600);
        request["expectedUplift"] = 5;
        request["regions"] = new object[]
        {
            new
            {
                region = "north",
                stores = new[] { "store-n" },
                warehouses = new[] { "depot" },
            },
            new { region = "south", stores = new[] { "store-s" } },
        };
        var id = await world.PostAsync(request);
        var page = await OpenAsync("paul", id);
        Assert.Contains($"{sku} for south", page.Text, StringComparison.Ordinal);
        await world.Browser.PressAsync(page, "approve");
        await world.UntilAsync(
            id,
            async () => (await world.GateAsync(id, "replenishment")).GetProperty("state").GetString() == "Amber",
            "ordered, and not confirmed yet"
        );
        await world.DecidedAsync(id, $"of {sku} for south");
    }

    private async Task<Page> OpenAsync(string name, string id)
    {
        ReceivedMail? mail = null;
        // The owner of a case that a promotion opens is started by a timer, within half a minute.
        await world.UntilAsync(
            id,
            () =>
                Task.FromResult(
                    (
                        mail = world
                            .Mail.To(name)
                            .FirstOrDefault(m =>
                                m.Link is not null
                                && m.Text.Contains("Summer deal", StringComparison.Ordinal)
                                && opened.TryAdd(m.File, true)
                            )
                    )
                        is not null
                ),
            $"mail to {name}",
            TimeSpan.FromSeconds(90)
        );
        return await world.Browser.OpenAsync(mail!.Link!);
    }

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, bool> opened = new();
}

/// <summary>A world whose people get mail.</summary>
public sealed class MailedWorld : PromotionWorld
{
    public LinkBrowser Browser { get; } = new();

    public Mailbox Mail => new(Running.Settings.MailFolder);

    public override IReadOnlyDictionary<string, string> Policy { get; init; } =
        new Dictionary<string, string>
        {
            ["People__finn__Email"] = "finn@retailer.example",
            ["People__cora__Email"] = "cora@retailer.example",
            ["People__max__Roles"] = "merchandiser",
            ["People__paul__Email"] = "paul@retailer.example",
            ["Promotions__ShortRegion__Policy"] = "Replenish",
        };
}
