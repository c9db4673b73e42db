using System.Globalization;

namespace Stockgate.Local.Run;

/// <summary>The command-line options.</summary>
internal sealed record RunOptions(int Port, string Folder, bool Fresh, bool Help)
{
    public const string Usage = """
        dotnet run --project local/Run [-- OPTIONS]

        Starts Azurite, Service Bus, the Functions host and the app, and ends them together.

          --port N            where the app listens (7071); Service Bus and Azurite take free ports
          --folder FOLDER     data, keys and logs (.stockgate/run-PORT below the repository)
          --fresh             delete what an earlier run left in the folder
          --help              this text

        Settings come from local.settings.json in the repository and from the environment, which wins.
        """;

    /// <exception cref="LocalSetupException">An option is unknown or lacks its value.</exception>
    public static RunOptions Parse(IReadOnlyList<string> args)
    {
        var (port, fresh, help) = (7071, false, false);
        string? folder = null;
        for (var i = 0; i < args.Count; i++)
        {
            string Value() =>
                ++i < args.Count ? args[i] : throw new LocalSetupException($"{args[i - 1]} needs a value. --help shows the options.");
            switch (args[i])
            {
                case "--port"
                    when int.TryParse(Value(), NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is >= 1024 and <= 65535:
                    break;
                case "--port":
                    throw new LocalSetupException("--port takes a whole number from 1024 to 65535.");
                case "--folder":
                    folder = Path.GetFullPath(Value());
                    break;
                case "--fresh":
                    fresh = true;
                    break;
                case "--help" or "-h":
                    help = true;
                    break;
                default:
                    throw new LocalSetupException($"'{args[i]}' is not an option. --help shows them.");
            }
        }
        return new RunOptions(port, folder ?? Path.Combine(Repository.Root(), ".stockgate", $"run-{port}"), fresh, help);
    }
}
