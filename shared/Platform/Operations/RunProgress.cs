namespace Stockgate.Platform.Operations;

/// <summary>Writes a run's progress to its row at most once a second, so that frequent reports do not wait for the table.</summary>
internal sealed class RunProgress : IProgress<(string Step, double Share)>, IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly RunLog runs;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource end = new();
    private readonly RunRecord run;
    private readonly double from,
        to;
    private readonly Task writing;
    private Said? latest;

    /// <param name="run">The run as it stands.</param>
    /// <param name="from">The share of the whole at which this part begins.</param>
    /// <param name="to">The share at which it ends.</param>
    public RunProgress(RunLog runs, RunRecord run, double from, double to, TimeProvider time)
    {
        (this.runs, this.run, this.from, this.to, this.time) = (runs, run, from, to, time);
        writing = WriteAsync();
    }

    public void Report((string Step, double Share) value) =>
        Volatile.Write(
            ref latest,
            new Said(value.Step, from + (to - from) * Math.Clamp(double.IsNaN(value.Share) ? 0 : value.Share, 0, 1))
        );

    /// <summary>Ends with the last write: nothing is written after it that would overwrite the run's end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!end.IsCancellationRequested)
            await end.CancelAsync();
        await writing;
    }

    private async Task WriteAsync()
    {
        Said? written = null;
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(end.Token))
            {
                if (Volatile.Read(ref latest) is not { } said || said == written)
                    continue;
                await runs.SaveAsync(
                    run with
                    {
                        Step = said.Step,
                        Share = Math.Round(said.Share, 3),
                        UpdatedAt = time.GetUtcNow(),
                    },
                    end.Token
                );
                written = said;
            }
        }
        catch (OperationCanceledException)
        {
            // The part is over.
        }
        catch (Azure.RequestFailedException)
        {
            // A run does not fail because its progress can't be written.
        }
    }

    private sealed record Said(string Step, double Share);
}
