using System.Text.Json.Serialization;

namespace Stockgate.Domain.Events;

/// <summary>What a channel says about itself.</summary>
[JsonConverter(typeof(NamedEnumConverter<ChannelAnswer>))]
public enum ChannelAnswer
{
    /// <summary>It was never heard.</summary>
    None,

    /// <summary>It is at work.</summary>
    Preparing,
    Ready,

    /// <summary>It says that it can't.</summary>
    Refused,
}
