using System.Text.Json;
using Stockgate.Local.Host.Settings;

namespace Stockgate.Local.Host.Workers;

/// <summary>How the worker of a build output is started: its worker.config.json.</summary>
internal sealed record WorkerConfig(string Executable, string Assembly)
{
    /// <exception cref="HostFault">The file is missing or names nothing that can run.</exception>
    public static WorkerConfig Read(string app)
    {
        var path = Path.Combine(app, "worker.config.json");
        if (!File.Exists(path))
            throw new HostFault($"{path} is missing: {app} is not the build output of an isolated worker app.");
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), HostJson.Lenient);
            var description = document.RootElement.GetProperty("description");
            var worker = description.GetProperty("defaultWorkerPath").GetString()!;
            var executable = description
                .GetProperty("defaultExecutablePath")
                .GetString()!
                .Replace("{WorkerRoot}", app + "/", StringComparison.Ordinal);
            var assembly = Path.Combine(app, worker);
            if (!File.Exists(assembly))
                throw new HostFault($"{path} names {worker}, which is not in {app}. Build the app again.");
            return new WorkerConfig(executable, assembly);
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new HostFault($"{path} can't be read: {broken.Message}", broken);
        }
    }

    public IEnumerable<string> Arguments(Uri host, string workerId)
    {
        const string MaxMessage = "2147483647";
        var (request, port) = (Guid.NewGuid().ToString(), $"{host.Port}");
        string[] arguments =
        [
            "--host",
            host.Host,
            "--port",
            port,
            "--workerId",
            workerId,
            "--requestId",
            request,
            "--grpcMaxMessageLength",
            MaxMessage,
            "--functions-uri",
            host.ToString(),
            "--functions-worker-id",
            workerId,
            "--functions-request-id",
            request,
            "--functions-grpc-max-message-length",
            MaxMessage,
        ];
        // An app published as an executable of its own is run as it is.
        return Executable.EndsWith("dotnet", StringComparison.Ordinal) ? [Assembly, .. arguments] : arguments;
    }
}
