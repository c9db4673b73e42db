using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Stockgate.Domain;

namespace Stockgate.Functions.Promotions;

/// <summary>What the requests about a promotion have in common.</summary>
internal static class PromotionRequests
{
    public static PromotionId Id(HttpRequest request, string id) => new(request.Whole(id));

    /// <summary>What was asked is kept; the promotion's orchestration is told, and the caller where to look.</summary>
    public static async Task<IResult> AcceptedAsync(
        PromotionId promotion,
        DurableTaskClient client,
        object answer,
        CancellationToken cancellationToken
    )
    {
        await PromotionSignal.RaiseAsync(client, promotion, cancellationToken);
        return Results.Accepted($"/api/v1/promotions/{Uri.EscapeDataString(promotion.Value)}", answer);
    }
}
