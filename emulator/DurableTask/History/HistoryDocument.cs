using Microsoft.DurableTask.Client;

namespace Stockgate.Emulator.DurableTask.History;

/// <summary>An exported history.</summary>
internal sealed record HistoryDocument(string Name, string InstanceId, OrchestrationRuntimeStatus RuntimeStatus, HistoryEvent[]? Events);
