using System.Text.Json.Serialization;

namespace Stockgate.Domain.Events;

/// <summary>What a channel is asked to do with a revision's prices.</summary>
[JsonConverter(typeof(NamedEnumConverter<LaunchStep>))]
public enum LaunchStep
{
    /// <summary>Take the new prices in and hold them; no customer sees them yet.</summary>
    Prepare,

    /// <summary>Show them from now on.</summary>
    Activate,

    /// <summary>Show the prior prices again, or drop what was only prepared.</summary>
    Revert,
}

/// <summary>A channel's word about a step.</summary>
[JsonConverter(typeof(NamedEnumConverter<StepAnswer>))]
public enum StepAnswer
{
    /// <summary>Done: every price of the revision.</summary>
    Confirmed,

    /// <summary>It can't, and trying again will not help.</summary>
    Refused,
}
