using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Stockgate.Domain;

namespace Stockgate.Functions.Promotions;

/// <summary>Something about a promotion changed: its orchestration looks again. What changed is in the tables; the signal only ends the wait, so that one that is lost or comes twice does no harm.</summary>
internal static class PromotionSignal
{
    public const string Name = "Changed";

    public static string InstanceOf(PromotionId promotion) => $"promotion-{promotion}";

    public static Task RaiseAsync(DurableTaskClient client, PromotionId promotion, CancellationToken cancellationToken) => client.RaiseEventAsync(InstanceOf(promotion), Name, promotion.Value, cancellationToken);
}

/// <summary>An orchestration's wait for a signal or a time.</summary>
internal sealed class SignalWait(TaskOrchestrationContext context)
{
    private Task<string> next = context.WaitForExternalEvent<string>(PromotionSignal.Name);

    /// <returns>Whether something changed; false where the time came.</returns>
    public async Task<bool> UntilAsync(DateTimeOffset until)
    {
        // What changed while nobody waited is one change: a thousand stock events lead to one look, not to a thousand.
        if (Take()) return true;
        if (context.CurrentUtcDateTime >= until.UtcDateTime) return false;
        using var early = new CancellationTokenSource();
        var timer = context.CreateTimer(until.UtcDateTime, early.Token);
        await Task.WhenAny(next, timer);
        // Not CancelAsync: an orchestrator awaits nothing but its context's tasks.
        if (!timer.IsCompleted) early.Cancel();
        return Take();
    }

    private bool Take()
    {
        var any = false;
        for (; next.IsCompleted; next = context.WaitForExternalEvent<string>(PromotionSignal.Name)) any = true;
        return any;
    }
}
