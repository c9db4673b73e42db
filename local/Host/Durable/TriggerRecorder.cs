namespace Stockgate.Local.Host.Durable;

/// <summary>
/// Keeps the triggers of orchestrators as files, for tests that replay them; where <c>STOCKGATE_RECORD_ORCHESTRATIONS</c> names a folder.
/// </summary>
internal static class TriggerRecorder
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("STOCKGATE_RECORD_ORCHESTRATIONS");
    private static int number;

    /// <param name="function">Name of the orchestrator.</param>
    /// <param name="trigger">Base64 of an OrchestratorRequest.</param>
    public static async Task KeepAsync(string function, string trigger)
    {
        if (Folder is not { Length: > 0 })
            return;
        var folder = Directory.CreateDirectory(Path.Combine(Folder, function));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{Interlocked.Increment(ref number):000000}.txt"), trigger);
    }
}
