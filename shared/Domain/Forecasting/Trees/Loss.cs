using System.Numerics;

namespace Stockgate.Domain.Forecasting.Trees;

/// <summary>
/// The loss that a model minimizes. Scores are what the trees add up; a forecast is a score's <see cref="Forecast(float)"/>.
/// </summary>
public abstract class Loss
{
    /// <summary>The name in files: <c>squared</c>, <c>poisson</c>, <c>tweedie:1.1</c>, <c>quantile:0.9</c>, <c>logistic</c>.</summary>
    public abstract string Name { get; }

    public static Loss Squared { get; } = new SquaredLoss();

    public static Loss Poisson { get; } = new PoissonLoss();

    public static Loss Logistic { get; } = new LogisticLoss();

    /// <param name="power">Above 1 to below 2; nearer to 1 is nearer to Poisson.</param>
    public static Loss Tweedie(double power) => new TweedieLoss(power);

    /// <param name="level">Above 0 to below 1.</param>
    public static Loss Quantile(double level) => new QuantileLoss(level);

    /// <exception cref="FormatException">There is no loss of that name.</exception>
    public static Loss Parse(string name) =>
        name.Split(':') switch
        {
            ["squared"] => Squared,
            ["poisson"] => Poisson,
            ["logistic"] => Logistic,
            ["tweedie", var power] => Tweedie(double.Parse(power, System.Globalization.CultureInfo.InvariantCulture)),
            ["quantile", var level] => Quantile(double.Parse(level, System.Globalization.CultureInfo.InvariantCulture)),
            _ => throw new FormatException($"Unknown loss '{name}'."),
        };

    /// <summary>What a score stands for.</summary>
    public virtual float Forecast(float score) => score;

    /// <summary>The one score that is best for all rows.</summary>
    internal abstract double Start(ReadOnlySpan<float> labels, ReadOnlySpan<float> weights);

    /// <summary>First and second derivative of the loss by the score, for each row; the second is above 0.</summary>
    internal abstract void Derive(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels, Span<float> first, Span<float> second);

    /// <summary>The loss of one row, for early stopping.</summary>
    internal abstract double At(float score, float label);

    /// <summary>A leaf's value is this quantile of what its rows are off by, instead of a Newton step; null for most losses.</summary>
    internal virtual double? LeafQuantile => null;

    private protected static double Mean(ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        double sum = 0,
            weight = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            var w = weights.IsEmpty ? 1 : weights[i];
            sum += w * labels[i];
            weight += w;
        }
        return weight > 0 ? sum / weight : 0;
    }
}

internal sealed class SquaredLoss : Loss
{
    public override string Name => "squared";

    internal override double Start(ReadOnlySpan<float> labels, ReadOnlySpan<float> weights) => Mean(labels, weights);

    internal override void Derive(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels, Span<float> first, Span<float> second)
    {
        for (var i = 0; i < scores.Length; i++)
            first[i] = scores[i] - labels[i];
        second.Fill(1);
    }

    internal override double At(float score, float label) => (score - label) * (score - label);
}

/// <summary>Counts: −y·s + exp(s), the score being the logarithm of the mean.</summary>
internal sealed class PoissonLoss : Loss
{
    public override string Name => "poisson";

    public override float Forecast(float score) => MathF.Exp(score);

    internal override double Start(ReadOnlySpan<float> labels, ReadOnlySpan<float> weights) =>
        Math.Log(Math.Max(1e-6, Mean(labels, weights)));

    internal override void Derive(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels, Span<float> first, Span<float> second)
    {
        var i = 0;
        for (; i <= scores.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var mean = Vector.Exp(new Vector<float>(scores[i..]));
            (mean - new Vector<float>(labels[i..])).CopyTo(first[i..]);
            Vector.Max(mean, new Vector<float>(1e-6f)).CopyTo(second[i..]);
        }
        for (; i < scores.Length; i++)
        {
            var mean = MathF.Exp(scores[i]);
            (first[i], second[i]) = (mean - labels[i], Math.Max(mean, 1e-6f));
        }
    }

    internal override double At(float score, float label) => Math.Exp(score) - label * score;
}

/// <summary>
/// Sums of a Poisson number of gamma amounts, many of them zero: −y·exp((1−p)s)/(1−p) + exp((2−p)s)/(2−p) (Jørgensen 1987), the score
/// being the logarithm of the mean.
/// </summary>
internal sealed class TweedieLoss : Loss
{
    private readonly float power;

    public TweedieLoss(double power)
    {
        if (power is <= 1 or >= 2)
            throw new ArgumentOutOfRangeException(nameof(power), power, "must lie between 1 and 2");
        this.power = (float)power;
    }

    public override string Name => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"tweedie:{power}");

    public override float Forecast(float score) => MathF.Exp(score);

    internal override double Start(ReadOnlySpan<float> labels, ReadOnlySpan<float> weights) =>
        Math.Log(Math.Max(1e-6, Mean(labels, weights)));

    internal override void Derive(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels, Span<float> first, Span<float> second)
    {
        var (one, two) = (1 - power, 2 - power);
        var i = 0;
        for (; i <= scores.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var score = new Vector<float>(scores[i..]);
            var (of, all) = (new Vector<float>(labels[i..]) * Vector.Exp(score * one), Vector.Exp(score * two));
            (all - of).CopyTo(first[i..]);
            Vector.Max(all * two - of * one, new Vector<float>(1e-6f)).CopyTo(second[i..]);
        }
        for (; i < scores.Length; i++)
        {
            var (of, all) = (labels[i] * MathF.Exp(scores[i] * one), MathF.Exp(scores[i] * two));
            (first[i], second[i]) = (all - of, Math.Max(all * two - of * one, 1e-6f));
        }
    }

    internal override double At(float score, float label) =>
        -label * Math.Exp((1 - power) * score) / (1 - power) + Math.Exp((2 - power) * score) / (2 - power);
}

/// <summary>Yes or no: the score is the logarithm of the odds.</summary>
internal sealed class LogisticLoss : Loss
{
    public override string Name => "logistic";

    public override float Forecast(float score) => 1 / (1 + MathF.Exp(-score));

    internal override double Start(ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        var share = Math.Clamp(Mean(labels, weights), 1e-6, 1 - 1e-6);
        return Math.Log(share / (1 - share));
    }

    internal override void Derive(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels, Span<float> first, Span<float> second)
    {
        for (var i = 0; i < scores.Length; i++)
        {
            var share = Forecast(scores[i]);
            (first[i], second[i]) = (share - labels[i], Math.Max(share * (1 - share), 1e-6f));
        }
    }

    internal override double At(float score, float label) => Math.Log(1 + Math.Exp(-Math.Abs(score))) + Math.Max(score, 0) - label * score;
}

/// <summary>The pinball loss: level·(y − s) above the score, (1 − level)·(s − y) below it.</summary>
internal sealed class QuantileLoss : Loss
{
    private readonly float level;

    public QuantileLoss(double level)
    {
        if (level is <= 0 or >= 1)
            throw new ArgumentOutOfRangeException(nameof(level), level, "must lie between 0 and 1");
        this.level = (float)level;
    }

    public override string Name => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"quantile:{level}");

    // The second derivative is 0 everywhere: without this, a leaf would move by the same step however far its rows are off.
    internal override double? LeafQuantile => level;

    internal override double Start(ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        var sorted = labels.ToArray();
        Array.Sort(sorted);
        return sorted.Length == 0 ? 0 : sorted[(int)Math.Min(sorted.Length - 1, level * sorted.Length)];
    }

    internal override void Derive(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels, Span<float> first, Span<float> second)
    {
        for (var i = 0; i < scores.Length; i++)
            first[i] = labels[i] > scores[i] ? -level : 1 - level;
        second.Fill(1);
    }

    internal override double At(float score, float label) => Math.Max(level * (label - score), (level - 1) * (label - score));
}
