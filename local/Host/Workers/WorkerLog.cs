using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Stockgate.Local.Host.Protocol;

namespace Stockgate.Local.Host.Workers;

/// <summary>What the worker logs, under its own categories.</summary>
internal sealed class WorkerLog(ILoggerFactory loggers)
{
    private readonly ConcurrentDictionary<string, ILogger> byCategory = new(StringComparer.Ordinal);

    /// <summary>What the host itself has to say.</summary>
    public ILogger Host { get; } = loggers.CreateLogger("Host");

    public void Write(RpcLog entry)
    {
        var level = (LogLevel)entry.Level;
        var logger = byCategory.GetOrAdd(entry.Category, static (category, all) => all.CreateLogger(category), loggers);
        if (entry.LogCategory == RpcLog.Types.RpcLogCategory.CustomMetric || !logger.IsEnabled(level))
            return;
        var message = entry.Exception is { } exception
            ? $"{entry.Message} {exception.Type}: {exception.Message} {exception.StackTrace}"
            : entry.Message;
        logger.Log(level, default, message, null, static (text, _) => text);
    }

    /// <summary>A line that the worker wrote to its console.</summary>
    public void Line(string text, bool error)
    {
        if (text.Length > 0)
            loggers
                .CreateLogger("Worker")
                .Log(error ? LogLevel.Warning : LogLevel.Information, default, text, null, static (line, _) => line);
    }
}
