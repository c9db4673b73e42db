using System.Text.Json;

namespace Stockgate.Domain.Tests.Primitives;

public class IdentifierTests
{
    public static TheoryData<string> Ids =>
        ["A", "85123A", "a b", "ORD/2026/1", "x|y", "10%", "Ü-größe", "中文", new string('x', 128), "#?\\'", "\"quoted\""];

    public static TheoryData<string?, string> Mistakes =>
        new()
        {
            { null, "empty" },
            { "", "empty" },
            { " ", "space" },
            { " A", "space" },
            { "A ", "space" },
            { "A\u00a0", "space" },
            { "\tA", "space" },
            { "A\nB", "control" },
            { "A\0B", "control" },
            { "A\u0085B", "control" },
            { "A\u007fB", "control" },
            { "A😀", "basic plane" },
            { new string('x', 129), "129" },
        };

    [Theory, MemberData(nameof(Ids))]
    public void An_id_of_a_partner_is_taken_as_it_is(string id) => Assert.Null(Identifier.Mistake(id));

    [Theory, MemberData(nameof(Mistakes))]
    public void What_is_wrong_with_an_id_is_said(string? id, string said) =>
        Assert.Contains(said, Identifier.Mistake(id), StringComparison.Ordinal);

    [Theory, MemberData(nameof(Ids))]
    public void Ids_survive_json(string id)
    {
        Assert.Equal(new Sku(id), JsonSerializer.Deserialize<Sku>(JsonSerializer.Serialize(new Sku(id))));
        Assert.Equal(new LocationId(id), JsonSerializer.Deserialize<LocationId>(JsonSerializer.Serialize(new LocationId(id))));
        Assert.Equal(new OrderId(id), JsonSerializer.Deserialize<OrderId>(JsonSerializer.Serialize(new OrderId(id))));
        Assert.Equal(new ChannelId(id), JsonSerializer.Deserialize<ChannelId>(JsonSerializer.Serialize(new ChannelId(id))));
        Assert.Equal(new SupplierId(id), JsonSerializer.Deserialize<SupplierId>(JsonSerializer.Serialize(new SupplierId(id))));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("\"\"")]
    [InlineData("\" A\"")]
    [InlineData("\"A\\u0000\"")]
    [InlineData("\"..\"")]
    public void What_is_no_id_in_json_is_refused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<LocationId>(json));

    [Fact]
    public void Case_tells_two_skus_apart() => Assert.NotEqual(new Sku("15056BL"), new Sku("15056bl"));

    [Fact]
    public void Ids_show_as_their_text()
    {
        Assert.Equal("A", new Sku("A").ToString());
        Assert.Equal("A", new LocationId("A").ToString());
        Assert.Equal("A", new OrderId("A").ToString());
        Assert.Equal("A", new ChannelId("A").ToString());
        Assert.Equal("A", SupplierId.From("A").ToString());
    }
}
