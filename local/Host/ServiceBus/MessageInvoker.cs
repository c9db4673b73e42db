using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;
using Stockgate.Local.Host.Functions;
using Stockgate.Local.Host.Workers;

namespace Stockgate.Local.Host.ServiceBus;

/// <summary>Runs a function with one message or a batch and settles what the function left.</summary>
internal sealed class MessageInvoker(BusTrigger trigger, WorkerSupervisor workers, FunctionInputs inputs, HeldMessages held, ILogger log)
{
    /// <summary>True when the function succeeded; what it left is then completed (with auto-complete), else abandoned.</summary>
    public async Task<bool> RunAsync(IReadOnlyList<ServiceBusReceivedMessage> messages, Settler settler, DateTimeOffset? sessionLockedUntil)
    {
        HeldMessage[] work = [.. messages.Select(message => held.Hold(message, settler))];
        try
        {
            var succeeded = await InvokeAsync(messages, sessionLockedUntil);
            if (succeeded && trigger.AutoComplete)
                await Task.WhenAll(
                    work.Where(one => !one.Settled)
                        .Select(one => one.SettleAsync((s, message) => s.CompleteAsync(message, CancellationToken.None)))
                );
            if (succeeded)
                return true;
            // One after the other, so that they come back in the order that they had.
            foreach (var one in work.Where(one => !one.Settled))
                await one.SettleAsync((s, message) => s.AbandonAsync(message, null, CancellationToken.None));
            return false;
        }
        finally
        {
            held.Drop(work);
        }
    }

    private async Task<bool> InvokeAsync(IReadOnlyList<ServiceBusReceivedMessage> messages, DateTimeOffset? sessionLockedUntil)
    {
        try
        {
            var worker = await workers.ReadyAsync(TimeSpan.FromSeconds(60));
            await inputs.RunAsync(
                trigger.Function,
                worker,
                MessageData.Of(messages, trigger.Batched, trigger.Raw),
                request => MessageData.Describe(request, messages, trigger.Batched, sessionLockedUntil),
                CancellationToken.None
            );
            return true;
        }
        catch (Exception fault)
            when (fault is FunctionFailedException or FunctionTimeoutException or WorkerProcessExitException or WorkerUnavailableException)
        {
            var what = fault is FunctionFailedException failed ? failed.Headline : fault.Message;
            log.LogError(
                "{Function} failed with {Count} message(s) of {Source}: {Error}",
                trigger.Function.Name,
                messages.Count,
                trigger.Source,
                what
            );
            return false;
        }
    }
}
