using Stockgate.Domain.Forecasting.Returns;

namespace Stockgate.Domain.Tests.Forecasting.Returns;

public class ChanceScoreTests
{
    [Fact]
    public void The_area_is_the_share_of_pairs_in_the_right_order_and_half_of_the_ties()
    {
        // Pairs of one that came with one that didn't: (0.9, 0.5) and (0.9, 0.1) are right, (0.5, 0.5) is a tie, (0.5, 0.1) is right.
        var score = ChanceScore.Of([0.9f, 0.5f, 0.5f, 0.1f], [true, true, false, false], 0.5);
        Assert.Equal(3.5 / 4, score.Auc, 12);
        Assert.Equal((0.01 + 0.25 + 0.25 + 0.01) / 4, score.Brier, 6);
        Assert.Equal(0.25, score.SimpleBrier, 12);
        Assert.False(score.Ranks);
    }

    [Fact]
    public void Chances_drawn_by_themselves_are_calibrated_and_those_of_others_are_not()
    {
        var random = new Random(1);
        var chances = Enumerable.Range(0, 5000).Select(_ => random.NextSingle() * 0.6f).ToArray();
        var came = chances.Select(c => random.NextSingle() < c).ToArray();
        var honest = ChanceScore.Of(chances, came, 0.3);
        Assert.True(honest.Ranks && honest.Calibrated, honest.Words);
        Assert.All(honest.Tenths, static t => Assert.Equal(500, t.Cases));
        var loud = ChanceScore.Of([.. chances.Select(static c => c * 1.6f)], came, 0.3);
        Assert.Equal(honest.Auc, loud.Auc, 9);
        Assert.True(loud.Ranks && !loud.Calibrated, loud.Words);
    }

    [Fact]
    public void A_coin_does_not_rank()
    {
        var random = new Random(3);
        var came = Enumerable.Range(0, 2000).Select(_ => random.Next(10) == 0).ToArray();
        Assert.InRange(ChanceScore.Of([.. came.Select(_ => random.NextSingle())], came, 0.1).Auc, 0.42, 0.58);
        Assert.False(ChanceScore.Of([.. came.Select(static _ => 0.1f)], came, 0.1).Ranks);
    }

    [Fact]
    public void Nothing_to_score_is_a_score_that_wins_nothing()
    {
        var score = ChanceScore.Of([], [], 0);
        Assert.False(score.Ranks || score.Calibrated);
        Assert.Throws<ArgumentException>(static () => ChanceScore.Of([0.1f], [], 0));
    }
}
