namespace Stockgate.Domain.Promotions.Gates;

/// <summary>The verdicts of one evaluation of one promotion.</summary>
/// <param name="Promotion">Which promotion.</param>
/// <param name="Revision">The revision that was judged, 1 or more.</param>
/// <param name="At">When they were judged.</param>
/// <param name="Verdicts">In any order; of a gate that is judged twice both have to be green.</param>
public sealed record GateBoard(PromotionId Promotion, int Revision, DateTimeOffset At, IReadOnlyList<GateVerdict> Verdicts)
{
    /// <summary>Gates that were not judged. They hold the promotion like red ones: an empty board must not launch anything.</summary>
    public IReadOnlyList<string> Missing => [.. GateNames.All.Where(gate => Verdicts.All(v => v.Gate != gate))];

    /// <summary>The worst of all verdicts; red where one is missing.</summary>
    public GateState State => Missing.Count > 0 ? GateState.Red : Verdicts.Max(static v => v.State);

    /// <summary>Whether the promotion may launch: every gate was judged and is green.</summary>
    public bool MayLaunch => State == GateState.Green;

    /// <summary>What is not green, the red ones first.</summary>
    public IReadOnlyList<GateVerdict> Open =>
        [.. Verdicts.Where(static v => v.State != GateState.Green).OrderByDescending(static v => v.State)];

    /// <summary>Who it waits for, each once, those of the red gates first.</summary>
    public IReadOnlyList<string> WaitsFor =>
        [.. Open.Select(static v => v.Waits).OfType<string>().SelectMany(static w => w.Split(", ")).Distinct()];

    /// <summary>The board in sentences: one that says whether it may launch, and one or more per gate that holds it.</summary>
    public IReadOnlyList<string> Explain()
    {
        if (MayLaunch)
            return
            [
                $"Promotion {Promotion} may launch: all {Figures.Count(GateNames.All.Count, "gate")} are green as of {Figures.Moment(At)}.",
            ];
        var (open, missing) = (Open, Missing);
        var names = open.Select(static v => $"{v.Gate} is {v.State.ToString().ToLowerInvariant()}")
            .Concat(missing.Select(static gate => $"{gate} has not been judged"));
        List<string> sentences = [$"Not live because {string.Join(", ", names)}."];
        sentences.AddRange(
            open.Select(static v =>
                $"{v.Gate}: {v.Reason} To turn it green: {v.TurnsGreen}{(v.Waits is null ? "" : $" Waits for {v.Waits}.")}"
            )
        );
        return sentences;
    }
}
