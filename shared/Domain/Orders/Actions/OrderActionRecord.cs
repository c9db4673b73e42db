using System.Text.Json.Serialization;
using Stockgate.Domain.Approvals;

namespace Stockgate.Domain.Orders.Actions;

/// <summary>Where an action stands.</summary>
[JsonConverter(typeof(NamedEnumConverter<OrderActionState>))]
public enum OrderActionState
{
    /// <summary>To be reviewed, for the first time or again.</summary>
    Asked,

    /// <summary>For a person's decision.</summary>
    Waiting,

    /// <summary>By policy or by people; not sent yet.</summary>
    Approved,

    /// <summary>Sent to the order's channel, which has not said that it is done.</summary>
    Executing,

    /// <summary>Nobody knows whether the channel did it; it was asked to take it back.</summary>
    Compensating,

    /// <summary>The channel confirmed it.</summary>
    Done,

    /// <summary>It can't be done, or policy never does it.</summary>
    Refused,

    /// <summary>A person said no.</summary>
    Rejected,

    /// <summary>Nobody decided in time.</summary>
    Expired,

    /// <summary>The channel refused it, or the order changed so that it can't be done any more. Nothing happened.</summary>
    Failed,

    /// <summary>It was taken back after the channel had not confirmed it.</summary>
    Compensated,

    /// <summary>
    /// Nobody knows whether the channel did it, and it can't be taken back: a person's exception. The channel is asked on.
    /// </summary>
    Unconfirmed,
}

/// <summary>A step in an action's life.</summary>
/// <param name="State">After it.</param>
/// <param name="At">When.</param>
/// <param name="By">A person, a rule, a channel.</param>
/// <param name="Words">What happened, as it can be shown.</param>
public sealed record OrderActionStep(OrderActionState State, DateTimeOffset At, string By, string Words);

/// <summary>The stored record of an order action. It changes by <see cref="OrderActionProgress"/> alone.</summary>
public sealed record OrderActionRecord
{
    public required ActionId Id { get; init; }

    public required OrderId OrderId { get; init; }

    /// <summary>1 for the order's first action: of two that want the same money, the lower number has it.</summary>
    public required int Number { get; init; }

    public required OrderActionRequest Request { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    public OrderActionState State { get; set; } = OrderActionState.Asked;

    /// <summary>As it was last prepared; null before.</summary>
    public OrderActionReview? Review { get; init; }

    /// <summary>How many times people were asked; part of the case's id.</summary>
    public int Round { get; init; }

    /// <summary>The question that it waits for, or waited for last.</summary>
    public CaseId? Case { get; init; }

    /// <summary>Of the review that was approved.</summary>
    public string? ApprovedRevision { get; init; }

    /// <summary>What is, or was last, sent to the channel; null before.</summary>
    public OrderActionMessage? Message { get; init; }

    /// <summary>
    /// What takes it back if the channel does not confirm it; null if nothing does. Made when it was sent: afterwards the order may say
    /// what the action did, not what was there before.
    /// </summary>
    public OrderActionMessage? Compensation { get; init; }

    /// <summary>By when the channel has to confirm it.</summary>
    public DateTimeOffset? ConfirmBy { get; init; }

    /// <summary>When the channel last took the message; null if it has not.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When it was last tried.</summary>
    public DateTimeOffset? TriedAt { get; init; }

    /// <summary>
    /// A try may have reached the channel though its answer did not reach us: a refusal after it does not say that nothing was done.
    /// </summary>
    public bool InDoubt { get; init; }

    /// <summary>How often a message of this action was tried.</summary>
    public int Tries { get; init; }

    /// <summary>Whether those who have to be told of what policy did alone were told.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>How it came here, the latest last.</summary>
    public IReadOnlyList<OrderActionStep> Timeline { get; set; } = [];

    [JsonIgnore]
    public bool Closed =>
        State
            is OrderActionState.Done
                or OrderActionState.Refused
                or OrderActionState.Rejected
                or OrderActionState.Expired
                or OrderActionState.Failed
                or OrderActionState.Compensated;

    /// <summary>The outcome as text; null before one exists.</summary>
    [JsonIgnore]
    public string? Outcome => Timeline.Count > 0 ? Timeline[^1].Words : null;

    /// <summary>It was sent, or is about to be, and was neither refused nor taken back.</summary>
    [JsonIgnore]
    public bool Executes =>
        State is OrderActionState.Executing or OrderActionState.Compensating or OrderActionState.Unconfirmed or OrderActionState.Done;

    /// <summary>As the order's other actions have to reckon with it; null if it takes nothing.</summary>
    public EarlierAction? AsEarlier() =>
        State switch
        {
            OrderActionState.Asked => new(Id, Request, Review?.Effect.Money, EarlierActionState.Waiting, Unreviewed: true),
            OrderActionState.Waiting or OrderActionState.Approved => new(Id, Request, Review?.Effect.Money, EarlierActionState.Waiting),
            OrderActionState.Executing or OrderActionState.Compensating or OrderActionState.Unconfirmed => new(
                Id,
                Request,
                Review?.Effect.Money,
                EarlierActionState.Executing
            ),
            OrderActionState.Done => new(Id, Request, Review?.Effect.Money, EarlierActionState.Executed),
            _ => null,
        };

    internal OrderActionRecord To(OrderActionState state, DateTimeOffset at, string by, string words) =>
        this with
        {
            State = state,
            Timeline = [.. Timeline, new OrderActionStep(state, at, by, words)],
        };
}
