using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Stockgate.Local;

/// <summary>
/// A process that never outlives this one, even when this one is killed with -9 (on Linux with setpriv; elsewhere it is stopped on a
/// clean end only).
/// Ctrl-C in the terminal reaches this process alone: it decides when its children end.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private static readonly Lazy<BlockingCollection<Action>> Starts = new(Launcher);
    private static readonly Lazy<bool> CanTie = new(() => OperatingSystem.IsLinux() && OnPath("setpriv") && OnPath("setsid"));

    private readonly Process process;
    private readonly TaskCompletionSource<int> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChildProcess(Process process) => this.process = process;

    /// <summary>Available also after the process has ended.</summary>
    public int Id { get; private set; }

    /// <summary>Ends with the exit code; 128 + the number of the signal that ended it.</summary>
    public Task<int> Ended => ended.Task;

    /// <summary>Starts a process; each line it writes goes to <paramref name="output"/> (true for standard error).</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The executable was not found.</exception>
    public static async Task<ChildProcess> StartAsync(
        string executable,
        IEnumerable<string> arguments,
        string folder,
        IReadOnlyDictionary<string, string>? environment,
        Action<string, bool> output
    )
    {
        var tied = CanTie.Value;
        var start = new ProcessStartInfo(tied ? "setpriv" : executable)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        if (tied)
            foreach (var argument in new[] { "--pdeathsig", "KILL", "setsid", executable })
                start.ArgumentList.Add(argument);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        if (environment is not null)
        {
            start.Environment.Clear();
            foreach (var (name, value) in environment)
                start.Environment[name] = value;
        }
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var child = new ChildProcess(process);
        process.OutputDataReceived += (_, line) => Forward(line.Data, false);
        process.ErrorDataReceived += (_, line) => Forward(line.Data, true);
        process.Exited += (_, _) => child.ended.TrySetResult(process.ExitCode);
        void Forward(string? line, bool error)
        {
            if (line is not null)
                output(line, error);
        }

        // The kernel ties the child to the thread that started it, so that thread has to live as long as the process.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Starts.Value.Add(() =>
        {
            try
            {
                process.Start();
                child.Id = process.Id;
                started.SetResult();
            }
            catch (Exception fault)
            {
                started.SetException(fault);
            }
        });
        await started.Task;
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Asks the process to end (SIGTERM).</summary>
    public void Terminate()
    {
        if (ended.Task.IsCompleted)
            return;
        if (OperatingSystem.IsWindows())
            process.Kill(entireProcessTree: true);
        else
            _ = SendSignal(process.Id, 15);
    }

    /// <summary>Ends the process at once.</summary>
    public void Kill()
    {
        if (!ended.Task.IsCompleted)
            process.Kill(entireProcessTree: true);
    }

    /// <summary>Asks the process to end, kills it when it has not after <paramref name="patience"/>, and waits until it is gone.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        Terminate();
        await Task.WhenAny(Ended, Task.Delay(patience));
        Kill();
        await Ended;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.FromSeconds(5));
        process.Dispose();
    }

    private static BlockingCollection<Action> Launcher()
    {
        var starts = new BlockingCollection<Action>();
        new Thread(() =>
        {
            foreach (var start in starts.GetConsumingEnumerable())
                start();
        })
        {
            IsBackground = true,
            Name = "Starts child processes",
        }.Start();
        return starts;
    }

    private static bool OnPath(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, tool)));

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int SendSignal(int process, int signal);
}
