using System.Diagnostics;

namespace Stockgate.Emulator.Tests.ServiceBus;

/// <summary>Another process with a broker in it.</summary>
internal static class Child
{
    public static Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Stockgate.Emulator.Tests.BrokerChild.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true
        })!;
}
