using System.ComponentModel;
using System.Globalization;

namespace Stockgate.Local.Run;

/// <summary>A process of a run, with a log file of its own. It ends with this one, also when this one is killed.</summary>
internal sealed class LocalProcess : IAsyncDisposable
{
    private readonly ChildProcess child;
    private readonly StreamWriter log;
    private volatile string lastLine = string.Empty;

    private LocalProcess(ChildProcess child, StreamWriter log, string name, string folder) =>
        (this.child, this.log, Name, Folder) = (child, log, name, folder);

    public string Name { get; }

    public string Folder { get; }

    public string LogFile => Path.Combine(Folder, $"{Name}.log");

    public int Id => child.Id;

    public bool HasEnded => child.Ended.IsCompleted;

    public Task<int> Ended => child.Ended;

    /// <summary>Its last output line, usually the reason of its end.</summary>
    public string LastLine => lastLine;

    /// <exception cref="LocalSetupException">The command is not on this machine.</exception>
    public static async Task<LocalProcess> StartAsync(
        string name,
        string command,
        IEnumerable<string> arguments,
        string folder,
        IDictionary<string, string>? environment = null,
        Action<string, string>? output = null
    )
    {
        Directory.CreateDirectory(folder);
        var log = new StreamWriter(Path.Combine(folder, $"{name}.log"), append: true) { AutoFlush = true };
        LocalProcess? process = null;
        void Write(string line, bool error)
        {
            if (process is not null && !string.IsNullOrWhiteSpace(line))
                process.lastLine = line;
            lock (log)
                if (log.BaseStream is { CanWrite: true })
                    log.WriteLine(line);
            output?.Invoke(name, line);
        }
        try
        {
            process = new LocalProcess(
                await ChildProcess.StartAsync(command, arguments, folder, Merged(environment), Write),
                log,
                name,
                folder
            );
            return process;
        }
        catch (Win32Exception missing)
        {
            await log.DisposeAsync();
            throw new LocalSetupException($"'{command}' was not found on this machine, and {name} needs it.", missing);
        }
    }

    /// <summary>SIGKILL: no warning, nothing flushed.</summary>
    public async Task KillAsync()
    {
        child.Kill();
        await child.Ended;
    }

    /// <summary>Memory of this process and of those that it started, MiB; null if the system doesn't say or it is gone.</summary>
    public double? Memory()
    {
        try
        {
            return MemoryOf(Id) + ChildrenOf(Id).Sum(MemoryOf);
        }
        catch (Exception away) when (away is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return null;
        }
    }

    public static IReadOnlyList<int> ChildrenOf(int process) =>
        [
            .. Directory
                .GetDirectories($"/proc/{process}/task")
                .SelectMany(static task =>
                    File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries)
                )
                .Select(static id => int.Parse(id, CultureInfo.InvariantCulture)),
        ];

    public async ValueTask DisposeAsync()
    {
        await child.StopAsync(TimeSpan.FromSeconds(35));
        await child.DisposeAsync();
        lock (log)
            log.Dispose();
    }

    private static double MemoryOf(int process)
    {
        const string resident = "VmRSS:";
        var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(static l => l.StartsWith(resident, StringComparison.Ordinal));
        return line is null
            ? 0
            : double.Parse(
                line[resident.Length..].Replace("kB", string.Empty, StringComparison.Ordinal).Trim(),
                CultureInfo.InvariantCulture
            ) / 1024;
    }

    private static Dictionary<string, string>? Merged(IDictionary<string, string>? environment)
    {
        if (environment is null)
            return null;
        var merged = Environment
            .GetEnvironmentVariables()
            .Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(static e => (string)e.Key, static e => (string?)e.Value ?? string.Empty);
        foreach (var (name, value) in environment)
            merged[name] = value;
        return merged;
    }
}
