using System.Diagnostics;

namespace Stockgate.Local.Tests.ServiceBus;

/// <summary>The broker as a process of its own.</summary>
internal sealed class BrokerProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private BrokerProcess(Process process) => _process = process;

    /// <summary>Starts it and waits until it listens.</summary>
    public static async Task<BrokerProcess> Start(TemporaryFolder folder, int port)
    {
        var process = Launch("--port", $"{port}", "--data", folder.DataFile, "--entities", folder.EntityFile);
        await Listens(process, port);
        return new BrokerProcess(process);
    }

    /// <summary>Starts it with files that can't grow beyond a size: what a full disk is to it.</summary>
    public static async Task<BrokerProcess> StartOnFullDisk(TemporaryFolder folder, int port, int kibibytes)
    {
        // SIGXFSZ ignored, the write fails and nobody is killed; the soft limit alone, so that it can be lifted again. The runtime maps
        // its own code by a large file, unless it is told not to.
        var start =
            $"export DOTNET_EnableWriteXorExecute=0; trap '' XFSZ; ulimit -S -f {kibibytes}; exec dotnet '{Program}' --port {port} --data '{folder.DataFile}' --entities '{folder.EntityFile}'";
        var process = Process.Start(new ProcessStartInfo("bash", ["-c", start]) { RedirectStandardOutput = true })!;
        await Listens(process, port);
        return new BrokerProcess(process);
    }

    /// <summary>The disk has room again.</summary>
    public async Task MakeRoom()
    {
        using var lift = Process.Start("prlimit", ["--pid", $"{_process.Id}", "--fsize=unlimited:unlimited"]);
        await lift.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(0, lift.ExitCode);
    }

    /// <summary>Runs it to its end; what it said is on one line.</summary>
    public static async Task<(int ExitCode, string Error)> Fail(params string[] arguments)
    {
        using var process = Launch(arguments);
        var error = await process.StandardError.ReadToEndAsync().WaitAsync(Patience);
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, error.TrimEnd());
    }

    /// <summary>SIGKILL.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>SIGTERM; answers the exit code.</summary>
    public async Task<int> Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "Stockgate.Local.ServiceBus.dll");

    private static async Task Listens(Process process, int port)
    {
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        Assert.StartsWith($"Service Bus on 127.0.0.1:{port}, ", line);
    }

    private static Process Launch(params string[] arguments) =>
        Process.Start(
            new ProcessStartInfo("dotnet", [Program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
}
