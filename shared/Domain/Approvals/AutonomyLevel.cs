using System.Text.Json.Serialization;

namespace Stockgate.Domain.Approvals;

/// <summary>Who has to agree before something is done, from the longest leash to none: it matches the cost of being wrong.</summary>
[JsonConverter(typeof(NamedEnumConverter<AutonomyLevel>))]
public enum AutonomyLevel
{
    /// <summary>Done at once.</summary>
    Act,

    /// <summary>Executed at once, with a notification.</summary>
    ActAndTell,

    /// <summary>One person has to agree.</summary>
    AskOne,

    /// <summary>Two people have to agree, one after the other.</summary>
    AskTwoInOrder,

    /// <summary>Never executed.</summary>
    Never,
}
