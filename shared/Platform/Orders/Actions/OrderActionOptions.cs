using System.ComponentModel.DataAnnotations;
using Stockgate.Domain;
using Stockgate.Domain.Orders.Actions;

namespace Stockgate.Platform.Orders.Actions;

/// <summary>How long channels have to carry out actions on orders.</summary>
public sealed class OrderActionOptions
{
    private const string Moment = "00:00:00.0000001",
        Longest = "3650.00:00:00";

    [Setting("time span above 0", "how long a channel has to confirm an action"), Range(typeof(TimeSpan), Moment, Longest)]
    public TimeSpan ConfirmWithin { get; set; } = OrderActionLimits.Default.ConfirmWithin;

    [Setting("time span above 0", "how often its answer is looked for"), Range(typeof(TimeSpan), Moment, Longest)]
    public TimeSpan AskEvery { get; set; } = OrderActionLimits.Default.AskEvery;

    [Setting("time span above 0", "when an unconfirmed message is sent again"), Range(typeof(TimeSpan), Moment, Longest)]
    public TimeSpan RetryEvery { get; set; } = OrderActionLimits.Default.RetryEvery;

    internal OrderActionLimits ToLimits() => new(ConfirmWithin, AskEvery, RetryEvery);
}
