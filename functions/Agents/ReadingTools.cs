using System.ComponentModel;
using Stockgate.Domain;
using Stockgate.Domain.Approvals;
using Stockgate.Domain.Pricing;
using Stockgate.Platform.Approvals;
using Stockgate.Platform.Inventory;
using Stockgate.Platform.Orders;
using Stockgate.Platform.Pricing.Commands;
using Stockgate.Platform.Promotions.Requests;

namespace Stockgate.Functions.Agents;

/// <summary>Tools that read, by the same use cases as the functions of the API.</summary>
public sealed class ReadingTools(
    PromotionDesk promotions,
    PromotionView view,
    OrderReader orders,
    InventoryReader inventory,
    ApprovalStore cases,
    PriceDesk prices
)
{
    // More than a model reads with profit; the API has the pages behind it.
    private const int MostListed = 50;

    internal IReadOnlyList<AgentTool> All =>
        [
            new(
                "list_promotions",
                "ListPromotions",
                "Lists the first 50 promotions that are not over: id, name, state, start, end.",
                ListAsync
            ),
            new(
                "explain_promotion",
                "ExplainPromotion",
                "Says in sentences why a promotion is, or is not, live: each gate that is not green, who has to do what, and until when.",
                ExplainAsync
            ),
            new("get_order", "GetOrder", "An order: status, money, lines, shipments, refunds, and the events it is made of.", OrderAsync),
            new(
                "get_inventory",
                "GetInventory",
                "The stock of a SKU at each location, with the age and source of every figure.",
                StockAsync
            ),
            new(
                "list_cases",
                "ListCases",
                "The first 50 cases that wait for a person's decision, by due time. You can't decide them.",
                CasesAsync
            ),
            new(
                "dry_run_prices",
                "DecideItemPrices",
                "Says which prices of a SKU would be decided now, rule by rule. It changes and publishes nothing.",
                PricesAsync
            )
            {
                IsDryRun = true,
            },
        ];

    private async Task<IEnumerable<PromotionSummary>> ListAsync(CancellationToken cancellationToken) =>
        (await view.ListOpenAsync(cancellationToken)).OrderBy(static p => p.Start).Take(MostListed);

    private async Task<PromotionExplanation> ExplainAsync(
        [Description("The promotion's id, as list_promotions shows it.")] string id,
        CancellationToken cancellationToken
    ) => await view.ExplainAsync(await promotions.FindAsync(new PromotionId(id), cancellationToken), cancellationToken);

    private async Task<OrderView> OrderAsync(
        [Description("The order's number, or CHANNEL:NUMBER where several channels have the number.")] string order,
        CancellationToken cancellationToken
    ) => await orders.FindAsync(order, cancellationToken) ?? throw Answer.NotFound("order", order);

    private async Task<InventoryView> StockAsync(string sku, CancellationToken cancellationToken) =>
        await inventory.FindAsync(Sku.Asked(sku), cancellationToken) ?? throw Answer.NotFound("sku", sku);

    private async Task<IEnumerable<ApprovalRecord>> CasesAsync(CancellationToken cancellationToken) =>
        (await cases.ListWaitingAsync(cancellationToken)).Take(MostListed);

    private async Task<IReadOnlyList<PriceDecision>> PricesAsync(string sku, CancellationToken cancellationToken) =>
        await prices.TryAsync(Sku.Asked(sku), cancellationToken);
}
