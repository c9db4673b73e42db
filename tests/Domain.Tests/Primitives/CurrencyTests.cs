using System.Text.Json;

namespace Stockgate.Domain.Tests.Primitives;

public class CurrencyTests
{
    [Theory]
    [InlineData("GBP")]
    [InlineData("EUR")]
    [InlineData("USD")]
    [InlineData("JPY")]
    [InlineData("XCG")]
    [InlineData("ZWG")]
    public void Codes_in_use_are_known(string code)
    {
        Assert.True(Currency.TryParse(code, out var currency));
        Assert.Equal(code, currency.Code);
        Assert.Equal(code, currency.ToString());
        Assert.Equal(currency, JsonSerializer.Deserialize<Currency>(JsonSerializer.Serialize(currency)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("gbp")]
    [InlineData("GB")]
    [InlineData("GBPP")]
    [InlineData(" GBP")]
    [InlineData("HRK")]
    [InlineData("XXX")]
    [InlineData("XAU")]
    [InlineData("$")]
    public void Other_codes_are_not(string? code) => Assert.False(Currency.TryParse(code, out _));

    [Fact]
    public void Parsing_an_unknown_code_names_it() =>
        Assert.Contains("'QQQ'", Assert.Throws<FormatException>(() => Currency.Parse("QQQ")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("\"gbp\"")]
    [InlineData("{}")]
    public void What_is_no_code_in_json_is_refused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Currency>(json));
}
