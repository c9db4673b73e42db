using Microsoft.DurableTask.Client;
using Stockgate.Domain;
using Stockgate.Functions.Orchestrations;

namespace Stockgate.Functions.Approvals;

/// <summary>Starts the orchestration of a case and signals answers to it.</summary>
internal static class ApprovalOwner
{
    public const string Prefix = "approval-";

    public static string InstanceOf(CaseId id) => $"{Prefix}{id}";

    public static Task<bool> EnsureAsync(DurableTaskClient client, CaseId id, CancellationToken cancellationToken) =>
        OrchestrationOwner.EnsureAsync(client, nameof(RunApproval), InstanceOf(id), id.Value, cancellationToken);

    public static Task SignalAsync(DurableTaskClient client, CaseId id, CancellationToken cancellationToken) =>
        Signal.RaiseAsync(client, InstanceOf(id), Signal.Urgent, cancellationToken);
}
