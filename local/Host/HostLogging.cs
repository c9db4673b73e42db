using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Stockgate.Local.Host.Settings;

namespace Stockgate.Local.Host;

/// <summary>The console: one line an entry, with time, level and category. host.json's logLevel decides, "default" included.</summary>
internal static class HostLogging
{
    // Categories that log every call or poll.
    private static readonly string[] Quiet =
    [
        "Microsoft.",
        "System.",
        "Azure",
        "Grpc.",
        "DurableTask",
        "Host.Triggers.DurableTask",
        "Host.Aggregator",
        "Host.Executor",
        "Host.General",
        "Host.Startup",
    ];

    // The worker's own line about a failed call is enough, and the host's about the broker: these would add three with stacks.
    private static readonly string[] Doubled = ["Host.Results", "Function.", "Yarp.", "Azure.Core", "Azure.Messaging.ServiceBus"];

    public static void Configure(ILoggingBuilder logging, HostJson? host)
    {
        var levels = new Dictionary<string, string?>();
        foreach (var category in Quiet)
            levels[$"LogLevel:{category}"] = nameof(LogLevel.Warning);
        foreach (var category in Doubled)
            levels[$"LogLevel:{category}"] = nameof(LogLevel.None);
        // An activity costs more than the request, so none is created without a listener.
        levels["LogLevel:Microsoft.AspNetCore.Hosting"] = nameof(LogLevel.None);
        foreach (var (category, level) in host?.LogLevels ?? [])
            levels[$"LogLevel:{(category.Equals("default", StringComparison.OrdinalIgnoreCase) ? "Default" : category)}"] = level;
        logging.AddConfiguration(new ConfigurationBuilder().AddInMemoryCollection(levels).Build());
        logging.AddConsole(console => console.FormatterName = OneLine.Format);
        logging.AddConsoleFormatter<OneLine, ConsoleFormatterOptions>();
    }

    private sealed class OneLine() : ConsoleFormatter(Format)
    {
        public const string Format = "one-line";

        public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
        {
            var text = logEntry.Formatter(logEntry.State, logEntry.Exception);
            var fault = logEntry.Exception is { } exception ? $" {exception}" : "";
            var now = TimeProvider.System.GetUtcNow();
            var line = $"{now:HH:mm:ss.fff} {Short(logEntry.LogLevel)} {Own(logEntry.Category)}: {text}{fault}";
            textWriter.WriteLine(line.ReplaceLineEndings(" "));
        }

        private static string Own(string category) =>
            category.StartsWith("Stockgate.Local.Host.", StringComparison.Ordinal) ? "Host" : category;

        private static string Short(LogLevel level) =>
            level switch
            {
                LogLevel.Trace => "trce",
                LogLevel.Debug => "dbug",
                LogLevel.Information => "info",
                LogLevel.Warning => "warn",
                LogLevel.Error => "fail",
                _ => "crit",
            };
    }
}
