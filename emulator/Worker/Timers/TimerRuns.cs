using System.Text.Json;

namespace Stockgate.Emulator.Worker.Timers;

/// <summary>When each timer last ran, kept in a file beside the broker's.</summary>
internal sealed class TimerRuns
{
    private readonly string path;
    private readonly Lock gate = new();
    private readonly Dictionary<string, DateTimeOffset> runs;

    public TimerRuns(string path)
    {
        this.path = path;
        try
        {
            runs = File.Exists(path) ? JsonSerializer.Deserialize<Dictionary<string, DateTimeOffset>>(File.ReadAllBytes(path)) ?? [] : [];
        }
        catch (JsonException broken)
        {
            throw new InvalidOperationException($"{path} does not hold the timers' last runs ({broken.Message}). Delete it to start afresh.", broken);
        }
    }

    public DateTimeOffset? Last(string function)
    {
        lock (gate) return runs.TryGetValue(function, out var last) ? last : null;
    }

    public void Remember(string function, DateTimeOffset due)
    {
        lock (gate)
        {
            runs[function] = due;
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            // Written aside and moved over: a crash leaves the old file or the new one, never half of one.
            File.WriteAllBytes(path + ".new", JsonSerializer.SerializeToUtf8Bytes(runs));
            File.Move(path + ".new", path, overwrite: true);
        }
    }
}
