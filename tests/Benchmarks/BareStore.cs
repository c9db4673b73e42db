using System.Diagnostics;
using Microsoft.DurableTask.Client;
using Stockgate.Emulator.DurableTask.History;
using Stockgate.Emulator.DurableTask.Storage;
using Stockgate.Emulator.Sqlite;

namespace Stockgate.Benchmarks;

/// <summary>The rows that the task hub writes, by its own statements, on one thread, with no engine around them: no code is run, nothing is serialized, nobody is answered.</summary>
internal sealed class BareStore : IDisposable
{
    private static readonly DateTime At = new(2026, 11, 21, 12, 0, 0, DateTimeKind.Utc);

    private readonly SqliteFile file;
    private readonly Instances instances;
    private readonly PayloadTable payloads;
    private readonly Histories histories;
    private readonly InboxTable inbox;
    private readonly TaskTable tasks;
    private long task;

    public BareStore(string path)
    {
        Delete(path);
        file = HubFile.Open(path);
        (instances, payloads, histories, inbox, tasks) = (new Instances(file), new PayloadTable(file), new Histories(file), new InboxTable(file), new TaskTable(file));
    }

    public static void Delete(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        foreach (var part in new[] { path, $"{path}-wal", $"{path}.lock" }) File.Delete(part);
    }

    /// <summary>Runs the steps in so many transactions of equal size; answers the seconds.</summary>
    public double Run(IReadOnlyList<Action> steps, long commits)
    {
        var begun = Stopwatch.GetTimestamp();
        for (var commit = 0L; commit < commits; commit++)
        {
            file.Begin();
            for (var i = (int)(commit * steps.Count / commits); i < (int)((commit + 1) * steps.Count / commits); i++) steps[i]();
            file.Commit();
        }
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    /// <summary>Appends so many bytes in so many parts, each flushed to the disk; answers the seconds.</summary>
    public static double Append(string path, long bytes, long flushes)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        var part = new byte[bytes / flushes];
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0L; i < flushes; i++)
        {
            file.Write(part);
            file.Flush(flushToDisk: true);
        }
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    /// <summary>Bytes that this process has written so far, checkpoints included (Linux).</summary>
    public static long Written() =>
        long.Parse(File.ReadLines("/proc/self/io").First(line => line.StartsWith("wchar:", StringComparison.Ordinal)).AsSpan("wchar:".Length), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Orchestrations of five activities, so many of them under way at once.</summary>
    public List<Action> Fives(int count, int inFlight)
    {
        var steps = new List<Action>(count * 12);
        foreach (var wave in Enumerable.Range(1, count).Chunk(inFlight))
        {
            steps.AddRange(wave.Select(key => (Action)(() => Start(key, "Five"))));
            for (var i = 0; i < 5; i++)
            {
                var number = i;
                byte[] turn = Turn([Result(number - 1)], [Call(number)]), message = Result(number);
                steps.AddRange(wave.Select(key => (Action)(() => Took(key, number, turn, 1))));
                steps.AddRange(wave.Select(key => (Action)(() => Ended(key, number + 1, message))));
            }
            var last = Turn([Result(4)], [new ExecutionCompleted(At, OrchestrationRuntimeStatus.Completed, "6", null)]);
            steps.AddRange(wave.Select(key => (Action)(() => Took(key, 5, last, 0))));
        }
        return steps;
    }

    /// <summary>Orchestrations of so many activities at once, one after the other.</summary>
    public List<Action> Fan(int count, int width)
    {
        const int together = 20;
        var steps = new List<Action>();
        var all = Turn([Result(-1)], [.. Enumerable.Range(0, width).Select(Call)]);
        var some = Turn([.. Enumerable.Range(0, together).Select(Result)], []);
        for (var key = 1; key <= count; key++)
        {
            var instance = key;
            steps.Add(() => Start(instance, "Fan"));
            steps.Add(() => Took(instance, 0, all, width));
            for (var i = 0; i < width; i++)
            {
                var (number, message) = (i, Result(i));
                steps.Add(() => Ended(instance, number + 1, message));
                if ((number + 1) % together == 0) steps.Add(() => Took(instance, number + 1, some, 0));
            }
        }
        return steps;
    }

    /// <summary>Events to one instance, taken a group at a time.</summary>
    public List<Action> Events(int count)
    {
        const int together = 64;
        var steps = new List<Action> { () => Start(1, "Count") };
        var message = HistoryJson.Write(new EventRaised(At, "e", "1"));
        var turn = Turn([.. Enumerable.Repeat(message, together)], []);
        for (var i = 1; i <= count; i++)
        {
            var number = i;
            steps.Add(() => inbox.Insert(1, number, message));
            if (number % together == 0) steps.Add(() => Took(1, number, turn, 0));
        }
        return steps;
    }

    public void Dispose() => file.Dispose();

    private void Start(long key, string name)
    {
        var id = $"{unchecked((ulong)key * 0x9E3779B97F4A7C15):x16}{key:x16}";
        instances.Insert(new InstanceRow(instances.NewKey(), id, name, null, OrchestrationRuntimeStatus.Pending, 0, At.Ticks, At.Ticks, 0, 0, null));
        payloads.SetFirst(key, PayloadKind.Input, "1");
        inbox.Insert(key, 0, HistoryJson.Write(new ExecutionStarted(At, id, name, null, 0, null, null, null)));
    }

    private void Took(long key, long through, byte[] turn, int calls)
    {
        inbox.DeleteBefore(key, through + 1);
        histories.Append(key, turn);
        for (var i = 0; i < calls; i++) tasks.Insert(new PendingTask(++task, key, 0, i, "AddOne", null, "1", 0));
        instances.Update(new InstanceRow(key, string.Empty, string.Empty, null, OrchestrationRuntimeStatus.Running, 0, 0, At.Ticks, 0, 0, null));
    }

    private void Ended(long key, long number, byte[] message)
    {
        // The oldest that is left: what was called first ends first.
        tasks.Delete(++ended);
        inbox.Insert(key, number, message);
    }

    private long ended;

    private static TaskScheduled Call(int id) => new(At, id, "AddOne", null, "1");

    private static byte[] Result(int id) => HistoryJson.Write(id < 0 ? new ExecutionStarted(At, new string('0', 32), "Five", null, 0, null, null, null) : new TaskCompleted(At, id, "2"));

    private static byte[] Turn(byte[][] messages, HistoryEvent[] made) =>
        HistoryJson.WriteTurn(new OrchestratorStarted(At), [.. messages.Select(m => (ReadOnlyMemory<byte>)m)], made);
}
