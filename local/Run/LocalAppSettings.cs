namespace Stockgate.Local.Run;

/// <summary>How the app is started on this machine: its files, its port, its settings.</summary>
public class LocalAppSettings
{
    /// <summary>For the broker's file, keys and logs. One run has it for itself.</summary>
    public required string StateFolder { get; init; }

    /// <summary>Where the app listens, on 127.0.0.1.</summary>
    public required int Port { get; init; }

    /// <summary>Where Service Bus listens; 0 for a free port, chosen again for every settings object.</summary>
    public int BrokerPort { get; init; }

    /// <summary>The project whose build output is run.</summary>
    public string App { get; init; } = "functions";

    /// <summary>
    /// Settings of the app; more can be added before it starts. With <c>ServiceBus</c> among them no broker is started: that one is used.
    /// </summary>
    public IDictionary<string, string> Environment { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// A path of the app that answers 503 until everything it needs is there: the app has started when it answers otherwise. Null: when
    /// its functions are loaded.
    /// </summary>
    public string? ReadyPath { get; set; }

    /// <summary>Gets each line that a process writes, with the name of the process; all of them are in the log files in any case.</summary>
    public Action<string, string>? Output { get; init; }

    /// <summary>The build output of a project of this checkout, in the configuration of the program that asks.</summary>
    /// <exception cref="LocalSetupException">It was not built.</exception>
    public static string BuildOf(string project, string file)
    {
        // bin/CONFIGURATION/FRAMEWORK/ of the program that asks: what it starts was built beside it in the same way.
        var built = new DirectoryInfo(AppContext.BaseDirectory);
        var path = Path.Combine(Repository.Root(), project, "bin", built.Parent!.Name, built.Name, file);
        return File.Exists(path) ? path : throw new LocalSetupException($"{path} is missing. Run 'dotnet build' in the repository.");
    }
}
