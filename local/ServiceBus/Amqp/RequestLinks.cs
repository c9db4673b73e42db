using System.Collections.Concurrent;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Framing;

namespace Stockgate.Local.ServiceBus.Amqp;

/// <summary>The request and reply links of one connection. A reply goes to the link whose target the request names.</summary>
internal sealed class RequestLinks(LinkNames names)
{
    private readonly ConcurrentDictionary<string, SendingAmqpLink> _replies = new(StringComparer.Ordinal);

    /// <summary>Answers requests; what it throws becomes the error of the reply.</summary>
    public delegate Task<AmqpMessage> Handler(AmqpMessage request, LinkNames names);

    public void AddReplies(SendingAmqpLink link)
    {
        var address = ((Target)link.Settings.Target).Address.ToString()!;
        _replies[address] = link;
        link.Closed += (_, _) => _replies.TryRemove(KeyValuePair.Create(address, link));
    }

    public void AddRequests(ReceivingAmqpLink link, Handler answer, Func<Exception, AmqpMessage> failed)
    {
        var answers = new AnswerBatch(link);
        link.RegisterMessageListener(request => _ = Answer(request));

        async Task Answer(AmqpMessage request)
        {
            AmqpMessage reply;
            try
            {
                reply = await answer(request, names);
            }
            catch (Exception e)
            {
                reply = failed(e);
            }
            answers.Add(request, AmqpConstants.AcceptedOutcome);
            Send(request, reply);
        }
    }

    private void Send(AmqpMessage request, AmqpMessage reply)
    {
        try
        {
            var to = request.Properties.ReplyTo?.ToString() ?? "";
            reply.Properties.CorrelationId = request.Properties.MessageId;
            if (_replies.TryGetValue(to, out var link))
                link.SendMessageNoWait(reply, AmqpConstants.EmptyBinary, AmqpConstants.NullBinary);
        }
        catch (Exception)
        {
            // The requester has disconnected.
        }
    }
}
