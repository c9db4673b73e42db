using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Stockgate.EndToEnd.Tests.Orders.Actions;
using Stockgate.EndToEnd.Tests.Promotions;

namespace Stockgate.EndToEnd.Tests.Agents;

/// <summary>An AI assistant with the official client library: it reads and proposes, and people decide.</summary>
public sealed class McpTests(OrderWorld world) : IClassFixture<OrderWorld>
{
    private Uri Endpoint => new(world.Running.App.BaseAddress, "api/mcp");

    private async Task<McpClient> ConnectAsync(string key) =>
        await McpClient.CreateAsync(
            new HttpClientTransport(
                new HttpClientTransportOptions
                {
                    Endpoint = Endpoint,
                    TransportMode = HttpTransportMode.StreamableHttp,
                    AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {key}" },
                }
            )
        );

    private async Task<McpClient> AgentAsync() => await ConnectAsync(await world.Running.KeyOfAsync("helper"));

    private static async Task<(string Text, bool IsError)> CallAsync(McpClient client, string tool, object arguments)
    {
        var given = JsonSerializer
            .SerializeToElement(arguments)
            .EnumerateObject()
            .ToDictionary(static a => a.Name, static a => (object?)a.Value);
        var result = await client.CallToolAsync(tool, given);
        return (string.Concat(result.Content.OfType<TextContentBlock>().Select(static c => c.Text)), result.IsError ?? false);
    }

    [Fact]
    public async Task An_agent_sees_what_it_may_read_and_propose_and_no_tool_that_decides()
    {
        await using var agent = await AgentAsync();
        Assert.Equal(
            ["dry_run_prices", "explain_promotion", "get_inventory", "get_order", "list_cases", "list_promotions", "propose_order_action"],
            (await agent.ListToolsAsync()).Select(static t => t.Name).Order()
        );
        await using var finance = await ConnectAsync(await world.Running.KeyOfAsync("fred"));
        Assert.DoesNotContain("propose_order_action", (await finance.ListToolsAsync()).Select(static t => t.Name));
    }

    [Fact]
    public async Task An_agent_explains_why_a_promotion_is_not_live()
    {
        var merchandiser = await world.Running.Keys.OfAsync("mia", "merchandiser");
        using var posted = await world.Running.CallWithKeyAsync(
            HttpMethod.Post,
            "promotions",
            merchandiser,
            JsonSerializer.SerializeToUtf8Bytes(PromotionWorld.Request(["NEVER-SEEN"], startsIn: 86_400))
        );
        Assert.Equal(HttpStatusCode.Created, posted.StatusCode);
        var id = (await posted.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        await using var agent = await AgentAsync();
        Assert.Contains(id, (await CallAsync(agent, "list_promotions", new { })).Text, StringComparison.Ordinal);
        await RunningApp.UntilAsync(
            async () =>
                (await CallAsync(agent, "explain_promotion", new { id })) is { IsError: false } said
                && said.Text.Contains("NEVER-SEEN", StringComparison.Ordinal),
            "the gates are explained"
        );
    }

    [Fact]
    public async Task A_proposed_refund_waits_for_a_person_and_the_agent_can_not_approve_it()
    {
        var order = await world.OrderAsync(shipped: true);
        await using var agent = await AgentAsync();
        Assert.Contains(order, (await CallAsync(agent, "get_order", new { order })).Text, StringComparison.Ordinal);
        var asked = new
        {
            order,
            action = "Refund",
            reason = "late",
            amount = 10,
            idempotencyKey = "once",
        };
        var first = await CallAsync(agent, "propose_order_action", asked);
        Assert.False(first.IsError, first.Text);
        var action = JsonDocument.Parse(first.Text).RootElement.GetProperty("id").GetString()!;
        Assert.Contains(action, (await CallAsync(agent, "propose_order_action", asked)).Text, StringComparison.Ordinal);
        await world.MailToAsync("lena", order);
        await world.UntilAsync(order, action, "Waiting");
        Assert.Single((await world.Running.ReadAsync($"orders/{order}/actions")).EnumerateArray());
        Assert.True((await world.ActionAsync(order, action)).GetProperty("request").GetProperty("requestedByAgent").GetBoolean());
        Assert.Contains($"{action}-1", (await CallAsync(agent, "list_cases", new { })).Text, StringComparison.Ordinal);
        using var approved = await world.Running.CallAsync(
            HttpMethod.Post,
            $"cases/{action}-1/decisions",
            "helper",
            "{\"answer\":\"Approve\",\"revision\":\"x\"}"u8.ToArray()
        );
        await Problem.IsAsync(approved, 403, "role-needed", null);
        Assert.Empty(world.Done(order));
    }

    [Fact]
    public async Task A_mistake_is_told_in_words()
    {
        await using var agent = await AgentAsync();
        var unknown = await CallAsync(agent, "get_order", new { order = "NO-SUCH-ORDER" });
        Assert.True(unknown.IsError);
        Assert.Contains("Nothing has been received about order 'NO-SUCH-ORDER'", unknown.Text, StringComparison.Ordinal);
        var misspelt = await CallAsync(agent, "get_inventory", new { sku = "THING", skuu = "THING" });
        Assert.True(misspelt.IsError);
        Assert.Contains("skuu is not known; did you mean 'sku'?", misspelt.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_key_nothing_is_answered_and_there_is_no_stream_to_get()
    {
        using var http = new HttpClient();
        using (var keyless = await http.PostAsync(Endpoint, new StringContent("{}", Encoding.UTF8, "application/json")))
            await Problem.IsAsync(keyless, 401, "no-key", "Authorization");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await world.Running.KeyOfAsync("helper"));
        using (var got = await http.GetAsync(Endpoint))
            await Problem.IsAsync(got, 405, "only-post", null);
        using var broken = await http.PostAsync(Endpoint, new StringContent("{", Encoding.UTF8, "application/json"));
        await Problem.IsAsync(broken, 400, "unfit-message", "body");
    }
}
