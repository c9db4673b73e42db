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
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        Assert.StartsWith($"Service Bus on 127.0.0.1:{port}, ", line);
        return new BrokerProcess(process);
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
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private static Process Launch(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Stockgate.Local.ServiceBus.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }
}
