using System.ComponentModel;
using System.Diagnostics;

namespace Stockgate.Local.Run;

/// <summary>The npm packages that package.json pins, installed on first use.</summary>
internal static class NodePackages
{
    private const int OldestNode = 20;

    /// <returns>The path of Azurite's start script.</returns>
    /// <exception cref="LocalSetupException">Node or npm is missing or too old, or the installation failed.</exception>
    public static async Task<string> EnsureAsync(string repositoryRoot, CancellationToken cancellationToken)
    {
        var script = Path.Combine(repositoryRoot, "node_modules", "azurite", "dist", "src", "azurite.js");
        await RequireNodeAsync(cancellationToken);
        // npm writes this file last: a half-finished installation is installed again.
        var complete = Path.Combine(repositoryRoot, "node_modules", ".package-lock.json");
        if (File.Exists(script) && File.Exists(complete))
            return script;
        // Several test processes start at once on a fresh clone; one installs, the others wait for it.
        await using var turn = await TurnAsync(Path.Combine(repositoryRoot, ".stockgate"), cancellationToken);
        if (File.Exists(script) && File.Exists(complete))
            return script;
        var (exitCode, output) = await RunAsync(
            "npm",
            ["ci", "--no-audit", "--no-fund", "--loglevel=error"],
            repositoryRoot,
            cancellationToken
        );
        if (exitCode != 0)
            throw new LocalSetupException(
                $"Azurite could not be installed: 'npm ci' in {repositoryRoot} ended with {exitCode}: {output.Trim()}"
            );
        return script;
    }

    private static async Task RequireNodeAsync(CancellationToken cancellationToken)
    {
        var (_, version) = await RunAsync("node", ["--version"], Environment.CurrentDirectory, cancellationToken);
        if (!int.TryParse(version.Trim().TrimStart('v').Split('.')[0], out var major) || major < OldestNode)
            throw new LocalSetupException(
                $"Node {OldestNode} or newer is needed to run Azurite; this machine has '{version.Trim()}'. Install it from nodejs.org and try again."
            );
    }

    private static async Task<FileStream> TurnAsync(string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        while (true)
        {
            try
            {
                return new FileStream(
                    Path.Combine(folder, "npm.lock"),
                    FileMode.OpenOrCreate,
                    FileAccess.Write,
                    FileShare.None,
                    1,
                    FileOptions.DeleteOnClose
                );
            }
            catch (IOException)
            {
                await Task.Delay(200, cancellationToken);
            }
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(
        string command,
        string[] arguments,
        string folder,
        CancellationToken cancellationToken
    )
    {
        var start = new ProcessStartInfo(command)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output + await error);
        }
        catch (Win32Exception missing)
        {
            throw new LocalSetupException(
                $"'{command}' was not found: install Node {OldestNode} or newer (nodejs.org), which runs Azurite, and try again.",
                missing
            );
        }
    }
}
