using System.Diagnostics;

namespace Stockgate.Benchmarks.Forecasts;

/// <summary>Programs that others wrote, to stand beside.</summary>
internal static class Python
{
    /// <returns>What it printed; null where the program is not on this machine or ended with an error, which is printed then.</returns>
    public static string? Run(string program, IReadOnlyList<string> arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
            )!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode == 0)
                return output;
            Console.WriteLine($"{program} {arguments[0]}: {error.Result.TrimEnd().Split('\n')[^1]}");
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            Console.WriteLine($"{program} is not on this machine: {missing.Message}");
        }
        return null;
    }
}
