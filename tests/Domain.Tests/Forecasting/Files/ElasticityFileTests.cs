using Stockgate.Domain.Forecasting.Advice;
using Stockgate.Domain.Forecasting.Elasticity;
using Stockgate.Domain.Forecasting.Files;

namespace Stockgate.Domain.Tests.Forecasting.Files;

public sealed class ElasticityFileTests
{
    private static PriceResponse Response(string category, string? sku, double value) =>
        new(
            category,
            sku is null ? null : new Sku(sku),
            new PriceElasticity(value, value * 2, value / 2, null, 0.5, 40, "A price 1 % higher sells less.")
        );

    private static string Written(bool forPeople, params PriceResponse[] responses)
    {
        var text = new StringWriter();
        ElasticityFile.Write(text, responses, forPeople);
        return text.ToString();
    }

    [Fact]
    public void What_is_written_is_read_again_and_an_item_without_its_own_gets_its_categorys()
    {
        var read = ElasticityFile.Read(Written(false, Response("Toys", null, -1.5), Response("Toys", "A", -2.25), Response("", "B", -3)));
        Assert.Equal(new LearnedElasticity(-2.25, -4.5, -1.125), read.Of(new Sku("A"), "Toys"));
        Assert.Equal(-1.5, read.Of(new Sku("other"), "Toys")!.Value.Value);
        Assert.Equal(-3, read.Of(new Sku("B"), "anything")!.Value.Value);
        Assert.Null(read.Of(new Sku("other"), "Books"));
        Assert.Null(read.Of(new Sku("other"), ""));
    }

    [Fact]
    public void For_people_it_has_words_and_no_formula()
    {
        var lines = Written(true, Response("=cmd|' /C calc'!A0", "+1", -2)).Split('\n');
        Assert.Equal("category,sku,elasticity,low,high,points,words", lines[0]);
        Assert.Equal("'=cmd|' /C calc'!A0,'+1,-2,-4,-1,40,A price 1 % higher sells less.", lines[1]);
    }

    [Theory]
    [InlineData("Toys,A,0.5,-1,-0.5,3")]
    [InlineData("Toys,A,-1,-0.5,-2,3")]
    [InlineData("Toys,A,,-2,-1,3")]
    [InlineData("Toys,A,-1,-2,0,3")]
    public void One_that_is_not_below_zero_or_not_in_its_interval_is_a_fault_of_the_file(string line)
    {
        var fault = Assert.Throws<HistoryFileException>(() => ElasticityFile.Read($"category,sku,elasticity,low,high,points\n{line}\n"));
        Assert.Equal(2, fault.Line);
    }
}
