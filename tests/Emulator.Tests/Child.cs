using System.Diagnostics;

namespace Stockgate.Emulator.Tests;

/// <summary>Another process with an engine in it, to be killed.</summary>
internal static class Child
{
    public const string Broker = "BrokerChild", Hub = "HubChild";

    public static Process Start(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, $"Stockgate.Emulator.Tests.{program}.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true
        })!;
}
