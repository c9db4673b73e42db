using System.Runtime.InteropServices;
using Stockgate.Local.Host;
using Stockgate.Local.Host.Settings;

using var stopping = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopping.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    await using var host = new FunctionsHost(HostArguments.Parse(args));
    return await host.RunAsync(stopping.Token);
}
catch (HostFault fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 1;
}
