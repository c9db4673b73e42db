namespace Stockgate.Domain.Forecasting.Elasticity;

/// <summary>An estimate and its variance.</summary>
/// <param name="Value">The figure.</param>
/// <param name="Variance">Of its error, above 0.</param>
public readonly record struct Estimate(double Value, double Variance)
{
    public double Deviation => Math.Sqrt(Variance);
}

/// <summary>The common mean and variance of a group.</summary>
/// <param name="Mean">Their mean, each by how sure it is.</param>
/// <param name="Between">Variance of the true figures of the group's members, 0 or more.</param>
/// <param name="Members">How many there were.</param>
public readonly record struct GroupEstimate(Estimate Mean, double Between, int Members)
{
    /// <summary>The expectation for an unknown member.</summary>
    public Estimate Unseen => new(Mean.Value, Mean.Variance + Between);
}

/// <summary>
/// Empirical Bayes for normal figures: a member is drawn towards its group the more, the less sure it is and the more alike the group is.
/// The variance between members is DerSimonian and Laird's (1986, Controlled Clinical Trials 7); a caller sets the least, since few
/// members that happen to agree don't prove that all do.
/// </summary>
public static class Shrinkage
{
    /// <param name="members">At least one.</param>
    /// <param name="leastBetween">The least variance between members, 0 or more.</param>
    public static GroupEstimate Group(IReadOnlyList<Estimate> members, double leastBetween = 0)
    {
        ArgumentOutOfRangeException.ThrowIfZero(members.Count, nameof(members));
        var between = Math.Max(leastBetween, Between([members]));
        return new GroupEstimate(MeanOf(members, between), between, members.Count);
    }

    /// <summary>The mean of figures, each by how sure it is.</summary>
    /// <param name="members">At least one.</param>
    /// <param name="between">Variance between them, beside that of their errors.</param>
    public static Estimate MeanOf(IReadOnlyList<Estimate> members, double between)
    {
        double weights = 0,
            sum = 0;
        foreach (var m in members)
            (weights, sum) = (weights + 1 / (m.Variance + between), sum + m.Value / (m.Variance + between));
        return new Estimate(sum / weights, 1 / weights);
    }

    /// <summary>
    /// The variance between members that several groups have in common; 0 where they differ by no more than chance, or no group has two.
    /// </summary>
    public static double Between(IReadOnlyList<IReadOnlyList<Estimate>> groups)
    {
        double excess = 0,
            scale = 0;
        foreach (var members in groups)
        {
            if (members.Count < 2)
                continue;
            var mean = MeanOf(members, 0).Value;
            double weights = 0,
                squares = 0,
                spread = 0;
            foreach (var m in members)
                (weights, squares, spread) = (
                    weights + 1 / m.Variance,
                    squares + 1 / (m.Variance * m.Variance),
                    spread + (m.Value - mean) * (m.Value - mean) / m.Variance
                );
            (excess, scale) = (excess + spread - (members.Count - 1), scale + weights - squares / weights);
        }
        return scale > 0 ? Math.Max(0, excess / scale) : 0;
    }

    /// <summary>A member's figure drawn towards what its group lets expect.</summary>
    /// <returns>The figure, and how much of it is the member's own, 0 to 1.</returns>
    public static (Estimate Estimate, double Own) Towards(Estimate member, Estimate expected)
    {
        var own = expected.Variance / (expected.Variance + member.Variance);
        return (new Estimate(own * member.Value + (1 - own) * expected.Value, own * member.Variance), own);
    }
}
