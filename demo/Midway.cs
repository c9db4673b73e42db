using Stockgate.Demo.Local;

namespace Stockgate.Demo;

/// <summary>What happens half-way: the memory is read and, where asked for, the app is killed and started again while the posting goes on.</summary>
internal sealed class Midway(AppProcess? toRestart, AppProcess app)
{
    private bool passed;

    /// <summary>The app's highest memory until half-way, MiB.</summary>
    public double? Memory { get; private set; }

    public Task Done { get; private set; } = Task.CompletedTask;

    public void At(double percentage, CancellationToken cancellationToken)
    {
        if (passed || percentage < 50) return;
        passed = true;
        Memory = app.PeakMemory();
        if (toRestart is not null) Done = RestartAsync(toRestart, cancellationToken);
    }

    private static async Task RestartAsync(AppProcess app, CancellationToken cancellationToken)
    {
        await app.KillAsync();
        await app.RestartAsync(cancellationToken);
    }
}
