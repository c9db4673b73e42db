using Microsoft.DurableTask.Client;
using Stockgate.Domain;

namespace Stockgate.Functions.Promotions;

/// <summary>Something about a promotion changed: its orchestration looks again. What changed is in the tables; the signal only ends the wait, so that one that is lost or comes twice does no harm.</summary>
internal static class PromotionSignal
{
    public static string InstanceOf(PromotionId promotion) => $"promotion-{promotion}";

    public static Task RaiseAsync(DurableTaskClient client, PromotionId promotion, CancellationToken cancellationToken) => client.RaiseEventAsync(InstanceOf(promotion), SignalWait.Name, promotion.Value, cancellationToken);
}
