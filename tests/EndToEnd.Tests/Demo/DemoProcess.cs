using System.Diagnostics;
using Stockgate.TestSupport;

namespace Stockgate.EndToEnd.Tests.Demo;

/// <summary>The demo as a person starts it.</summary>
internal static class DemoProcess
{
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(IEnumerable<string> args, string? path = null)
    {
        var built = new DirectoryInfo(AppContext.BaseDirectory);
        var assembly = Path.Combine(SharedData.RepositoryRoot, "demo", "bin", built.Parent!.Name, built.Name, "Stockgate.Demo.dll");
        var start = new ProcessStartInfo(
            Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
            [assembly, .. args]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (path is not null)
            start.Environment["PATH"] = path;
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            var (output, error) = (
                process.StandardOutput.ReadToEndAsync(patience.Token),
                process.StandardError.ReadToEndAsync(patience.Token)
            );
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Runs the demo, which has to end with 1 and one line that tells why.</summary>
    public static async Task<string> FailsInOneLineAsync(IEnumerable<string> args, string? path = null)
    {
        var (exitCode, output, error) = await RunAsync(args, path);
        Assert.True(exitCode == 1, $"It ended with {exitCode}: {output}{error}");
        return Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
