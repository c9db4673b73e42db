using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Stockgate.Domain;

namespace Stockgate.Functions.Promotions;

/// <summary>Shared parts of the promotion endpoints.</summary>
internal static class PromotionRequests
{
    public static PromotionId Id(HttpRequest request, string id) => new(request.Whole(id));

    /// <summary>Stores the change, signals the promotion's orchestration, and returns 202 with the promotion's URL.</summary>
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
