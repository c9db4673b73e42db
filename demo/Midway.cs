using Stockgate.Demo.Local;
using Stockgate.Local.Run;

namespace Stockgate.Demo;

/// <summary>What happens half-way, where it is asked for: the app is killed and started again while the posting goes on.</summary>
internal sealed class Midway(LocalApp app, bool restart)
{
    private bool passed;

    public Task Done { get; private set; } = Task.CompletedTask;

    public void At(double percentage, CancellationToken cancellationToken)
    {
        if (!restart || passed || percentage < 50)
            return;
        passed = true;
        Done = RestartAsync(cancellationToken);
    }

    private async Task RestartAsync(CancellationToken cancellationToken)
    {
        await app.KillAsync();
        await app.RestartAsync(cancellationToken);
    }
}
