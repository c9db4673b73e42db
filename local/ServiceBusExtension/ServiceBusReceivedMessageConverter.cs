using Azure.Core.Amqp;
using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.Azure.Functions.Worker.Core;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Reads messages as the host hands them over: 16 bytes of lock token, then the AMQP message.</summary>
[SupportsDeferredBinding]
[SupportedTargetType(typeof(ServiceBusReceivedMessage))]
[SupportedTargetType(typeof(ServiceBusReceivedMessage[]))]
internal sealed class ServiceBusReceivedMessageConverter : IInputConverter
{
    private const string Source = "AzureServiceBusReceivedMessage";
    private const int LockTokenLength = 16;

    public ValueTask<ConversionResult> ConvertAsync(ConverterContext context)
    {
        try
        {
            return ValueTask.FromResult(
                context.Source switch
                {
                    ModelBindingData one => ConversionResult.Success(MessageOf(one)),
                    CollectionModelBindingData many => ConversionResult.Success(Array.ConvertAll(many.ModelBindingData, MessageOf)),
                    _ => ConversionResult.Unhandled(),
                }
            );
        }
        catch (Exception unreadable)
        {
            return ValueTask.FromResult(ConversionResult.Failed(unreadable));
        }
    }

    private static ServiceBusReceivedMessage MessageOf(ModelBindingData data)
    {
        if (data.Source != Source)
            throw new InvalidOperationException($"A message of '{data.Source}' is not a Service Bus message.");
        var content = data.Content.ToMemory();
        if (content.Length < LockTokenLength)
            throw new InvalidOperationException($"A message of {content.Length} bytes has no lock token.");
        var message = AmqpAnnotatedMessage.FromBytes(BinaryData.FromBytes(content[LockTokenLength..]));
        return ServiceBusReceivedMessage.FromAmqpMessage(message, BinaryData.FromBytes(content[..LockTokenLength]));
    }
}
