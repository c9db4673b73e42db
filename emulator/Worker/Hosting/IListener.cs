namespace Stockgate.Emulator.Worker.Hosting;

/// <summary>Waits for a trigger's events and runs its function: a timer, a queue, a session queue.</summary>
internal interface IListener
{
    /// <summary>Runs until <paramref name="stopping"/>; takes nothing new after it, and returns when what it took is done.</summary>
    Task RunAsync(CancellationToken stopping);
}
