using System.Text.Json;

namespace Stockgate.Domain.Tests.Primitives;

public class QuantityTests
{
    public static TheoryData<string, decimal> Readable =>
        new()
        {
            { "1", 1 },
            { "-3", -3 },
            { "0", 0 },
            { "0.25", 0.25m },
            { "1e3", 1000 },
            { "\"12\"", 12 },
            { "\"-1.5\"", -1.5m },
            { "\"0.125\"", 0.125m },
            { "12345678.901234567", 12345678.901234567m },
        };

    [Theory, MemberData(nameof(Readable))]
    public void Numbers_and_texts_of_numbers_are_read(string json, decimal value) =>
        Assert.Equal(new Quantity(value), JsonSerializer.Deserialize<Quantity>(json));

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"a\"")]
    [InlineData("\"1,5\"")]
    [InlineData("\"1,000\"")]
    [InlineData("\"1 000\"")]
    [InlineData("\"0x10\"")]
    [InlineData("\"NaN\"")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("[1]")]
    [InlineData("1e400")]
    public void Anything_that_could_mean_two_numbers_or_none_is_refused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Quantity>(json));

    [Fact]
    public void Quantities_survive_json() =>
        Prop.ForAll<decimal>(value =>
                JsonSerializer.Deserialize<Quantity>(JsonSerializer.Serialize(new Quantity(value))) == new Quantity(value)
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Quantities_compare_and_add_as_their_numbers() =>
        Prop.ForAll<int, int>(
                (a, b) =>
                {
                    var (x, y) = (new Quantity(a), new Quantity(b));
                    return (x < y) == (a < b)
                        && (x > y) == (a > b)
                        && (x <= y) == (a <= b)
                        && (x >= y) == (a >= b)
                        && x.CompareTo(y) == a.CompareTo(b)
                        && x + y == new Quantity((decimal)a + b)
                        && x - y == new Quantity((decimal)a - b)
                        && -x == new Quantity(-(decimal)a)
                        && Quantity.Max(x, y).Value == Math.Max(a, b)
                        && Quantity.Min(x, y).Value == Math.Min(a, b);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_quantity_shows_with_a_point() => Assert.Equal("1.5", new Quantity(1.5m).ToString());
}
