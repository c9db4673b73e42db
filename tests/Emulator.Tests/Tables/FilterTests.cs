using System.Linq.Expressions;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Stockgate.Emulator.Tests.Tables;

public sealed class FilterTests
{
    private static readonly DateTimeOffset Moment = new(2026, 11, 21, 5, 4, 5, 678, TimeSpan.FromHours(2));

    public static TheoryData<object?, string> Literals => new()
    {
        { null, "null" }, { "plain", "'plain'" }, { "O'Brien's", "'O''Brien''s'" }, { "", "''" }, { 'x', "'x'" }, { '\'', "''''" }, { new System.Text.StringBuilder("it's"), "'it''s'" },
        { true, "true" }, { false, "false" }, { 5, "5" }, { -5, "-5" }, { (short)3, "3" }, { 5L, "5L" }, { long.MinValue, "-9223372036854775808L" }, { 5UL, "5L" }, { 1.5, "1.5" }, { 5d, "5.0" },
        { 1.5m, "1.5" }, { Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"), "guid'0f8fad5b-d9cb-469f-a165-70867728950e'" }, { new byte[] { 1, 255 }, "X'01FF'" },
        { BinaryData.FromBytes(new byte[] { 16 }), "X'10'" }, { Moment, "datetime'2026-11-21T03:04:05.678Z'" }, { Moment.UtcDateTime, "datetime'2026-11-21T03:04:05.678Z'" },
    };

    [Theory]
    [MemberData(nameof(Literals), DisableDiscoveryEnumeration = true)]
    public void Hole_becomes_a_literal(object? value, string literal) => Assert.Equal($"Name eq {literal}", TableClient.CreateQueryFilter($"Name eq {value}"));

    [Fact]
    public void Holes_keep_their_order_and_braces_stay() =>
        Assert.Equal("A eq 'x' and B lt 5 or C eq '{z}'", TableClient.CreateQueryFilter($"A eq {"x"} and B lt {5} or C eq '{{z}}'"));

    [Fact]
    public void Quote_in_a_value_cannot_end_the_literal()
    {
        var attack = "x' or PartitionKey ne '";
        Assert.Equal("RowKey eq 'x'' or PartitionKey ne '''", TableClient.CreateQueryFilter($"RowKey eq {attack}"));
    }

    [Fact]
    public void Value_without_a_literal_is_refused() =>
        Assert.Contains("System.Version", Assert.Throws<ArgumentException>(() => TableClient.CreateQueryFilter($"A eq {new Version(1, 2)}")).Message);

    public static TheoryData<Expression<Func<Product, bool>>, string> Conditions
    {
        get
        {
            var (captured, number, id) = ("O'Brien", 5, Guid.Empty);
            int? maybe = 7;
            var other = new { Inner = new { Name = "deep" } };
            return new()
            {
                { p => p.Text == captured, "Text eq 'O''Brien'" },
                { p => p.PartitionKey == "a" && p.RowKey != "b", "(PartitionKey eq 'a') and (RowKey ne 'b')" },
                { p => p.Int > 1 || p.Int <= number && p.Flag, "(Int gt 1) or ((Int le 5) and (Flag eq true))" },
                { p => !(p.Int >= number + 1), "not (Int ge 6)" },
                { p => !p.Flag, "not (Flag eq true)" },
                { p => p.Flag == false, "Flag eq false" },
                { p => 5 < p.Int, "5 lt Int" },
                { p => p.Long == 5, "Long eq 5L" },
                { p => p.Double > 2, "Double gt 2.0" },
                { p => p.MaybeInt == maybe, "MaybeInt eq 7" },
                { p => p.MaybeInt!.Value == 3, "MaybeInt eq 3" },
                { p => p.Id == id, "Id eq guid'00000000-0000-0000-0000-000000000000'" },
                { p => p.Season == Season.Autumn, "Season eq 'Autumn'" },
                { p => p.MaybeSeason == Season.Spring, "MaybeSeason eq 'Spring'" },
                { p => p.Renamed == other.Inner.Name, "renamed eq 'deep'" },
                { p => p.Text == captured.ToUpperInvariant(), "Text eq 'O''BRIEN'" },
                { p => string.Compare(p.RowKey, "a") >= 0 && string.CompareOrdinal(p.RowKey, "b") < 0, "(RowKey ge 'a') and (RowKey lt 'b')" },
                { p => p.RowKey.CompareTo(captured) > 0, "RowKey gt 'O''Brien'" },
                { p => 0 < p.RowKey.CompareTo("a"), "'a' lt RowKey" },
                { p => true, "" },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Conditions), DisableDiscoveryEnumeration = true)]
    public void Condition_becomes_a_filter(Expression<Func<Product, bool>> condition, string filter) => Assert.Equal(filter, TableClient.CreateQueryFilter(condition));

    [Fact]
    public void Dictionary_is_filtered_by_name()
    {
        Assert.Equal("(PartitionKey eq 'p') and (A eq 'x')", TableClient.CreateQueryFilter<TableEntity>(e => e.PartitionKey == "p" && e.GetString("A") == "x"));
        Assert.Equal("B gt 3", TableClient.CreateQueryFilter<TableEntity>(e => e.GetInt32("B") > 3));
        Assert.Equal("C eq 'y'", TableClient.CreateQueryFilter<TableEntity>(e => (string)e["C"] == "y"));
    }

    [Fact]
    public void Tables_are_filtered_by_name() => Assert.Equal("TableName eq 'a'", TableServiceClient.CreateQueryFilter(table => table.Name == "a"));

    [Fact]
    public void Generic_code_filters_as_well()
    {
        static string Of<T>() where T : class, ITableEntity => TableClient.CreateQueryFilter<T>(entity => entity.RowKey == "r");
        Assert.Equal("RowKey eq 'r'", Of<Product>());
    }

    [Fact]
    public void Condition_that_the_service_lacks_is_refused()
    {
        Assert.Contains("StartsWith", Assert.Throws<NotSupportedException>(() => TableClient.CreateQueryFilter<Product>(p => p.Text!.StartsWith("a"))).Message);
        Assert.Throws<NotSupportedException>(() => TableClient.CreateQueryFilter<Product>(p => p.Text!.Length == 3));
        Assert.Throws<NotSupportedException>(() => TableClient.CreateQueryFilter<Product>(p => p.Int + 1 == 3));
    }
}
