using System.Diagnostics;

namespace Stockgate.Local.Tests.Host;

/// <summary>Waits for a state instead of a time.</summary>
internal static class Patience
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    public static Task UntilAsync(Func<bool> reached, string what, TimeSpan? limit = null) =>
        UntilAsync(() => Task.FromResult(reached()), what, limit);

    public static async Task UntilAsync(Func<Task<bool>> reached, string what, TimeSpan? limit = null)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await reached())
        {
            if (Stopwatch.GetElapsedTime(started) > (limit ?? Long))
                throw new TimeoutException($"Waited in vain: {what}");
            await Task.Delay(50);
        }
    }
}
