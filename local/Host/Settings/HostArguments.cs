using System.Globalization;

namespace Stockgate.Local.Host.Settings;

/// <summary>The command line: which app, on which port of 127.0.0.1, and where its keys and timers are kept.</summary>
internal sealed record HostArguments(string App, int Port, string State)
{
    public const string Usage = "Usage: dotnet Stockgate.Local.Host.dll --app FOLDER --port PORT --state FOLDER";

    /// <exception cref="HostFault">An argument is missing, unknown or out of range.</exception>
    public static HostArguments Parse(string[] arguments)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Length; i += 2)
        {
            if (arguments[i] is not ("--app" or "--port" or "--state"))
                throw new HostFault($"Unknown argument '{arguments[i]}'. {Usage}");
            if (i + 1 == arguments.Length)
                throw new HostFault($"{arguments[i]} needs a value. {Usage}");
            values[arguments[i]] = arguments[i + 1];
        }
        string Required(string name) =>
            values.TryGetValue(name, out var value) ? value : throw new HostFault($"{name} is missing. {Usage}");
        if (!int.TryParse(Required("--port"), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is 0 or > 65535)
            throw new HostFault($"--port is '{values["--port"]}'; a number from 1 to 65535 is needed.");
        var app = Path.GetFullPath(Required("--app"));
        if (!Directory.Exists(app))
            throw new HostFault($"--app names {app}, which does not exist. Build the Functions app first.");
        return new HostArguments(app, port, Path.GetFullPath(Required("--state")));
    }
}
