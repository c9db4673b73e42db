using Microsoft.DurableTask.Client;
using Stockgate.Domain;
using Stockgate.Functions.Orchestrations;

namespace Stockgate.Functions.Promotions;

/// <summary>Signals a person's change to a promotion's orchestration, which reacts at once.</summary>
internal static class PromotionSignal
{
    public const string Prefix = "promotion-";

    public static string InstanceOf(PromotionId promotion) => $"{Prefix}{promotion}";

    public static Task RaiseAsync(DurableTaskClient client, PromotionId promotion, CancellationToken cancellationToken) =>
        Signal.RaiseAsync(client, InstanceOf(promotion), Signal.Urgent, cancellationToken);
}
