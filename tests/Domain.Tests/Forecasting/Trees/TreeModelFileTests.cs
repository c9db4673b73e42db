using Stockgate.Domain.Forecasting.Trees;

namespace Stockgate.Domain.Tests.Forecasting.Trees;

public sealed class TreeModelFileTests
{
    private static readonly Made Rows = Made.Rows(
        2_000,
        static (x, random) => MathF.Floor((float.IsNaN(x[0]) ? 1 : x[0] * 3) + (x[2] == 2 ? 4 : 0) + random.NextSingle()),
        missing: 0.1
    );

    [Fact]
    public void A_model_that_was_kept_says_the_same()
    {
        var model = Trained();
        var again = TreeModelFile.Read(new MemoryStream(Written(model)));
        Assert.Equal(model.Predict(Rows.Raw), again.Predict(Rows.Raw));
        Assert.Equal(model.Importance(), again.Importance());
        Assert.Equal((model.Loss.Name, model.Start), (again.Loss.Name, again.Start));
    }

    [Fact]
    public void Another_file_is_refused_by_name()
    {
        Assert.Contains(
            "SGTM",
            Assert.Throws<InvalidDataException>(() => TreeModelFile.Read(new MemoryStream("sku,location,day"u8.ToArray()))).Message,
            StringComparison.Ordinal
        );
        var newer = Written(Trained());
        newer[4] = 9;
        Assert.Contains(
            "version 9",
            Assert.Throws<InvalidDataException>(() => TreeModelFile.Read(new MemoryStream(newer))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_broken_file_is_refused_or_read_but_never_more()
    {
        var whole = Written(Trained());
        for (var cut = 8; cut < whole.Length; cut += 37)
            Assert.Throws<InvalidDataException>(() => TreeModelFile.Read(new MemoryStream(whole[..cut])));
        var random = new Random(3);
        for (var i = 0; i < 2_000; i++)
        {
            var broken = whole.ToArray();
            broken[random.Next(8, broken.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                Assert.Equal(Rows.Labels.Length, TreeModelFile.Read(new MemoryStream(broken)).Predict(Rows.Raw).Length);
            }
            catch (Exception refused) when (refused is InvalidDataException or ArgumentException)
            {
                // Said and not believed.
            }
        }
    }

    private static TreeModel Trained() => BoostedTrees.Train(Rows.Training, Loss.Poisson, new TreeSettings { Rounds = 8, Leaves = 8 });

    private static byte[] Written(TreeModel model)
    {
        using var file = new MemoryStream();
        TreeModelFile.Write(model, file);
        return file.ToArray();
    }
}
