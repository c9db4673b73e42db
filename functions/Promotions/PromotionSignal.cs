using Microsoft.DurableTask.Client;
using Stockgate.Domain;
using Stockgate.Functions.Orchestrations;

namespace Stockgate.Functions.Promotions;

/// <summary>A person said something about a promotion: its orchestration looks at once.</summary>
internal static class PromotionSignal
{
    public const string Prefix = "promotion-";

    public static string InstanceOf(PromotionId promotion) => $"{Prefix}{promotion}";

    public static Task RaiseAsync(DurableTaskClient client, PromotionId promotion, CancellationToken cancellationToken) =>
        Signal.RaiseAsync(client, InstanceOf(promotion), Signal.Urgent, cancellationToken);
}
