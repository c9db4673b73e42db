using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;
using Stockgate.Emulator.ServiceBus.Engine;
using Stockgate.Emulator.Worker.Hosting;

namespace Stockgate.Emulator.Worker.Messages;

/// <summary>Receives for one function, with as many receivers at once as host.json allows.</summary>
internal sealed class MessageListener(MessageSource source, MessageInvoker invoker, HostSettings host, TimeProvider time, ILogger logger) : IListener
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30), AfterFault = TimeSpan.FromSeconds(1);

    private readonly ServiceBusClient client = source.Open(invoker.Function, time);

    private int BatchSize => source.Batched ? host.MaxMessageBatchSize : 1;

    /// <summary>What its queue or subscription holds.</summary>
    public async Task<ListenedCounts> CountAsync()
    {
        var counts = await client.Broker.Writer.Run(new CountOperation(client.Broker.Catalog.Queue(source.Path, SubQueue.None)));
        return new ListenedCounts(source.Path, invoker.Function.Name, counts.Waiting, counts.DeadLettered);
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        await using (client)
        {
            // A batched queue without sessions has one receiver, as on the real host; singles run side by side.
            var receivers = source.Sessions ? host.MaxConcurrentSessions : source.Batched ? 1 : host.MaxConcurrentCalls;
            await Task.WhenAll(Enumerable.Range(0, receivers).Select(_ => LoopAsync(stopping)));
        }
    }

    private async Task LoopAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (source.Sessions) await SessionAsync(stopping);
                else await QueueAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (ServiceBusException nothing) when (nothing.Reason == ServiceBusFailureReason.ServiceTimeout)
            {
                // No session had messages for a while: ask again.
            }
            catch (Exception fault)
            {
                logger.LogError(fault, "Receiving from {Path} for {Function} failed; trying again", source.Path, invoker.Function.Name);
                await Task.Delay(AfterFault, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task QueueAsync(CancellationToken stopping)
    {
        await using var receiver = client.CreateReceiver(source.Path);
        while (!stopping.IsCancellationRequested)
        {
            var messages = await receiver.ReceiveMessagesAsync(BatchSize, Patience, stopping);
            if (messages.Count > 0) await InvokeAsync([.. messages], receiver, stopping);
        }
    }

    private async Task SessionAsync(CancellationToken stopping)
    {
        await using var session = await client.AcceptNextSessionAsync(source.Path, options: null, Patience, stopping);
        while (!stopping.IsCancellationRequested)
        {
            var messages = await session.ReceiveMessagesAsync(BatchSize, host.SessionIdleTimeout, stopping);
            if (messages.Count == 0 || await InvokeAsync([.. messages], session, stopping)) return;
        }
    }

    private async Task<bool> InvokeAsync(ServiceBusReceivedMessage[] messages, ServiceBusReceiver receiver, CancellationToken stopping)
    {
        using var done = new CancellationTokenSource();
        var renewing = RenewAsync(messages, receiver, done.Token);
        try
        {
            return await invoker.RunAsync(messages, receiver, stopping) || stopping.IsCancellationRequested;
        }
        finally
        {
            await done.CancelAsync();
            await renewing;
        }
    }

    private async Task RenewAsync(ServiceBusReceivedMessage[] messages, ServiceBusReceiver receiver, CancellationToken done)
    {
        var until = time.GetUtcNow() + host.MaxAutoLockRenewalDuration;
        try
        {
            while (true)
            {
                var lockEnds = receiver is ServiceBusSessionReceiver held ? held.SessionLockedUntil : messages[0].LockedUntil;
                // Half of what is left: early enough for a late timer and a slow commit.
                var pause = (lockEnds - time.GetUtcNow()) / 2;
                await Task.Delay(pause > TimeSpan.FromMilliseconds(100) ? pause : TimeSpan.FromMilliseconds(100), time, done);
                if (time.GetUtcNow() > until) return;
                if (receiver is ServiceBusSessionReceiver session) await session.RenewSessionLockAsync(done);
                else await Task.WhenAll(messages.Select(message => receiver.RenewMessageLockAsync(message, done)));
            }
        }
        catch (OperationCanceledException)
        {
        }
        catch (ServiceBusException lost)
        {
            logger.LogWarning("The lock of messages of {Function} ended while it ran: {Reason}", invoker.Function.Name, lost.Message);
        }
    }
}

/// <summary>What a function still has before it.</summary>
internal sealed record ListenedCounts(string Entity, string Function, long Waiting, long DeadLettered);
