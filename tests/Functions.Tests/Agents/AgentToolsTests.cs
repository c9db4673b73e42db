using Microsoft.DurableTask.Client;
using Moq;
using Stockgate.Domain.Access;
using Stockgate.Functions.Access;
using Stockgate.Functions.Agents;

namespace Stockgate.Functions.Tests.Agents;

/// <summary>A tool is never more than the function that it stands for.</summary>
public class AgentToolsTests
{
    private static readonly Mcp Endpoint = new(
        new ReadingTools(null!, null!, null!, null!, null!, null!),
        new AskingTools(null!, null!),
        Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance
    );

    private static IReadOnlyList<string> ToolsOf(params string[] roles) =>
        [.. Endpoint.ToolsFor(Caller.Of("x", roles, []), new Mock<DurableTaskClient>("test").Object).Select(static t => t.Name).Order()];

    [Fact]
    public void An_agent_has_all_of_them() =>
        Assert.Equal(
            ["dry_run_prices", "explain_promotion", "get_inventory", "get_order", "list_cases", "list_promotions", "propose_order_action"],
            ToolsOf(Role.Agent)
        );

    [Fact]
    public void A_merchandiser_has_no_tool_for_orders() =>
        Assert.Equal(["dry_run_prices", "explain_promotion", "get_inventory", "list_cases", "list_promotions"], ToolsOf(Role.Merchandiser));

    [Fact]
    public void A_partner_and_the_admin_have_none()
    {
        Assert.Empty(ToolsOf(Role.Partner));
        Assert.Empty(ToolsOf(Role.Admin));
    }

    [Fact]
    public void No_tool_decides_overrides_or_publishes()
    {
        var agent = Caller.Of("helper", [Role.Agent], []);
        var tools = Endpoint.ToolsFor(agent, new Mock<DurableTaskClient>("test").Object).ToList();
        Assert.Equal(["PostOrderAction"], tools.Where(static t => t.Asks).Select(static t => t.Function));
        Assert.All(tools, tool => Assert.True(RouteRoles.Table[tool.Function].Allows(agent, tool.IsDryRun)));
    }
}
