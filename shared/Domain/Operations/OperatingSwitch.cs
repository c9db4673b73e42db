using System.Text.Json.Serialization;

namespace Stockgate.Domain.Operations;

/// <summary>What a person can stop at once, without a deployment.</summary>
[JsonConverter(typeof(NamedEnumConverter<OperatingSwitch>))]
public enum OperatingSwitch
{
    /// <summary>No price moves by itself: the policy's leash counts as Off. Prices are still taken back.</summary>
    StopPricing,

    /// <summary>No promotion launches; those that are prepared go back to their gates. Those that are live stay live.</summary>
    HoldLaunches,

    /// <summary>People and programs read, and change nothing. Channels' events are taken in, and what runs goes on.</summary>
    ReadOnly,

    /// <summary>Every agent is refused.</summary>
    AgentsOff,
}

/// <summary>How a switch stands.</summary>
/// <param name="Switch">Which.</param>
/// <param name="On">Whether it holds now.</param>
/// <param name="Since">When it was last set; null if it never was.</param>
/// <param name="By">Who set it.</param>
/// <param name="Reason">Why.</param>
public sealed record SwitchState(OperatingSwitch Switch, bool On, DateTimeOffset? Since, string? By, string? Reason)
{
    public static SwitchState Off(OperatingSwitch which) => new(which, false, null, null, null);

    public override string ToString() => $"{By} switched it on at {Since:u}: {Reason}";
}
