using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Stockgate.Domain.Events;

namespace Stockgate.Domain.Orders.Origins;

/// <summary>An event that an order keeps and that nothing follows from: it may turn out to be about another order of the same
/// number.</summary>
/// <param name="Channel">Who said it.</param>
/// <param name="Version">Its time and its sender's id of it.</param>
/// <param name="Type">The event's type.</param>
/// <param name="Data">What it says, as canonical JSON.</param>
public sealed record KeptEvent(ChannelId Channel, LevelVersion Version, string Type, string Data)
{
    [JsonIgnore]
    public EventHeader Header => EventHeader.Of(Channel, Version);

    public static KeptEvent Of(EventHeader header, OrderEvent said) =>
        new(header.Channel, header.Version, EventTypes.NameOf(said), Encoding.UTF8.GetString(EventTypes.TextOf(said)));

    public OrderEvent Read() => (OrderEvent)JsonSerializer.Deserialize(Data, EventTypes.Find(Type)!)!;
}
