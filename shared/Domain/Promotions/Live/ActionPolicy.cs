using System.Text.Json.Serialization;

namespace Stockgate.Domain.Promotions.Live;

/// <summary>By whose authority a recommended action happens.</summary>
[JsonConverter(typeof(NamedEnumConverter<ActionAuthority>))]
public enum ActionAuthority
{
    /// <summary>It is shown; a person does it elsewhere or lets it be.</summary>
    Show,

    /// <summary>It happens when a person has approved it.</summary>
    Approve,

    /// <summary>It happens by itself.</summary>
    Execute,
}

/// <summary>The policy of automatic actions. By default only actions that restore a decided state are automatic.</summary>
public sealed record ActionPolicy
{
    // Set, not init: see ProductUpdated.Active.
    [Setting("", "correct a wrong price that is shown")]
    public ActionAuthority RestorePrice { get; set; } = ActionAuthority.Execute;

    [Setting("", "slow a channel down where a region sells too fast")]
    public ActionAuthority ThrottleChannel { get; set; } = ActionAuthority.Approve;

    [Setting("", "end the promotion early")]
    public ActionAuthority EndPromotion { get; set; } = ActionAuthority.Approve;

    [Setting("", "move stock between regions")]
    public ActionAuthority MoveStock { get; set; }

    [Setting("", "deepen the discount where a region sells too slowly")]
    public ActionAuthority DeepenDiscount { get; set; }

    [Setting("", "have a shelf counted again")]
    public ActionAuthority Recount { get; set; }

    public ActionDecision Decide(RecommendedAction action)
    {
        var authority = action.Kind switch
        {
            ActionKind.RestorePrice => RestorePrice,
            ActionKind.ThrottleChannel => ThrottleChannel,
            ActionKind.EndPromotion => EndPromotion,
            ActionKind.MoveStock => MoveStock,
            ActionKind.DeepenDiscount => DeepenDiscount,
            _ => Recount,
        };
        return new ActionDecision(
            action,
            authority,
            authority switch
            {
                ActionAuthority.Execute => $"The policy allows {action.Kind} without approval.",
                ActionAuthority.Approve => $"The policy requires a person's approval of {action.Kind}.",
                _ => $"The policy only shows {action.Kind}; no action is taken automatically.",
            }
        );
    }
}

/// <summary>What is to become of an action.</summary>
public sealed record ActionDecision(RecommendedAction Action, ActionAuthority Authority, string Reason);
