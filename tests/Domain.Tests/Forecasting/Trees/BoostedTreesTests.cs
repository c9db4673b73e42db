using Stockgate.Domain.Forecasting.Runs;
using Stockgate.Domain.Forecasting.Trees;

namespace Stockgate.Domain.Tests.Forecasting.Trees;

public sealed class BoostedTreesTests
{
    private static readonly TreeSettings Quick = new()
    {
        Rounds = 60,
        Leaves = 16,
        LearningRate = 0.2,
        LeastWeight = 5,
        Lambda = 0.01,
    };

    [Fact]
    public void Steps_and_their_products_are_learned()
    {
        var rows = Made.Rows(4_000, static (x, _) => (x[0] > 0.3f ? 4 : 1) + (x[0] > 0.3f && x[1] < 0.5f ? 3 : 0));
        var model = BoostedTrees.Train(rows.Training, Loss.Squared, Quick);
        var forecasts = model.Predict(rows.Training.Table);
        Assert.True(Made.MeanSquare(forecasts, rows.Labels) < 0.01, $"mean squared error {Made.MeanSquare(forecasts, rows.Labels)}");
        Assert.Equal(["x0", "x1"], model.Importance().Take(2).Select(static f => f.Feature).Order());
    }

    [Fact]
    public void What_is_not_known_goes_where_its_like_went()
    {
        var rows = Made.Rows(
            3_000,
            static (x, _) =>
                float.IsNaN(x[0]) ? 9
                : x[0] < 0.5f ? 1
                : 2,
            missing: 0.2
        );
        var forecasts = BoostedTrees.Train(rows.Training, Loss.Squared, Quick).Predict(rows.Training.Table);
        Assert.True(Made.MeanSquare(forecasts, rows.Labels) < 0.02);
    }

    [Fact]
    public void Categories_are_parted_without_an_order()
    {
        static float Answer(float category) => (int)category is 3 or 17 or 41 or 66 ? 8 : 1;
        var rows = Made.Rows(6_000, static (x, _) => Answer(x[2]), categories: 80);
        var one = BoostedTrees.Train(rows.Training, Loss.Squared, Quick with { Rounds = 1, Leaves = 2, LearningRate = 1 });
        // One question is enough: which of the eighty.
        Assert.True(Made.MeanSquare(one.Predict(rows.Training.Table), rows.Labels) < 0.05);
    }

    [Fact]
    public void A_category_that_was_never_seen_is_answered_like_the_rare_ones()
    {
        var rows = Made.Rows(4_000, static (x, _) => x[2], categories: 5);
        var model = BoostedTrees.Train(rows.Training, Loss.Squared, Quick);
        var unseen = new FeatureTable(Made.Features, 1);
        unseen.Columns[2][0] = 900;
        Assert.InRange(model.Predict(unseen)[0], 0, 4);
    }

    [Theory]
    [InlineData("squared"), InlineData("poisson"), InlineData("tweedie:1.3"), InlineData("logistic"), InlineData("quantile:0.5")]
    public void Every_loss_is_made_smaller_by_training(string name)
    {
        var loss = Loss.Parse(name);
        var rows = Made.Rows(
            3_000,
            (x, random) =>
                name == "logistic"
                    ? random.NextSingle() < x[0]
                        ? 1
                        : 0
                    : MathF.Floor(x[0] * 6 * random.NextSingle() * 2)
        );
        var model = BoostedTrees.Train(rows.Training, loss, Quick);
        double Of(Func<int, float> score) => Enumerable.Range(0, rows.Labels.Length).Sum(i => loss.At(score(i), rows.Labels[i]));
        var scores = BoostedTrees.Scores(rows.Training, model.Start);
        foreach (var tree in model.Trees)
            BoostedTrees.AddByRow(tree, rows.Training.Table, scores);
        Assert.True(Of(i => scores[i]) < 0.97 * Of(_ => (float)model.Start), $"{Of(i => scores[i])} of {Of(_ => (float)model.Start)}");
    }

    [Theory]
    [InlineData(0.1), InlineData(0.5), InlineData(0.9)]
    public void A_quantile_has_its_share_below_it(double level)
    {
        var rows = Made.Rows(20_000, static (x, random) => x[0] + random.NextSingle() * (1 + x[1]));
        var forecasts = BoostedTrees
            .Train(rows.Training, Loss.Quantile(level), Quick with { LeastWeight = 200 })
            .Predict(rows.Training.Table);
        var below = forecasts.Zip(rows.Labels).Count(static p => p.Second < p.First) / (double)rows.Labels.Length;
        Assert.InRange(below, level - 0.03, level + 0.03);
        // Rows with a wide spread get a wide quantile.
        double Mean(bool wide) =>
            Enumerable
                .Range(0, forecasts.Length)
                .Where(i => rows.Raw.Columns[1][i] > 0.5f == wide)
                .Average(i => forecasts[i] - rows.Raw.Columns[0][i]);
        Assert.True(level < 0.4 || Mean(true) > Mean(false) + 0.1 * level);
    }

    [Fact]
    public void Trees_that_start_from_another_forecast_learn_what_it_lacks()
    {
        var rows = Made.Rows(4_000, static (x, random) => (1 + 9 * x[1]) * (x[0] > 0.5f ? 2 : 1));
        var offsets = rows.Raw.Columns[1].Select(static x => MathF.Log(1 + 9 * x)).ToArray();
        var few = Quick with { Rounds = 20, Leaves = 2, LearningRate = 0.5 };
        var forecasts = BoostedTrees
            .Train(rows.Training with { Offsets = offsets }, Loss.Poisson, few)
            .Predict(rows.Training.Table, offsets);
        Assert.True(Made.MeanSquare(forecasts, rows.Labels) < 0.05, $"{Made.MeanSquare(forecasts, rows.Labels)}");
    }

    [Theory]
    [InlineData(1), InlineData(-1)]
    public void A_monotone_feature_never_turns(int direction)
    {
        // The noise goes both ways; what is learned may not.
        var rows = Made.Rows(
            5_000,
            (x, random) => direction * x[0] * 3 + MathF.Sin(x[0] * 25) + x[1] * x[0] + random.NextSingle(),
            monotone: direction
        );
        var model = BoostedTrees.Train(rows.Training, Loss.Squared, Quick);
        foreach (var other in new[] { 0f, 0.3f, 0.9f })
        {
            var line = new FeatureTable(rows.Raw.Features, 200);
            for (var i = 0; i < 200; i++)
                (line.Columns[0][i], line.Columns[1][i], line.Columns[2][i]) = (i / 200f, other, 1);
            var forecasts = model.Predict(line);
            for (var i = 1; i < 200; i++)
                Assert.True(
                    direction * (forecasts[i] - forecasts[i - 1]) >= -1e-5f,
                    $"turns at {i}: {forecasts[i - 1]} then {forecasts[i]}"
                );
        }
    }

    [Fact]
    public void Training_ends_where_held_out_rows_gain_no_more()
    {
        var (rows, other) = (
            Made.Rows(400, static (_, random) => random.NextSingle()),
            Made.Rows(400, static (_, random) => random.NextSingle(), seed: 2)
        );
        var heldOut = new TrainingRows(BinnedTable.Of(other.Raw, rows.Training.Table.Binning), other.Labels);
        var grown = 0;
        var model = BoostedTrees.Train(
            rows.Training,
            Loss.Squared,
            Quick with
            {
                Rounds = 500,
                Patience = 20,
            },
            heldOut,
            new Counted(() => grown++)
        );
        // The best is kept, and twenty more were tried.
        Assert.Equal(model.Rounds + 20, grown);
        Assert.InRange(grown, 20, 100);
    }

    [Fact]
    public void The_same_seed_gives_the_same_trees_and_another_one_others()
    {
        var rows = Made.Rows(30_000, static (x, random) => MathF.Floor(x[0] * 5 * random.NextSingle()));
        var sampled = Quick with { RowShare = 0.5, FeatureShare = 0.7, Rounds = 10 };
        byte[] Trained(TreeSettings settings)
        {
            using var file = new MemoryStream();
            TreeModelFile.Write(BoostedTrees.Train(rows.Training, Loss.Tweedie(1.2), settings), file);
            return file.ToArray();
        }
        Assert.Equal(Trained(sampled), Trained(sampled));
        Assert.NotEqual(Trained(sampled), Trained(sampled with { Seed = 7 }));
    }

    [Fact]
    public void Rows_with_more_weight_count_more()
    {
        var rows = Made.Rows(2_000, static (_, random) => random.NextSingle() < 0.5f ? 0 : 10);
        var weights = rows.Labels.Select(static label => label > 0 ? 3f : 1f).ToArray();
        var model = BoostedTrees.Train(rows.Training with { Weights = weights }, Loss.Squared, Quick with { Rounds = 3 });
        Assert.InRange(model.Predict(rows.Training.Table).Average(), 7.0, 8.0);
    }

    [Fact]
    public void What_features_add_sums_to_the_score()
    {
        var rows = Made.Rows(
            3_000,
            static (x, random) => (float.IsNaN(x[0]) ? 3 : x[0] * 4) + (x[2] == 3 ? 2 : 0) + random.NextSingle(),
            missing: 0.1,
            categories: 6
        );
        var model = BoostedTrees.Train(rows.Training, Loss.Squared, Quick);
        var (forecasts, effects) = (model.Predict(rows.Training.Table), new double[3]);
        for (var i = 0; i < 50; i++)
        {
            Array.Clear(effects);
            var roots = model.Explain(rows.Training.Table.ByRow.AsSpan(i * 3, 3), effects);
            Assert.Equal(forecasts[i], model.Start + roots + effects.Sum(), 3);
        }
    }

    [Fact]
    public void One_row_and_equal_answers_are_learned_without_a_split()
    {
        var rows = Made.Rows(1, static (_, _) => 5);
        Assert.Equal(5, BoostedTrees.Train(rows.Training, Loss.Squared, Quick).Predict(rows.Training.Table)[0], 3);
        var equal = Made.Rows(500, static (_, _) => 2);
        Assert.All(
            BoostedTrees.Train(equal.Training, Loss.Poisson, Quick).Predict(equal.Training.Table),
            static f => Assert.Equal(2, f, 2)
        );
    }

    [Fact]
    public void Answers_that_are_no_numbers_are_refused()
    {
        var rows = Made.Rows(10, static (_, _) => float.NaN);
        Assert.Contains(
            "finite",
            Assert.Throws<ArgumentException>(() => BoostedTrees.Train(rows.Training, Loss.Squared, Quick)).Message,
            StringComparison.Ordinal
        );
    }

    private sealed class Counted(Action count) : IProgress<double>
    {
        public void Report(double value) => count();
    }
}
