using Microsoft.DurableTask;

namespace Stockgate.Functions.Orchestrations;

/// <summary>
/// An orchestration's wait for a signal or a time, with backoff: the first change is handled at once, close followers after 1, 2, 4 … 20
/// seconds, so that a thousand stock events a minute cause a few evaluations. A person's change is never delayed.
/// </summary>
internal sealed class SignalWait(TaskOrchestrationContext context)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1),
        LongestPause = TimeSpan.FromSeconds(20),
        Quiet = TimeSpan.FromMinutes(1);

    private Task<string> next = context.WaitForExternalEvent<string>(Signal.Name);
    private DateTime lookedAt = DateTime.MinValue;
    private TimeSpan pause;

    /// <returns>True after a signal; false on timeout.</returns>
    public async Task<bool> UntilAsync(DateTimeOffset until)
    {
        if (!next.IsCompleted && !await NextAsync(until.UtcDateTime))
            return Take() is not null;
        var urgent = Take() == Signal.Urgent;
        pause = context.CurrentUtcDateTime - lookedAt > Quiet ? TimeSpan.Zero : pause;
        var look = lookedAt + pause;
        if (look > until.UtcDateTime)
            look = until.UtcDateTime;
        while (!urgent && context.CurrentUtcDateTime < look && await NextAsync(look))
            urgent = Take() == Signal.Urgent;
        lookedAt = context.CurrentUtcDateTime;
        pause = pause == TimeSpan.Zero ? FirstPause : pause * 2;
        if (pause > LongestPause)
            pause = LongestPause;
        return true;
    }

    /// <returns>True if a signal arrived before the timeout.</returns>
    private async Task<bool> NextAsync(DateTime until)
    {
        if (next.IsCompleted)
            return true;
        if (context.CurrentUtcDateTime >= until)
            return false;
        using var early = new CancellationTokenSource();
        var timer = context.CreateTimer(until, early.Token);
        await Task.WhenAny(next, timer);
        // Not CancelAsync: an orchestrator awaits nothing but its context's tasks.
        if (!timer.IsCompleted)
            early.Cancel();
        return next.IsCompleted;
    }

    /// <returns>The signal, urgent if any of the merged signals was; null if none arrived.</returns>
    private string? Take()
    {
        string? said = null;
        for (; next.IsCompleted; next = context.WaitForExternalEvent<string>(Signal.Name))
            said = said == Signal.Urgent ? said : next.Result;
        return said;
    }
}
