using System.Reflection;
using NetArchTest.Rules;
using Stockgate.Domain;
using Stockgate.Platform.Storage;

namespace Stockgate.Functions.Tests.Architecture;

/// <summary>Dependencies point one way: functions → Platform → Domain, and adapters know no flow.</summary>
public class DependencyTests
{
    private static readonly Assembly Functions = typeof(ProblemMiddleware).Assembly,
        Platform = typeof(StateTables).Assembly,
        Domain = typeof(Sku).Assembly;

    private static readonly string[] Flows =
    [
        "Access",
        "Approvals",
        "Catalog",
        "Forecasting",
        "Ingest",
        "Inventory",
        "Orders",
        "Pricing",
        "Promotions",
    ];

    [Fact]
    public void The_domain_knows_neither_Azure_nor_HTTP_nor_who_uses_it() =>
        Holds(
            Types.InAssembly(Domain),
            "Azure",
            "Microsoft.Azure",
            "Microsoft.AspNetCore",
            "Microsoft.DurableTask",
            "Stockgate.Platform",
            "Stockgate.Functions"
        );

    [Fact]
    public void The_platform_knows_no_trigger_and_no_orchestrator() =>
        Holds(Types.InAssembly(Platform), "Microsoft.Azure.Functions", "Microsoft.DurableTask", "Stockgate.Functions");

    [Fact]
    public void Nothing_that_is_deployed_knows_what_stands_in_for_Azure()
    {
        foreach (var deployed in new[] { Functions, Platform, Domain })
            Holds(Types.InAssembly(deployed), "Stockgate.Local", "Stockgate.Demo");
    }

    [Theory]
    [InlineData("Storage")]
    [InlineData("Messaging")]
    [InlineData("Signatures")]
    [InlineData("Mail")]
    [InlineData("Outbound")]
    [InlineData("Http")]
    [InlineData("Operations")]
    public void An_adapter_knows_no_flow(string adapter)
    {
        // State totals are of all stock, and stand with the operations that show them.
        string[] flows = adapter == "Operations" ? [.. Flows.Where(static f => f != "Inventory")] : Flows;
        Holds(In($"Stockgate.Platform.{adapter}"), [.. flows.Select(static f => $"Stockgate.Platform.{f}")]);
    }

    [Theory]
    [InlineData("Catalog", "Forecasting Ingest Orders Pricing Promotions Approvals")]
    [InlineData("Inventory", "Forecasting Ingest Orders Pricing Promotions Approvals Catalog")]
    [InlineData("Access", "Forecasting Ingest Orders Pricing Promotions Catalog Inventory")]
    [InlineData("Approvals", "Forecasting Ingest Orders Pricing Promotions Catalog Inventory Access")]
    [InlineData("Suppliers", "Forecasting Ingest Orders Pricing Promotions Approvals")]
    [InlineData("Promotions", "Ingest Orders Pricing")]
    [InlineData("Forecasting", "Ingest Pricing")]
    [InlineData("Orders", "Ingest Pricing Forecasting")]
    [InlineData("Ingest", "Pricing Forecasting Approvals")]
    public void A_flow_knows_only_flows_before_it(string flow, string later) =>
        Holds(In($"Stockgate.Platform.{flow}"), [.. later.Split(' ').Select(static f => $"Stockgate.Platform.{f}")]);

    [Theory]
    [InlineData("Events", "Approvals Catalog Forecasting Ingest Inventory Operations Orders Pricing Promotions")]
    [InlineData("Operations", "Approvals Catalog Forecasting Ingest Inventory Orders Pricing Promotions")]
    [InlineData("Inventory", "Approvals Catalog Forecasting Ingest Orders Pricing Promotions")]
    [InlineData("Catalog", "Approvals Forecasting Ingest Inventory Orders Pricing Promotions")]
    [InlineData("Approvals", "Catalog Forecasting Ingest Inventory Orders Pricing Promotions")]
    [InlineData("Forecasting", "Approvals Catalog Ingest Orders Pricing Promotions")]
    [InlineData("Promotions", "Approvals Catalog Ingest Inventory Orders Pricing")]
    [InlineData("Orders", "Catalog Forecasting Ingest Pricing")]
    [InlineData("Pricing", "Approvals Catalog Ingest Inventory Orders Promotions")]
    public void Rules_of_a_flow_know_events_and_flows_before_it(string flow, string later) =>
        Holds(
            Types.InAssembly(Domain).That().ResideInNamespace($"Stockgate.Domain.{flow}"),
            [.. later.Split(' ').Select(static f => $"Stockgate.Domain.{f}")]
        );

    [Fact]
    public void Primitives_know_no_flow() =>
        Holds(
            Types.InAssembly(Domain).That().ResideInNamespaceMatching(@"^Stockgate\.Domain$"),
            [.. Flows.Append("Events").Append("Operations").Select(static f => $"Stockgate.Domain.{f}")]
        );

    private static PredicateList In(string name) => Types.InAssembly(Platform).That().ResideInNamespace(name);

    private static void Holds(Types types, params string[] forbidden) => Holds(types.That().ResideInNamespace("Stockgate"), forbidden);

    private static void Holds(PredicateList types, params string[] forbidden)
    {
        var result = types.ShouldNot().HaveDependencyOnAny(forbidden).GetResult();
        Assert.True(
            result.IsSuccessful,
            string.Join('\n', (result.FailingTypes ?? []).Select(static t => $"{t.FullName}: {t.Explanation}"))
        );
    }
}
