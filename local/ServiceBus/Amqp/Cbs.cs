using Microsoft.Azure.Amqp;

namespace Stockgate.Local.ServiceBus.Amqp;

/// <summary>The token node. Every token is accepted: the broker is for this machine and listens on loopback only.</summary>
internal static class Cbs
{
    public static Task<AmqpMessage> Accept(AmqpMessage request, LinkNames names) => Task.FromResult(Reply(200, "OK"));

    public static AmqpMessage Failed(Exception e) => Reply(500, e.Message);

    private static AmqpMessage Reply(int status, string description)
    {
        var reply = AmqpMessage.Create();
        reply.ApplicationProperties.Map["status-code"] = status;
        reply.ApplicationProperties.Map["status-description"] = description;
        return reply;
    }
}
