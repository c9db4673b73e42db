using Stockgate.Local.Host.Settings;

namespace Stockgate.Local.Host.Workers;

/// <summary>The environment that a worker starts with.</summary>
internal static class WorkerEnvironment
{
    public static Dictionary<string, string> Build(AppSettings settings, string app) =>
        new(settings.Values, StringComparer.Ordinal)
        {
            ["FUNCTIONS_APPLICATION_DIRECTORY"] = app,
            ["FUNCTIONS_WORKER_DIRECTORY"] = app,
            ["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated",
            ["AZURE_FUNCTIONS_ENVIRONMENT"] = settings["AZURE_FUNCTIONS_ENVIRONMENT"] ?? "Development",
        };
}
