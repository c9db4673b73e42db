using Azure.Data.Tables;
using Stockgate.Platform.Storage;

namespace Stockgate.Functions.Tests.Storage;

public class LongTextTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(30_999)]
    [InlineData(31_000)]
    [InlineData(31_001)]
    [InlineData(62_000)]
    [InlineData(62_001)]
    [InlineData(400_000)]
    public void A_text_of_any_length_survives_its_row(int length)
    {
        var text = string.Create(
            length,
            0,
            static (span, _) =>
            {
                for (var i = 0; i < span.Length; i++)
                    span[i] = (char)('a' + i % 26);
            }
        );
        var row = new TableEntity("p", "r");
        LongText.Put(row, "Document", text);
        Assert.Equal(text, LongText.Get(row, "Document"));
        Assert.All(row.Keys.Select(k => row[k]).OfType<string>(), part => Assert.True(part.Length * 2 <= 64 * 1024));
    }

    [Fact]
    public void A_row_without_it_has_an_empty_one() => Assert.Equal("", LongText.Get(new TableEntity("p", "r"), "Document"));

    [Fact]
    public void Two_texts_of_a_row_keep_apart()
    {
        var row = new TableEntity("p", "r");
        LongText.Put(row, "A", new string('a', 70_000));
        LongText.Put(row, "B", "b");
        Assert.Equal((70_000, "b"), (LongText.Get(row, "A").Length, LongText.Get(row, "B")));
    }
}
