using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Framing;
using Stockgate.Local.ServiceBus.Content;
using Stockgate.Local.ServiceBus.Engine;
using Stockgate.Local.ServiceBus.Storage;
using Address = Stockgate.Local.ServiceBus.Engine.Address;

namespace Stockgate.Local.ServiceBus.Amqp;

/// <summary>Takes what a client sends to a queue or topic. A transfer is accepted when it is on the disk.</summary>
internal sealed class IntakeLink
{
    /// <summary>Every data section of such a transfer is a whole message; all or none.</summary>
    private const uint BatchFormat = 0x80013700;

    private const ulong DataCode = 0x75;

    private readonly Broker _broker;
    private readonly Address _address;
    private readonly AnswerBatch _answers;

    private IntakeLink(Broker broker, Address address, ReceivingAmqpLink link)
    {
        _broker = broker;
        _address = address;
        _answers = new AnswerBatch(link);
        link.RegisterMessageListener(message => _ = Take(message));
    }

    public static void Serve(Broker broker, string entity, ReceivingAmqpLink link) =>
        _ = new IntakeLink(broker, broker.Catalog.Address(entity), link);

    private async Task Take(AmqpMessage message)
    {
        DeliveryState answer = AmqpConstants.AcceptedOutcome;
        try
        {
            var content = Payload.Of(message);
            if (content.Length > BrokerMessage.MaxSizeInBytes)
                throw TooLarge(content.Length);
            var messages = message.MessageFormat == BatchFormat ? SplitBatch(content) : [BrokerMessage.From(content)];
            message.Dispose();
            await _broker.Writer.Run(new SendOperation(_address, messages));
        }
        catch (Exception e)
        {
            answer = new Rejected { Error = Errors.Of(e) };
        }
        _answers.Add(message, answer);
    }

    private static List<BrokerMessage> SplitBatch(byte[] content)
    {
        var messages = new List<BrokerMessage>();
        var reader = new AmqpReader(content);
        while (!reader.AtEnd)
        {
            if (reader.Descriptor() == DataCode)
                messages.Add(BrokerMessage.From(reader.Binary().ToArray()));
            else
                reader.Skip();
        }
        return messages;
    }

    private BrokerException TooLarge(int size) =>
        new(
            $"The transfer to {_address.Path} is {size} bytes; the limit is {BrokerMessage.MaxSizeInBytes} bytes.",
            BrokerFailure.MessageSizeExceeded
        );
}
