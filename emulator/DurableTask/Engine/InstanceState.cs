using Microsoft.DurableTask;
using Stockgate.Emulator.DurableTask.History;
using Stockgate.Emulator.DurableTask.Storage;

namespace Stockgate.Emulator.DurableTask.Engine;

/// <summary>What is known of an instance: its row, and its texts where they were asked for.</summary>
internal sealed record InstanceState(InstanceRow Row, bool HasTexts, string? Input, string? Output, string? CustomStatus, string? Tags, TaskFailureDetails? Failure)
{
    public static InstanceState Read(TaskHub hub, InstanceRow row, bool texts)
    {
        string? Text(PayloadKind kind) => hub.Payloads.Get(row.Key, kind);
        return texts
            ? new InstanceState(row, true, Text(PayloadKind.Input), Text(PayloadKind.Output), Text(PayloadKind.CustomStatus), Text(PayloadKind.Tags), HistoryJson.ReadFailure(Text(PayloadKind.Failure)))
            : new InstanceState(row, false, null, null, null, null, null);
    }
}
