using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Stockgate.Local.Run;

namespace Stockgate.Local.Tests.Host;

/// <summary>The host as a developer starts it: a process, its console, its port.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = new();

    private HostProcess(Process process, int port, string state)
    {
        (this.process, Port, State) = (process, port, state);
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(100) };
    }

    public static string App { get; } = Output("tests", "Local.Tests.App");

    public int Port { get; }

    public string State { get; }

    public HttpClient Client { get; }

    public int Id => process.Id;

    public string Console => string.Join('\n', lines);

    public StoredKeys Keys =>
        JsonSerializer.Deserialize<StoredKeys>(File.ReadAllText(Path.Combine(State, "keys.json")), JsonSerializerOptions.Web)!;

    /// <summary>Starts a host and returns at once.</summary>
    public static HostProcess Launch(string app, int port, string state, IReadOnlyDictionary<string, string> settings)
    {
        // A test run in the background ignores SIGINT and hands that down; a developer's console does not.
        var start = new ProcessStartInfo("env")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        var program = Path.Combine(Output("local", "Host"), "Stockgate.Local.Host.dll");
        string[] arguments = ["--default-signal=INT", "dotnet", program, "--app", app, "--port", $"{port}", "--state", state];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        var process = new Process { StartInfo = start };
        var host = new HostProcess(process, port, state);
        process.OutputDataReceived += (_, line) => host.lines.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => host.lines.Enqueue(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return host;
    }

    /// <summary>Starts a host and waits until it takes calls.</summary>
    public static async Task<HostProcess> StartAsync(string app, string state, IReadOnlyDictionary<string, string> settings)
    {
        var host = Launch(app, Ports.Free(), state, settings);
        await host.RunsAsync();
        return host;
    }

    /// <summary>The app's output with a host.json of its own.</summary>
    public static string AppWith(string folder, string hostJson)
    {
        var app = Directory.CreateDirectory(Path.Combine(folder, "app")).FullName;
        foreach (var entry in Directory.EnumerateFileSystemEntries(App).Where(entry => Path.GetFileName(entry) != "host.json"))
            File.CreateSymbolicLink(Path.Combine(app, Path.GetFileName(entry)), entry);
        File.WriteAllText(Path.Combine(app, "host.json"), hostJson);
        return app;
    }

    public async Task RunsAsync() =>
        await Patience.UntilAsync(
            async () =>
            {
                if (process.HasExited)
                    throw new InvalidOperationException($"The host ended with {process.ExitCode}:\n{Console}");
                try
                {
                    return (await Client.GetAsync("/api/empty")).IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            "the host runs"
        );

    public async Task<JsonElement> StatusAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/admin/host/status")
        {
            Headers = { { "x-functions-key", Keys.Master } },
        };
        using var response = await Client.SendAsync(request);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }

    public async Task<int> WorkerAsync() => (await StatusAsync()).GetProperty("workerProcessId").GetInt32();

    public void Signal(string signal, int? id = null) => Process.Start("kill", [$"-{signal}", $"{id ?? process.Id}"])!.WaitForExit();

    public async Task<int> EndedAsync()
    {
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(90));
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    // The tests' own output is tests/Local.Tests/bin/CONFIGURATION/FRAMEWORK; the other projects' outputs lie likewise.
    private static string Output(string folder, string project)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(Repository.Root(), folder, project, "bin", own.Parent!.Name, own.Name);
    }

    internal sealed record StoredKeys(string Master, string Default, string Durabletask_extension);
}
