namespace Stockgate.Domain.Promotions.Gates;

/// <summary>A person's override of a gate.</summary>
/// <param name="Gate">The gate's name.</param>
/// <param name="By">The person who overrides it.</param>
/// <param name="Requester">Who asked for the promotion, as the system knows it.</param>
/// <param name="Reason">Not empty: it is shown wherever the verdict is.</param>
/// <param name="GivenAt">From when it counts.</param>
/// <param name="ExpiresAt">From when it no longer counts.</param>
/// <param name="CountsAs">What the gate is to count as: green, or amber where the person lifts a red only as far as being watched.</param>
public sealed record GateOverride(
    string Gate,
    string By,
    string Requester,
    string Reason,
    DateTimeOffset GivenAt,
    DateTimeOffset ExpiresAt,
    GateState CountsAs = GateState.Green
)
{
    /// <summary>
    /// The verdict under an override. One that does not count leaves the state as it is and says why; none ever makes a verdict worse.
    /// </summary>
    public static GateVerdict Apply(GateVerdict verdict, GateOverride? given, DateTimeOffset now)
    {
        if (given is null || given.Gate != verdict.Gate || verdict.State == GateState.Green || given.CountsAs >= verdict.State)
            return verdict;
        if (given.Mistake(now) is { } mistake)
            return verdict with { Reason = $"{verdict.Reason} An override by {given.By} does not count: {mistake}." };
        var seen = verdict
            .Seen.Append(
                new Sighting(
                    "override",
                    $"{given.CountsAs.ToString().ToLowerInvariant()} instead of {verdict.State.ToString().ToLowerInvariant()}, until {Figures.Moment(given.ExpiresAt)}",
                    Figures.Age(now, given.GivenAt),
                    given.By
                )
            )
            .ToList();
        var green = given.CountsAs == GateState.Green;
        return verdict with
        {
            State = given.CountsAs,
            Reason =
                $"Overridden by {given.By} until {Figures.Moment(given.ExpiresAt)}: {given.Reason.Trim()} Without the override: {verdict.Reason}",
            TurnsGreen = green ? null : verdict.TurnsGreen,
            Waits = green ? null : verdict.Waits,
            Seen = seen,
        };
    }

    private string? Mistake(DateTimeOffset now)
    {
        if (!GateNames.CanBeOverridden(Gate))
            return $"{Gate} can't be overridden";
        if (string.IsNullOrWhiteSpace(By))
            return "it names no person";
        if (string.IsNullOrWhiteSpace(Reason))
            return "it gives no reason";
        if (string.Equals(By.Trim(), Requester.Trim(), StringComparison.OrdinalIgnoreCase))
            return "they requested the promotion themselves";
        if (now < GivenAt)
            return $"it begins at {Figures.Moment(GivenAt)}";
        return now >= ExpiresAt ? $"it expired at {Figures.Moment(ExpiresAt)}" : null;
    }
}
