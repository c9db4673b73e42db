using System.Runtime.InteropServices;
using Stockgate.Demo;
using Stockgate.Demo.Local;
using Stockgate.Local.Run;

using var ending = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    ending.Cancel();
};

// Told to end by another program, it ends its own processes too.
using var terminated = PosixSignalRegistration.Create(
    PosixSignal.SIGTERM,
    signal =>
    {
        signal.Cancel = true;
        ending.Cancel();
    }
);
try
{
    var options = DemoOptions.Parse(args);
    if (options.Help)
    {
        Console.WriteLine(DemoOptions.Usage);
        return 0;
    }
    return await new DemoRun(options, TimeProvider.System).RunAsync(ending.Token);
}
catch (LocalSetupException problem)
{
    // Not by way of the console's markup, which breaks lines at 80 characters where the output is a file or a pipe.
    await Console.Error.WriteLineAsync(problem.Message);
    return 1;
}
catch (OperationCanceledException) when (ending.IsCancellationRequested)
{
    return 130;
}
