using System.Text.Json;
using Stockgate.Local.Host.Settings;

namespace Stockgate.Local.Host.Timers;

/// <summary>When each timer last ran, kept in the state folder.</summary>
internal sealed class TimerRuns
{
    private readonly string path;
    private readonly Lock gate = new();
    private readonly Dictionary<string, Run> runs;

    public TimerRuns(string path)
    {
        this.path = path;
        try
        {
            runs = File.Exists(path) ? JsonSerializer.Deserialize<Dictionary<string, Run>>(File.ReadAllBytes(path)) ?? [] : [];
        }
        catch (JsonException broken)
        {
            throw new HostFault($"{path} does not hold the timers' last runs ({broken.Message}). Delete it to reset them.", broken);
        }
    }

    public DateTimeOffset? Last(string function)
    {
        lock (gate)
            return runs.TryGetValue(function, out var run) ? run.Last : null;
    }

    /// <summary>From when on runs count as missed: the last run, or the first start of an app with this timer.</summary>
    public DateTimeOffset Watched(string function, DateTimeOffset now)
    {
        lock (gate)
        {
            if (!runs.TryGetValue(function, out var run))
                Write(function, run = new Run(now, null));
            return run.Last ?? run.Since;
        }
    }

    public void Remember(string function, DateTimeOffset ran)
    {
        lock (gate)
            Write(function, new Run(runs.TryGetValue(function, out var run) ? run.Since : ran, ran));
    }

    private void Write(string function, Run run)
    {
        runs[function] = run;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // Written aside and moved over: a crash leaves the old file or the new one, never half of one.
        File.WriteAllBytes(path + ".new", JsonSerializer.SerializeToUtf8Bytes(runs));
        File.Move(path + ".new", path, overwrite: true);
    }

    private sealed record Run(DateTimeOffset Since, DateTimeOffset? Last);
}
