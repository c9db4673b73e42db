using System.Diagnostics;

namespace Stockgate.Local.Run;

/// <summary>Waits until a new process is ready.</summary>
internal static class Readiness
{
    // Ten times what a start takes on two busy cores.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <exception cref="LocalSetupException">The process ended, or its time is over.</exception>
    public static async Task UntilAsync(
        LocalProcess process,
        Func<CancellationToken, Task<bool>> isReady,
        CancellationToken cancellationToken
    )
    {
        for (var started = Stopwatch.GetTimestamp(); ; await Task.Delay(50, cancellationToken))
        {
            try
            {
                if (await isReady(cancellationToken))
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            if (process.HasEnded)
                throw new LocalSetupException(
                    $"{process.Name} ended at its start with exit code {await process.Ended}: {process.LastLine} See {process.LogFile} for details."
                );
            if (Stopwatch.GetElapsedTime(started) > Patience)
                throw new LocalSetupException(
                    $"{process.Name} did not answer within {Patience.TotalMinutes} minutes; see {process.LogFile} for the reason."
                );
        }
    }
}
