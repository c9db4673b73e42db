namespace Stockgate.Domain.Promotions.Gates;

/// <summary>
/// What a gate found wrong, put together into its verdict: the worst decides, red sentences come first, and what is not green always says
/// what would turn it so.
/// </summary>
internal sealed class Judgement(string gate, string threshold)
{
    private readonly List<(GateState State, string Reason, string TurnsGreen, string? Waits)> found = [];
    private readonly List<Sighting> seen = [];

    public void Red(string reason, string turnsGreen, string? waits) => found.Add((GateState.Red, reason, turnsGreen, waits));

    public void Amber(string reason, string turnsGreen, string? waits) => found.Add((GateState.Amber, reason, turnsGreen, waits));

    public void See(string name, string value, TimeSpan? age, string source) => seen.Add(new Sighting(name, value, age, source));

    /// <param name="green">The reason where nothing was found.</param>
    public GateVerdict Verdict(string green)
    {
        if (found.Count == 0)
            return new GateVerdict(gate, GateState.Green, green, threshold, null, seen);
        var ordered = found.OrderByDescending(static f => f.State).ToList();
        var waits = ordered.Select(static f => f.Waits).OfType<string>().Distinct().ToList();
        return new GateVerdict(
            gate,
            ordered[0].State,
            Sentences(ordered.Select(static f => f.Reason)),
            threshold,
            Sentences(ordered.Select(static f => f.TurnsGreen)),
            seen,
            waits.Count == 0 ? null : string.Join(", ", waits)
        );
    }

    private static string Sentences(IEnumerable<string> sentences) => string.Join(' ', sentences.Distinct());
}
