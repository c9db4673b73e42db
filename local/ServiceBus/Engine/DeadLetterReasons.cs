using Stockgate.Local.ServiceBus.Content;
using Stockgate.Local.ServiceBus.Storage;

namespace Stockgate.Local.ServiceBus.Engine;

/// <summary>What the broker writes on the messages it dead-letters itself: the real service's words.</summary>
internal static class DeadLetterReasons
{
    public static readonly byte[] Expired = Encode("TTLExpiredException", "The message expired and was dead lettered.");

    public static readonly byte[] NoSession = Encode(
        "Session ID is null.",
        "Session enabled entity doesn't allow a message whose session identifier is null."
    );

    public static byte[] MaxDeliveryCountExceeded(int deliveries) =>
        Encode("MaxDeliveryCountExceeded", $"Message could not be consumed after {deliveries} delivery attempts.");

    private static byte[] Encode(string reason, string description) => PropertyChanges.OfDeadLetter(reason, description)!;
}
