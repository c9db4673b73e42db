using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;
using Stockgate.Local.Host.Settings;
using Stockgate.Local.Host.Workers;

namespace Stockgate.Local.Host.ServiceBus;

/// <summary>A batch a call, one call at a time. With sessions: one session at a time, until it is empty for sessionIdleTimeout.</summary>
internal sealed class BatchListener(
    BusTrigger trigger,
    MessageInvoker invoker,
    WorkerSupervisor workers,
    HeldMessages held,
    ServiceBusSettings settings,
    TimeProvider time,
    ILogger log
) : IMessageListener
{
    private readonly CancellationTokenSource stopping = new();
    private readonly BrokerWatch watch = new(trigger.Function.Name, trigger.Source, log);
    private Task running = Task.CompletedTask;

    public void Start() => running = Task.Run(LoopAsync);

    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        await running;
    }

    private async Task LoopAsync()
    {
        var failures = 0;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                // A dead worker would burn deliveries.
                await workers.ReadyAsync(stopping.Token);
                if (trigger.Sessions)
                    await SessionAsync();
                else
                    await ReceiverAsync();
                failures = 0;
            }
            catch (ServiceBusException idle) when (idle.Reason == ServiceBusFailureReason.ServiceTimeout)
            {
                watch.Works();
                failures = 0;
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                if (fault is not ServiceBusException { Reason: ServiceBusFailureReason.SessionLockLost })
                    watch.Fault(fault);
                await PauseAsync(++failures);
            }
        }
    }

    private async Task SessionAsync()
    {
        var options = new ServiceBusSessionReceiverOptions { PrefetchCount = settings.PrefetchCount };
        await using var receiver = trigger.Queue is { } queue
            ? await trigger.Client.AcceptNextSessionAsync(queue, options, stopping.Token)
            : await trigger.Client.AcceptNextSessionAsync(trigger.Topic, trigger.Subscription, options, stopping.Token);
        watch.Works();
        using var released = new CancellationTokenSource();
        var session = new HeldSession(
            receiver.GetSessionStateAsync,
            receiver.SetSessionStateAsync,
            async cancellationToken =>
            {
                await receiver.RenewSessionLockAsync(cancellationToken);
                return receiver.SessionLockedUntil;
            },
            released.Cancel
        );
        held.Hold(receiver.SessionId, session);
        try
        {
            var idle = settings.SessionIdleTimeout ?? TimeSpan.FromMinutes(1);
            await ReceiveAsync(receiver, idle, untilEmpty: true, () => receiver.SessionLockedUntil, released.Token);
        }
        finally
        {
            held.Drop(receiver.SessionId, session);
        }
    }

    private async Task ReceiverAsync()
    {
        var options = new ServiceBusReceiverOptions { PrefetchCount = settings.PrefetchCount };
        await using var receiver = trigger.Queue is { } queue
            ? trigger.Client.CreateReceiver(queue, options)
            : trigger.Client.CreateReceiver(trigger.Topic, trigger.Subscription, options);
        await ReceiveAsync(receiver, TimeSpan.FromMinutes(1), untilEmpty: false, static () => null, CancellationToken.None);
    }

    private async Task ReceiveAsync(
        ServiceBusReceiver receiver,
        TimeSpan wait,
        bool untilEmpty,
        Func<DateTimeOffset?> lockedUntil,
        CancellationToken released
    )
    {
        var settler = new ReceiverSettler(receiver);
        for (var failures = 0; !stopping.IsCancellationRequested && !released.IsCancellationRequested; )
        {
            await workers.ReadyAsync(stopping.Token);
            var messages = await receiver.ReceiveMessagesAsync(settings.MaxMessageBatchSize, wait, stopping.Token);
            watch.Works();
            if (messages.Count == 0 && untilEmpty)
                return;
            if (messages.Count == 0)
                continue;
            if (messages.Count < settings.MinMessageBatchSize)
                messages = await FillAsync(receiver, messages);
            failures = await invoker.RunAsync(messages, settler, lockedUntil()) ? 0 : failures + 1;
            if (failures > 0)
                await PauseAsync(failures);
        }
    }

    private async Task<IReadOnlyList<ServiceBusReceivedMessage>> FillAsync(
        ServiceBusReceiver receiver,
        IReadOnlyList<ServiceBusReceivedMessage> first
    )
    {
        var (started, all) = (time.GetTimestamp(), new List<ServiceBusReceivedMessage>(first));
        while (
            all.Count < settings.MinMessageBatchSize
            && settings.MaxBatchWaitTime - time.GetElapsedTime(started) is var left
            && left > TimeSpan.Zero
        )
            all.AddRange(await receiver.ReceiveMessagesAsync(settings.MaxMessageBatchSize - all.Count, left, stopping.Token));
        return all;
    }

    private Task PauseAsync(int failures) =>
        Task.Delay(TimeSpan.FromMilliseconds(Math.Min(5000, 100 * Math.Pow(2, failures))), time, stopping.Token)
            .ContinueWith(static _ => { }, TaskScheduler.Default);
}
