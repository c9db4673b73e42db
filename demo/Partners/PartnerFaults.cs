using Stockgate.Domain.Events;
using Stockgate.Domain.Promotions.Launch;

namespace Stockgate.Demo.Partners;

/// <summary>How a channel is away.</summary>
public enum PartnerOutage
{
    None,

    /// <summary>Every connection is cut without an answer.</summary>
    Cut,

    /// <summary>Every request is answered 503.</summary>
    Unavailable,
}

/// <summary>What goes wrong at a simulated channel; may be changed at any time. Nothing does unless it is told to.</summary>
public sealed class PartnerFaults
{
    private readonly StepFaults[] steps = [.. Enum.GetValues<LaunchStep>().Select(static _ => new StepFaults())];

    /// <summary>Only a channel's own counts, not a promotion's.</summary>
    public PartnerOutage Outage { get; set; }

    /// <summary>Every callback is posted a second time.</summary>
    public bool CallBackTwice { get; set; }

    /// <summary>The answer to prepare is kept back until the answer to activate was posted.</summary>
    public bool CallBackOutOfOrder { get; set; }

    /// <summary>An announcement is taken, and nothing is made ready.</summary>
    public bool NeverReady { get; set; }

    /// <summary>Suppliers that are billed do not pay.</summary>
    public bool NeverPays { get; set; }

    /// <summary>What goes wrong with actions on orders.</summary>
    public StepFaults OrderAction { get; } = new();

    /// <summary>What goes wrong with allocations of orders.</summary>
    public StepFaults Allocation { get; } = new();

    /// <summary>What goes wrong with prices.</summary>
    public StepFaults Price { get; } = new();

    public StepFaults Prepare => On(LaunchStep.Prepare);

    public StepFaults Activate => On(LaunchStep.Activate);

    public StepFaults Revert => On(LaunchStep.Revert);

    public StepFaults On(LaunchStep step) => steps[(int)step];
}

/// <summary>What goes wrong at one step.</summary>
public sealed class StepFaults
{
    private int failures;

    /// <summary>The work is done, and nobody is told.</summary>
    public bool NeverConfirm { get; set; }

    /// <summary>The step is refused with these words, and nothing is changed.</summary>
    public string? Refuse { get; set; }

    /// <summary>So many requests are answered <see cref="Status"/>; <see cref="int.MaxValue"/> for ever.</summary>
    public int Failures
    {
        get => Volatile.Read(ref failures);
        set => Volatile.Write(ref failures, value);
    }

    public int Status { get; set; } = 503;

    /// <summary>The requests that fail are taken all the same: the sender is told that it failed, and it did not.</summary>
    public bool TakenAllTheSame { get; set; }

    /// <summary>From the request to its 202.</summary>
    public TimeSpan AnswerAfter { get; set; }

    /// <summary>From the 202 to the confirmation.</summary>
    public TimeSpan ConfirmAfter { get; set; }

    internal bool TakeFailure()
    {
        while (Failures is > 0 and var left)
        {
            if (left == int.MaxValue)
                return true;
            if (Interlocked.CompareExchange(ref failures, left - 1, left) == left)
                return true;
        }
        return false;
    }
}
