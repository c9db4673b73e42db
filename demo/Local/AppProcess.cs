using Stockgate.Local.Run;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace Stockgate.Demo.Local;

/// <summary>The functions app as a child process on 127.0.0.1, with a broker file, keys and log of its own.</summary>
public sealed class AppProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    private readonly AppSettings settings;
    private readonly HttpClient http = new();
    private Process process;
    private StreamWriter log;

    private AppProcess(AppSettings settings, Process process, StreamWriter log)
    {
        (this.settings, this.process, this.log) = (settings, process, log);
        BaseAddress = new Uri($"http://127.0.0.1:{settings.Port}/");
    }

    public Uri BaseAddress { get; }

    public int ProcessId => process.Id;

    public string LogFile => Path.Combine(settings.StateFolder, "app.log");

    /// <summary>The key that opens every function.</summary>
    public string HostKey => Key("default");

    public string MasterKey => Key("master");

    /// <exception cref="LocalSetupException">The port is taken, the app was not built, or it ended at its start.</exception>
    public static async Task<AppProcess> StartAsync(AppSettings settings, CancellationToken cancellationToken = default)
    {
        RequireFree(settings.Port);
        Directory.CreateDirectory(settings.StateFolder);
        var log = new StreamWriter(Path.Combine(settings.StateFolder, "app.log"), append: true) { AutoFlush = true };
        var app = new AppProcess(settings, Launch(settings, log), log);
        try
        {
            await app.AnswersAsync(cancellationToken);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>SIGKILL: no warning, nothing flushed.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Starts the app again on the same files after it was killed.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        process.Dispose();
        await log.DisposeAsync();
        log = new StreamWriter(LogFile, append: true) { AutoFlush = true };
        process = Launch(settings, log);
        await AnswersAsync(cancellationToken);
    }

    /// <summary>Messages that are not projected yet, and dead letters.</summary>
    public async Task<(long Waiting, long DeadLettered)> BacklogAsync(CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(BaseAddress, "admin/servicebus"));
        request.Headers.Add("x-functions-key", MasterKey);
        using var response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        var counts = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return (counts.EnumerateArray().Sum(static c => c.GetProperty("waiting").GetInt64()), counts.EnumerateArray().Sum(static c => c.GetProperty("deadLettered").GetInt64()));
    }

    /// <summary>Memory in use now, MiB; null where the system doesn't say or the process is away.</summary>
    public double? Memory()
    {
        try
        {
            foreach (var line in File.ReadLines($"/proc/{process.Id}/status"))
                if (line.StartsWith("VmRSS:", StringComparison.Ordinal)) return double.Parse(line["VmRSS:".Length..].Replace("kB", string.Empty).Trim(), CultureInfo.InvariantCulture) / 1024;
        }
        catch (Exception away) when (away is IOException or InvalidOperationException or UnauthorizedAccessException)
        {
            // Not a system with /proc, or the process is gone.
        }
        return null;
    }

    /// <summary>Asks the app to end and waits for it; ends it by force where it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            using var term = Process.Start(new ProcessStartInfo("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]));
            await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(TimeSpan.FromSeconds(35)));
            if (!process.HasExited) process.Kill();
            await process.WaitForExitAsync();
        }
        process.Dispose();
        http.Dispose();
        await log.DisposeAsync();
    }

    private string Key(string name)
    {
        using var keys = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(settings.StateFolder, "keys.json")));
        return keys.RootElement.GetProperty(name).GetString()!;
    }

    private static void RequireFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
        }
        catch (SocketException taken)
        {
            throw new LocalSetupException($"Port {port} is taken: end what listens there, or choose another with --port.", taken);
        }
    }

    private static Process Launch(AppSettings settings, StreamWriter log)
    {
        var assembly = settings.Assembly;
        if (!File.Exists(assembly)) throw new LocalSetupException($"The app is not built: {assembly} is missing. Run 'dotnet build' in the repository.");
        var start = new ProcessStartInfo("dotnet", [assembly, "--port", settings.Port.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = settings.StateFolder,
        };
        foreach (var (name, value) in settings.Environment) start.Environment[name] = value;
        var process = Process.Start(start)!;
        void Write(string? line)
        {
            if (line is null) return;
            // Keys are for the keys file alone: the log may be shown to others.
            if (line.StartsWith("  master ", StringComparison.Ordinal) || line.StartsWith("  default ", StringComparison.Ordinal)) return;
            lock (log) if (log.BaseStream is { CanWrite: true }) log.WriteLine(line);
        }
        process.OutputDataReceived += (_, e) => Write(e.Data);
        process.ErrorDataReceived += (_, e) => Write(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private async Task AnswersAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var response = await http.GetAsync(new Uri(BaseAddress, "admin/host/ping"), cancellationToken);
                if (response.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            if (process.HasExited) throw new LocalSetupException($"The app ended at its start with exit code {process.ExitCode}; {LogFile} says why.");
            if (Stopwatch.GetElapsedTime(started) > StartTime) throw new LocalSetupException($"The app did not answer within {StartTime.TotalSeconds} seconds; {LogFile} may say why.");
            await Task.Delay(50, cancellationToken);
        }
    }
}
