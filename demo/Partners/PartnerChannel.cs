using System.Security.Cryptography;
using Stockgate.Platform.Outbound;

namespace Stockgate.Demo.Partners;

/// <summary>A simulated system of the retailer's that prices are sent to.</summary>
/// <param name="Name">Its name in the app's settings, both as a channel that is sent to and as one that posts events.</param>
public sealed record PartnerChannel(string Name, ChannelKind Kind, ConfirmBy Confirm)
{
    /// <summary>What the app signs its messages with.</summary>
    public byte[] Secret { get; } = RandomNumberGenerator.GetBytes(32);

    /// <summary>What the channel signs its own events with.</summary>
    public byte[] EventSecret { get; } = RandomNumberGenerator.GetBytes(32);
}
