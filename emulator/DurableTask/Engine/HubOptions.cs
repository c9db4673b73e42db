using Microsoft.DurableTask;

namespace Stockgate.Emulator.DurableTask.Engine;

/// <summary>How a task hub runs. Names and defaults are those of host.json's <c>durableTask</c> section where it has them.</summary>
/// <param name="Path">The hub's file. Its folder is made where it is missing.</param>
internal sealed record HubOptions(string Path)
{
    /// <summary>How many activities run at once: at least 1, by default ten for each processor.</summary>
    public int MaxConcurrentActivities { get; init; } = 10 * Environment.ProcessorCount;

    /// <summary>How many orchestrators run at once: at least 1. A turn computes and never waits, so no more than processors ever do.</summary>
    public int MaxConcurrentOrchestrators { get; init; } = 10 * Environment.ProcessorCount;

    /// <summary>How many instances are kept between turns, ready to go on without a replay. 0 replays every turn from the start.</summary>
    public int CachedInstances { get; init; } = 5_000;

    /// <summary>How often an activity may be found running when the process ended before it is given up as what ends the process.</summary>
    public int MaxActivityStarts { get; init; } = 10;

    /// <summary>How long closing waits for what still runs. Activities that take longer are begun again by the next process.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The version of instances that are started without one; null for none.</summary>
    public string? DefaultVersion { get; init; }

    /// <summary>Writes and reads all inputs, outputs, events and statuses.</summary>
    public DataConverter Converter { get; init; } = JsonDataConverter.Default;
}
