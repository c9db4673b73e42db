using Stockgate.Domain.Forecasting.Trees;

namespace Stockgate.Domain.Tests.Forecasting.Trees;

public sealed class LossTests
{
    [Theory]
    [
        InlineData("squared"),
        InlineData("poisson"),
        InlineData("tweedie:1.1"),
        InlineData("tweedie:1.5"),
        InlineData("logistic"),
        InlineData("quantile:0.9")
    ]
    public void The_first_derivative_is_the_slope_of_the_loss(string name)
    {
        var loss = Loss.Parse(name);
        var scores = Enumerable.Range(0, 41).Select(static i => -2f + i * 0.1f + 0.013f).ToArray();
        var labels = scores.Select((_, i) => name == "logistic" ? i % 2 : i % 4).Select(static l => (float)l).ToArray();
        var (first, second) = (new float[41], new float[41]);
        loss.Derive(scores, labels, first, second);
        const float step = 1e-3f;
        // The loss of a squared error is taken without its half, as is usual; its derivative with it.
        var half = name == "squared" ? 0.5 : 1;
        for (var i = 0; i < 41; i++)
        {
            var slope = half * (loss.At(scores[i] + step, labels[i]) - loss.At(scores[i] - step, labels[i])) / (2 * step);
            Assert.True(
                Math.Abs(slope - first[i]) < 0.02 * (1 + Math.Abs(slope)),
                $"{name} at {scores[i]}, {labels[i]}: {first[i]}, slope {slope}"
            );
            Assert.True(second[i] > 0);
        }
    }

    [Theory]
    [InlineData("squared"), InlineData("poisson"), InlineData("tweedie:1.25"), InlineData("quantile:0.1"), InlineData("logistic")]
    public void A_loss_is_found_by_its_name(string name) => Assert.Equal(name, Loss.Parse(name).Name);

    [Fact]
    public void Other_names_and_powers_are_refused()
    {
        Assert.Throws<FormatException>(static () => Loss.Parse("hinge"));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Loss.Tweedie(2));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Loss.Quantile(0));
    }
}
