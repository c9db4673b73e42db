using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Stockgate.Emulator.Worker.Functions;

/// <summary>Runs an invocation as often as the function's retry attribute allows.</summary>
internal static class Retries
{
    /// <param name="make">Makes the invocation of one try: a fresh one each time, in a scope of its own.</param>
    public static async Task RunAsync(Function function, Func<Try, Task> make, TimeProvider time, ILogger logger, CancellationToken stopping)
    {
        for (var count = 0; ; count++)
        {
            try
            {
                await make(new Try(count, function.Retry?.MaxRetryCount ?? 0));
                return;
            }
            catch (Exception fault) when (function.Retry is { } retry && (retry.MaxRetryCount < 0 || count < retry.MaxRetryCount) && !stopping.IsCancellationRequested)
            {
                var pause = Pause(retry, count);
                logger.LogWarning(fault, "{Function} failed on try {Try}; next try in {Pause}", function.Name, count + 1, pause);
                await Task.Delay(pause, time, stopping);
            }
        }
    }

    /// <summary>The pause after the given failed try (0 for the first).</summary>
    /// <exception cref="FormatException">An interval is not a duration.</exception>
    public static TimeSpan Pause(RetryAttribute retry, int count) => retry switch
    {
        FixedDelayRetryAttribute constant => TimeSpan.Parse(constant.DelayInterval),
        ExponentialBackoffRetryAttribute growing => Min(TimeSpan.Parse(growing.MinimumInterval) * Math.Pow(2, Math.Min(count, 30)), TimeSpan.Parse(growing.MaximumInterval)),
        _ => TimeSpan.Zero,
    };

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
