using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;

namespace Stockgate.Local.Tests.App;

/// <summary>Each writes what it got into the journal named after its function. A body that begins with "fail" makes it throw.</summary>
public static class ServiceBusFunctions
{
    private static int concurrent;

    [Function("OnSingle")]
    public static void OnSingle(
        [ServiceBusTrigger("single", Connection = "Bus")] ServiceBusReceivedMessage message,
        FunctionContext context
    )
    {
        var data = context.BindingContext.BindingData;
        var kind = message.ApplicationProperties.GetValueOrDefault("kind");
        Journal.Write("OnSingle", $"{message.Body}|{message.DeliveryCount}|{message.MessageId}|{data["MessageId"]}|{kind}");
        FailWhenTold([message]);
    }

    [Function("OnBatch")]
    public static void OnBatch(
        [ServiceBusTrigger("batch", Connection = "Bus", IsBatched = true)] ServiceBusReceivedMessage[] messages,
        FunctionContext context
    )
    {
        Journal.Write("OnBatch", string.Join(',', messages.Select(message => message.Body.ToString())));
        Journal.Write("OnBatch.metadata", context.BindingContext.BindingData["MessageIdArray"]?.ToString() ?? "");
        FailWhenTold(messages);
    }

    [Function("OnSettled")]
    public static async Task OnSettled(
        [ServiceBusTrigger("settled", Connection = "Bus", IsBatched = true, AutoCompleteMessages = false)]
            ServiceBusReceivedMessage[] messages,
        ServiceBusMessageActions actions
    )
    {
        foreach (var message in messages)
        {
            Journal.Write("OnSettled", $"{message.Body}|{message.DeliveryCount}");
            await (
                message.Body.ToString() switch
                {
                    "complete" => actions.CompleteMessageAsync(message),
                    "abandon" => actions.AbandonMessageAsync(message, new Dictionary<string, object> { ["seen"] = message.DeliveryCount }),
                    "dead-letter" => actions.DeadLetterMessageAsync(
                        message,
                        new Dictionary<string, object> { ["by"] = "test" },
                        "bad",
                        "it is bad"
                    ),
                    "defer" => actions.DeferMessageAsync(message),
                    "twice" => TwiceAsync(actions, message),
                    _ => actions.RenewMessageLockAsync(message),
                }
            );
        }
        FailWhenTold(messages);
    }

    [Function("OnSessionSingle")]
    public static async Task OnSessionSingle(
        [ServiceBusTrigger("session-single", Connection = "Bus", IsSessionsEnabled = true)] ServiceBusReceivedMessage message
    )
    {
        var now = Interlocked.Increment(ref concurrent);
        await Task.Delay(200);
        Journal.Write("OnSessionSingle", $"{message.SessionId}|{message.Body}|{now}");
        Interlocked.Decrement(ref concurrent);
    }

    [Function("OnSessionBatch")]
    public static async Task OnSessionBatch(
        [ServiceBusTrigger("session-batch", Connection = "Bus", IsSessionsEnabled = true, IsBatched = true)]
            ServiceBusReceivedMessage[] messages
    )
    {
        Journal.Write("OnSessionBatch", $"{messages[0].SessionId}|{string.Join(',', messages.Select(message => message.Body.ToString()))}");
        await Task.Delay(50);
        Journal.Write("OnSessionBatch", "end");
        FailWhenTold(messages);
    }

    [Function("OnNews")]
    public static void OnNews([ServiceBusTrigger("news", "all", Connection = "Bus")] string body) => Journal.Write("OnNews", body);

    private static async Task TwiceAsync(ServiceBusMessageActions actions, ServiceBusReceivedMessage message)
    {
        await actions.CompleteMessageAsync(message);
        try
        {
            await actions.CompleteMessageAsync(message);
        }
        catch (Exception refused)
        {
            Journal.Write("OnSettled", $"refused {refused.GetType().Name} {(refused as Grpc.Core.RpcException)?.StatusCode}");
        }
    }

    private static void FailWhenTold(IEnumerable<ServiceBusReceivedMessage> messages)
    {
        if (messages.Any(message => message.Body.ToString().StartsWith("fail", StringComparison.Ordinal)))
            throw new InvalidOperationException("told to fail");
    }
}
