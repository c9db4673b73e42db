using Microsoft.DurableTask;

namespace Stockgate.Functions;

/// <summary>An orchestration's wait for a signal or a time.</summary>
internal sealed class SignalWait(TaskOrchestrationContext context)
{
    /// <summary>The event that ends the wait.</summary>
    public const string Name = "Changed";

    private Task<string> next = context.WaitForExternalEvent<string>(Name);

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
        for (; next.IsCompleted; next = context.WaitForExternalEvent<string>(Name)) any = true;
        return any;
    }
}
