using System.Runtime.InteropServices;
using Stockgate.Local.Run;

using var ending = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    ending.Cancel();
};
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
    var options = RunOptions.Parse(args);
    if (options.Help)
    {
        Console.WriteLine(RunOptions.Usage);
        return 0;
    }
    Ports.RequireFree(options.Port);
    using var folder = StateFolder.Take(options.Folder, options.Fresh);
    var turn = new object();
    void Write(string process, string line)
    {
        lock (turn)
            Console.WriteLine($"{process, -10} {line}");
    }
    Console.WriteLine($"Starting Azurite, Service Bus and the app; data and logs are in {options.Folder}.");
    await using var azurite = await AzuriteProcess.StartAsync(
        Repository.Root(),
        new AzuriteOptions { Folder = options.Folder, Output = Write },
        ending.Token
    );
    var settings = new LocalAppSettings
    {
        StateFolder = options.Folder,
        Port = options.Port,
        Output = Write,
    };
    settings.Environment["AzureWebJobsStorage"] = settings.Environment["Storage"] = azurite.ConnectionString;
    await using var app = await LocalApp.StartAsync(settings, ending.Token);
    var env = Path.Combine(options.Folder, "env");
    PrivateFile.Write(
        env,
        $"""
        export BASE={app.BaseAddress.AbsoluteUri.TrimEnd('/')}
        export ADMIN_KEY='{app.AdminKey}'
        export MASTER_KEY={app.MasterKey}

        """
    );
    Console.WriteLine($"The app runs at {app.BaseAddress} until you press Ctrl+C. Its admin key, which creates API keys, is in {env}.");
    Console.WriteLine($"  Service Bus  {app.ServiceBusConnection}");
    Console.WriteLine($"  Storage      {azurite.ConnectionString}");
    await Task.WhenAny(app.Ended, Task.Delay(Timeout.Infinite, ending.Token));
    if (ending.IsCancellationRequested)
        return 0;
    await Console.Error.WriteLineAsync($"{await app.Ended} ended; the other processes are being stopped.");
    return 1;
}
catch (LocalSetupException problem)
{
    await Console.Error.WriteLineAsync(problem.Message);
    return 1;
}
catch (OperationCanceledException) when (ending.IsCancellationRequested)
{
    return 130;
}
