using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stockgate.Emulator.Worker.Functions;
using Stockgate.Emulator.Worker.Hosting;

namespace Stockgate.Emulator.Worker.Messages;

/// <summary>Runs a message function on what was received, and settles what it leaves.</summary>
internal sealed class MessageInvoker(Function function, MessageSource source, InvocationPipeline pipeline, IServiceScopeFactory scopes, HostSettings host, TimeProvider time, ILogger logger)
{
    public Function Function => function;

    /// <returns>True where the function asked to release the session.</returns>
    public async Task<bool> RunAsync(ServiceBusReceivedMessage[] messages, ServiceBusReceiver receiver, CancellationToken stopping)
    {
        var settlement = new Settlement(receiver);
        var session = receiver is ServiceBusSessionReceiver held ? new SessionActions(held) : null;
        try
        {
            await Retries.RunAsync(function, attempt => InvokeAsync(messages, settlement, session, attempt), time, logger, stopping);
            if (source.AutoComplete) await Task.WhenAll(settlement.Left(messages).Select(message => receiver.CompleteMessageAsync(message, CancellationToken.None)));
        }
        catch (Exception fault)
        {
            logger.LogError(fault, "{Function} failed on {Count} message(s), the first with id {MessageId}; what it did not settle comes again", function.Name, messages.Length, messages[0].MessageId);
            await AbandonAsync(settlement.Left(messages), receiver);
        }
        return session?.Released == true;
    }

    /// <summary>Runs the function by hand on one message with this body.</summary>
    public Task RunByHandAsync(string? input, CancellationToken stopping)
    {
        var message = ServiceBusModelFactory.ServiceBusReceivedMessage(
            BinaryData.FromString(input ?? string.Empty), messageId: Guid.NewGuid().ToString("N"), sessionId: source.Sessions ? "by-hand" : null, lockTokenGuid: Guid.NewGuid(), deliveryCount: 1, enqueuedTime: time.GetUtcNow());
        var session = source.Sessions ? new SessionActions(session: null) : null;
        return Retries.RunAsync(function, attempt => InvokeAsync([message], new Settlement(receiver: null), session, attempt), time, logger, stopping);
    }

    private async Task InvokeAsync(ServiceBusReceivedMessage[] messages, Settlement settlement, SessionActions? session, Try attempt)
    {
        // The token ends only when the function's time is up: a shutdown lets the invocation finish.
        using var timeUp = new CancellationTokenSource(host.FunctionTimeout, time);
        await using var scope = scopes.CreateAsyncScope();
        var parent = messages.Length == 1 && messages[0].ApplicationProperties.TryGetValue("Diagnostic-Id", out var id) ? id as string : null;
        await pipeline.RunAsync(new MessageInvocation(function, scope.ServiceProvider, timeUp.Token) { Messages = messages, Settlement = settlement, Session = session, Try = attempt }, parent);
    }

    private async Task AbandonAsync(IReadOnlyList<ServiceBusReceivedMessage> messages, ServiceBusReceiver receiver)
    {
        try
        {
            await Task.WhenAll(messages.Select(message => receiver.AbandonMessageAsync(message, cancellationToken: CancellationToken.None)));
        }
        catch (ServiceBusException lost)
        {
            // The lock ended while the function ran: the broker gives the messages out again by itself.
            logger.LogWarning("Messages of {Function} could not be abandoned: {Reason}", function.Name, lost.Message);
        }
    }
}
