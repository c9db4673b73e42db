using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Stockgate.Emulator.Worker.Functions;

/// <summary>Runs an invocation as often as the function's retry attribute allows.</summary>
internal static class Retries
{
    /// <param name="make">Makes the invocation of one try: a fresh one each time, in a scope of its own.</param>
    /// <param name="stopping">Ends a pause between tries, not a try; what failed then counts as failed.</param>
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
                await Task.Delay(pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                // The function's own failure, not the end of the pause, is what the log has to say.
                if (stopping.IsCancellationRequested) throw;
            }
        }
    }

    /// <summary>Says what is wrong with the attribute; null for nothing.</summary>
    public static string? Check(RetryAttribute retry)
    {
        if (retry.MaxRetryCount < -1) return $"its retry attribute has a count of {retry.MaxRetryCount}; -1 (without end), 0 or more is needed";
        foreach (var text in Intervals(retry))
            if (Duration(text) is null) return $"its retry attribute has the interval '{text}', which is not a duration above zero and of at most a day, such as \"00:00:05\"";
        return retry is ExponentialBackoffRetryAttribute growing && Duration(growing.MinimumInterval) > Duration(growing.MaximumInterval)
            ? $"its retry attribute has a minimum interval of {growing.MinimumInterval}, above the maximum of {growing.MaximumInterval}"
            : null;
    }

    /// <summary>The pause after the given failed try (0 for the first) of an attribute that was checked.</summary>
    public static TimeSpan Pause(RetryAttribute retry, int count) => retry switch
    {
        FixedDelayRetryAttribute constant => Duration(constant.DelayInterval) ?? TimeSpan.Zero,
        // Capped before it is a TimeSpan, whose range thirty doublings of a day leave.
        ExponentialBackoffRetryAttribute growing when Duration(growing.MinimumInterval) is { } first && Duration(growing.MaximumInterval) is { } longest =>
            TimeSpan.FromTicks((long)Math.Min(first.Ticks * Math.Pow(2, Math.Min(count, 30)), longest.Ticks)),
        _ => TimeSpan.Zero,
    };

    private static string[] Intervals(RetryAttribute retry) => retry switch
    {
        FixedDelayRetryAttribute constant => [constant.DelayInterval],
        ExponentialBackoffRetryAttribute growing => [growing.MinimumInterval, growing.MaximumInterval],
        _ => [],
    };

    // A bare number would be read as days.
    private static TimeSpan? Duration(string? text) =>
        text?.Contains(':') == true && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var duration) && duration > TimeSpan.Zero && duration <= TimeSpan.FromDays(1) ? duration : null;
}
