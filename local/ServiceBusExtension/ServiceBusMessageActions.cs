using Azure.Messaging.ServiceBus;
using Google.Protobuf;
using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.Azure.ServiceBus.Grpc;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Settles messages that the host has received, over the host's gRPC service.</summary>
[InputConverter(typeof(ServiceBusMessageActionsConverter))]
public class ServiceBusMessageActions
{
    private readonly Settlement.SettlementClient settlement;

    internal ServiceBusMessageActions(Settlement.SettlementClient settlement) => this.settlement = settlement;

    /// <summary>For tests, which override the calls.</summary>
    protected ServiceBusMessageActions() => settlement = null!;

    public virtual async Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        await settlement.CompleteAsync(new CompleteRequest { Locktoken = message.LockToken }, cancellationToken: cancellationToken);

    public virtual async Task AbandonMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object>? propertiesToModify = default,
        CancellationToken cancellationToken = default
    ) =>
        await settlement.AbandonAsync(
            new AbandonRequest { Locktoken = message.LockToken, PropertiesToModify = Encoded(propertiesToModify) },
            cancellationToken: cancellationToken
        );

    public virtual async Task DeferMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object>? propertiesToModify = default,
        CancellationToken cancellationToken = default
    ) =>
        await settlement.DeferAsync(
            new DeferRequest { Locktoken = message.LockToken, PropertiesToModify = Encoded(propertiesToModify) },
            cancellationToken: cancellationToken
        );

    public virtual async Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        Dictionary<string, object>? propertiesToModify = default,
        string? deadLetterReason = default,
        string? deadLetterErrorDescription = default,
        CancellationToken cancellationToken = default
    ) =>
        await settlement.DeadletterAsync(
            new DeadletterRequest
            {
                Locktoken = message.LockToken,
                PropertiesToModify = Encoded(propertiesToModify),
                DeadletterReason = deadLetterReason,
                DeadletterErrorDescription = deadLetterErrorDescription,
            },
            cancellationToken: cancellationToken
        );

    public virtual async Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        await settlement.RenewMessageLockAsync(
            new RenewMessageLockRequest { Locktoken = message.LockToken },
            cancellationToken: cancellationToken
        );

    private static ByteString Encoded(IDictionary<string, object>? properties)
    {
        if (properties is not { Count: > 0 })
            return ByteString.Empty;
        var map = new Amqp.Encoding.AmqpMap();
        foreach (var (name, value) in properties)
            map.Add(new Amqp.Encoding.MapKey(name), value);
        using var buffer = new Amqp.ByteBuffer(256, autoGrow: true);
        Amqp.AmqpCodec.EncodeMap(map, buffer);
        return ByteString.CopyFrom(buffer.Buffer, buffer.Offset, buffer.Length);
    }
}

/// <summary>Gives a function its <see cref="ServiceBusMessageActions"/>.</summary>
internal sealed class ServiceBusMessageActionsConverter(Settlement.SettlementClient settlement) : IInputConverter
{
    public ValueTask<ConversionResult> ConvertAsync(ConverterContext context) =>
        ValueTask.FromResult(
            context.TargetType == typeof(ServiceBusMessageActions)
                ? ConversionResult.Success(new ServiceBusMessageActions(settlement))
                : ConversionResult.Unhandled()
        );
}
