using Stockgate.Demo.Local;
using Stockgate.Local.Run;

namespace Stockgate.Demo;

/// <summary>Samples the app's memory while a run goes on: the highest of its first and of its second half, MiB.</summary>
internal sealed class MemoryWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource done = new();
    private readonly List<double> samples = [];
    private readonly Task sampling;

    public MemoryWatch(LocalApp app) => sampling = SampleAsync(app);

    public (double First, double Second) Halves()
    {
        lock (samples)
        {
            var half = samples.Count / 2;
            return (samples.Take(half).DefaultIfEmpty().Max(), samples.Skip(half).DefaultIfEmpty().Max());
        }
    }

    public async ValueTask DisposeAsync()
    {
        await done.CancelAsync();
        await sampling;
        done.Dispose();
    }

    private async Task SampleAsync(LocalApp app)
    {
        while (!done.IsCancellationRequested)
        {
            if (app.Memory() is { } memory)
                lock (samples)
                    samples.Add(memory);
            await Task.Delay(Interval, done.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
