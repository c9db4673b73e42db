using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;
using Stockgate.Local.Host.Settings;
using Stockgate.Local.Host.Workers;

namespace Stockgate.Local.Host.ServiceBus;

/// <summary>One message a call, maxConcurrentCalls at a time, locks renewed while a call runs.</summary>
internal sealed class SingleListener : IMessageListener
{
    private readonly ServiceBusProcessor processor;
    private readonly Task ready;

    public SingleListener(BusTrigger trigger, MessageInvoker invoker, WorkerSupervisor workers, ServiceBusSettings settings, ILogger log)
    {
        var options = new ServiceBusProcessorOptions
        {
            AutoCompleteMessages = false,
            MaxConcurrentCalls = settings.MaxConcurrentCalls,
            PrefetchCount = settings.PrefetchCount,
            MaxAutoLockRenewalDuration = settings.MaxAutoLockRenewal,
        };
        processor = trigger.Queue is { } queue
            ? trigger.Client.CreateProcessor(queue, options)
            : trigger.Client.CreateProcessor(trigger.Topic, trigger.Subscription, options);
        var watch = new BrokerWatch(trigger.Function.Name, trigger.Source, log);
        processor.ProcessMessageAsync += async args =>
        {
            watch.Works();
            await invoker.RunAsync([args.Message], new MessageSettler(args), null);
        };
        processor.ProcessErrorAsync += args =>
        {
            watch.Fault(args.Exception);
            return Task.CompletedTask;
        };
        ready = workers.ReadyAsync(CancellationToken.None).AsTask();
    }

    // A message received before a worker is ready would be locked in vain.
    public void Start() => ready.ContinueWith(_ => processor.StartProcessingAsync(), TaskScheduler.Default);

    public Task StopAsync() => processor.StopProcessingAsync();
}

/// <summary>One message a call, maxConcurrentSessions sessions side by side, in each one call after the other, locks renewed.</summary>
internal sealed class SessionListener : IMessageListener
{
    private readonly ServiceBusSessionProcessor processor;
    private readonly Task ready;

    public SessionListener(
        BusTrigger trigger,
        MessageInvoker invoker,
        WorkerSupervisor workers,
        HeldMessages held,
        ServiceBusSettings settings,
        ILogger log
    )
    {
        var options = new ServiceBusSessionProcessorOptions
        {
            AutoCompleteMessages = false,
            MaxConcurrentSessions = settings.MaxConcurrentSessions,
            MaxConcurrentCallsPerSession = 1,
            PrefetchCount = settings.PrefetchCount,
            MaxAutoLockRenewalDuration = settings.MaxAutoLockRenewal,
            SessionIdleTimeout = settings.SessionIdleTimeout,
        };
        processor = trigger.Queue is { } queue
            ? trigger.Client.CreateSessionProcessor(queue, options)
            : trigger.Client.CreateSessionProcessor(trigger.Topic, trigger.Subscription, options);
        var watch = new BrokerWatch(trigger.Function.Name, trigger.Source, log);
        processor.ProcessMessageAsync += async args =>
        {
            watch.Works();
            var session = Hold(args);
            held.Hold(args.SessionId, session);
            await invoker.RunAsync([args.Message], new SessionMessageSettler(args), args.SessionLockedUntil);
            held.Drop(args.SessionId, session);
        };
        processor.ProcessErrorAsync += args =>
        {
            watch.Fault(args.Exception);
            return Task.CompletedTask;
        };
        ready = workers.ReadyAsync(CancellationToken.None).AsTask();
    }

    public void Start() => ready.ContinueWith(_ => processor.StartProcessingAsync(), TaskScheduler.Default);

    public Task StopAsync() => processor.StopProcessingAsync();

    private static HeldSession Hold(ProcessSessionMessageEventArgs args) =>
        new(
            args.GetSessionStateAsync,
            args.SetSessionStateAsync,
            async cancellationToken =>
            {
                await args.RenewSessionLockAsync(cancellationToken);
                return args.SessionLockedUntil;
            },
            args.ReleaseSession
        );
}
