using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Encoding;
using Microsoft.Azure.Amqp.Framing;
using Stockgate.Local.ServiceBus.Engine;

namespace Stockgate.Local.ServiceBus.Amqp;

/// <summary>A request to an entity's <c>$management</c> node, and its reply.</summary>
internal sealed class ManagementRequest(AmqpMessage message, LinkNames names)
{
    private readonly AmqpMap _map = message.ValueBody?.Value as AmqpMap ?? [];

    public string Operation => message.ApplicationProperties.Map["operation"] as string ?? "";

    public string? SessionId => Optional<string>("session-id");

    public static AmqpMessage Done(params IEnumerable<(string Name, object? Value)> answer)
    {
        var map = new AmqpMap();
        foreach (var (name, value) in answer)
            map[new MapKey(name)] = value;
        var reply = AmqpMessage.Create(new AmqpValue { Value = map });
        reply.ApplicationProperties.Map["statusCode"] = 200;
        reply.ApplicationProperties.Map["statusDescription"] = "OK";
        return reply;
    }

    public static AmqpMessage NoContent()
    {
        var reply = Done();
        reply.ApplicationProperties.Map["statusCode"] = 204;
        return reply;
    }

    public static AmqpMessage Failed(Exception e)
    {
        var reply = Done();
        reply.ApplicationProperties.Map["statusCode"] = Errors.StatusOf(e);
        reply.ApplicationProperties.Map["statusDescription"] = e.Message;
        reply.ApplicationProperties.Map["errorCondition"] = Errors.Of(e).Condition;
        return reply;
    }

    public T Required<T>(string name) =>
        _map[new MapKey(name)] is T value
            ? value
            : throw new InvalidOperationException($"The request '{Operation}' has no '{name}' of the type {typeof(T).Name}.");

    public T? Optional<T>(string name)
        where T : class => _map[new MapKey(name)] as T;

    /// <summary>Bytes; null if none.</summary>
    public byte[]? State(string name) => _map[new MapKey(name)] is ArraySegment<byte> { Array: not null } bytes ? bytes.ToArray() : null;

    public IEnumerable<KeyValuePair<string, object?>> Properties(string name) =>
        Optional<AmqpMap>(name)?.Select(pair => KeyValuePair.Create(pair.Key.Key.ToString()!, (object?)pair.Value)) ?? [];

    /// <summary>The hold on the session that the request is about; null if the queue has no sessions.</summary>
    /// <exception cref="BrokerException">The link that asks does not hold it any more.</exception>
    public SessionLock? Session(BrokerQueue queue)
    {
        if (!queue.HasSessions)
            return null;
        var link = message.ApplicationProperties.Map["associated-link-name"] as string;
        var held = link is null ? null : names.SessionOf(link);
        return held
            ?? throw new BrokerException(
                $"The session '{SessionId}' of {queue.Path} is not held by the receiver that asks. Accept it again.",
                BrokerFailure.SessionLockLost
            );
    }
}
