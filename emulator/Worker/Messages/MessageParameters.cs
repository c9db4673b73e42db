using System.Reflection;
using System.Text.Json;
using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Emulator.Worker.Functions;

namespace Stockgate.Emulator.Worker.Messages;

/// <summary>How a message function's parameters get their values.</summary>
internal static class MessageParameters
{
    public static Bind[]? Bind(Function function, ICollection<string> mistakes)
    {
        var trigger = (ServiceBusTriggerAttribute)function.Trigger;
        var before = mistakes.Count;
        Bind[] binds = [.. function.Method.GetParameters().Select(p => p == function.TriggerParameter ? OfTrigger(function, trigger, p, mistakes) : Other(function, trigger, p, mistakes))];
        return mistakes.Count == before ? binds : null;
    }

    private static Bind OfTrigger(Function function, ServiceBusTriggerAttribute trigger, ParameterInfo parameter, ICollection<string> mistakes)
    {
        var type = parameter.ParameterType;
        if (!trigger.IsBatched)
        {
            var one = FromMessage(type);
            return invocation => new(one(((MessageInvocation)invocation).Messages[0]));
        }
        if (!type.IsArray)
        {
            mistakes.Add($"{function}: parameter '{parameter.Name}' of type {type.Name} can't take a batch; with IsBatched = true it has to be an array");
            return static _ => new((object?)null);
        }
        var element = type.GetElementType()!;
        if (element == typeof(ServiceBusReceivedMessage)) return static invocation => new(((MessageInvocation)invocation).Messages);
        var each = FromMessage(element);
        return invocation =>
        {
            var messages = ((MessageInvocation)invocation).Messages;
            var batch = Array.CreateInstance(element, messages.Length);
            for (var i = 0; i < messages.Length; i++) batch.SetValue(each(messages[i]), i);
            return new(batch);
        };
    }

    private static Bind Other(Function function, ServiceBusTriggerAttribute trigger, ParameterInfo parameter, ICollection<string> mistakes)
    {
        var type = parameter.ParameterType;
        if (CommonParameters.Bind(parameter) is { } common) return common;
        if (type == typeof(ServiceBusMessageActions)) return static invocation => new(((MessageInvocation)invocation).Settlement);
        if (type == typeof(ServiceBusSessionMessageActions) && trigger.IsSessionsEnabled) return static invocation => new(((MessageInvocation)invocation).Session);
        mistakes.Add($"{function}: parameter '{parameter.Name}' of type {type.Name} can't be bound; beside the message a function takes ServiceBusMessageActions, " +
                     "ServiceBusSessionMessageActions (with IsSessionsEnabled), [DurableClient] DurableTaskClient, FunctionContext and CancellationToken");
        return static _ => new((object?)null);
    }

    private static Func<ServiceBusReceivedMessage, object?> FromMessage(Type type) =>
        type == typeof(ServiceBusReceivedMessage) ? static message => message :
        type == typeof(string) ? static message => message.Body.ToString() :
        type == typeof(BinaryData) ? static message => message.Body :
        type == typeof(byte[]) ? static message => message.Body.ToArray() :
        message => JsonSerializer.Deserialize(message.Body.ToMemory().Span, type, JsonSerializerOptions.Web);
}
