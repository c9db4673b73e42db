using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Stockgate.Emulator.Tests.DurableTask.Compliance;

/// <summary>A task hub of a test.</summary>
public interface ITestHub : IAsyncDisposable
{
    DurableTaskClient Client { get; }

    DateTimeOffset Now { get; }

    /// <summary>Lets time pass.</summary>
    Task AdvanceAsync(TimeSpan by);

    /// <summary>Waits until there is nothing left to do but to wait: for time, for events, for clients.</summary>
    Task SettleAsync();

    /// <summary>Stops it and opens it again on the same storage, with code that may be another.</summary>
    /// <param name="closedFor">The time that passes in between.</param>
    Task<ITestHub> RestartAsync(DurableTaskRegistry tasks, TimeSpan closedFor = default);
}

/// <summary>What a test asks of its hub beside the defaults.</summary>
public sealed record TestHubSettings
{
    public DataConverter? Converter { get; init; }

    public string? DefaultVersion { get; init; }

    public ILoggerFactory? Logs { get; init; }

    public int MaxConcurrentActivities { get; init; } = 20;

    public int MaxActivityStarts { get; init; } = 10;

    /// <summary>How long stopping waits for activities.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);
}
