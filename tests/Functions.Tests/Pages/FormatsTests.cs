using Stockgate.Domain;
using Stockgate.Domain.Pricing;
using Stockgate.Domain.Promotions;
using Stockgate.Pages.Formats;

namespace Stockgate.Functions.Tests.Pages;

public class FormatsTests
{
    [Theory]
    [InlineData("1234.5", "EUR", "1,234.50 EUR", "1,234.50")]
    [InlineData("0.125", "EUR", "0.125 EUR", "0.13")]
    [InlineData("-5", "GBP", "−5.00 GBP", "−5.00")]
    [InlineData("-0.001", "GBP", "−0.001 GBP", "0.00")]
    [InlineData("1500", "JPY", "1,500 JPY", "1,500")]
    [InlineData("1.5", "KWD", "1.500 KWD", "1.500")]
    public void Money_has_the_decimals_of_its_currency(string amount, string currency, string exact, string payable)
    {
        var money = new Money(decimal.Parse(amount, Figures.Culture), Currency.Parse(currency));
        Assert.Equal((exact, payable), (Amounts.Of(money), Amounts.Payable(money)));
    }

    [Theory]
    [InlineData(0, "0 units")]
    [InlineData(1, "1 unit")]
    [InlineData(2, "2 units")]
    [InlineData(12345, "12,345 units")]
    public void One_is_one(int count, string words) => Assert.Equal(words, Quantities.Of(count, "unit"));

    [Theory]
    [InlineData("12", "0", "12, none planned")]
    [InlineData("0", "0.003", "0, less than 1 planned")]
    [InlineData("12", "40", "12 of 40")]
    public void Nothing_is_held_against_a_plan_of_nothing(string sold, string planned, string words) =>
        Assert.Equal(words, Quantities.Against(new(decimal.Parse(sold, Figures.Culture)), new(decimal.Parse(planned, Figures.Culture))));

    [Theory]
    [InlineData(0.0421, "4.2 %", "+4.2 %")]
    [InlineData(0.5, "50 %", "+50.0 %")]
    [InlineData(-0.031, "−3.1 %", "−3.1 %")]
    [InlineData(double.NaN, "–", "–")]
    public void Shares_and_changes(double share, string percent, string change) =>
        Assert.Equal((percent, change), (Shares.Percent(share), Shares.Change(share)));

    [Fact]
    public void What_is_short_of_the_whole_does_not_read_as_the_whole() =>
        Assert.Equal(("99.9 %", "100 %"), (Shares.Reached(0.9996m), Shares.Reached(1)));

    [Theory]
    [InlineData(0.5, "less than a minute")]
    [InlineData(1, "1 minute")]
    [InlineData(15, "15 minutes")]
    [InlineData(60, "1 hour")]
    [InlineData(90, "90 minutes")]
    [InlineData(47 * 60, "47 hours")]
    [InlineData(48 * 60, "2 days")]
    public void Durations_in_a_unit_that_fits(double minutes, string words) =>
        Assert.Equal(words, Durations.Of(TimeSpan.FromMinutes(minutes)));

    [Fact]
    public void Estimates_have_no_more_digits_than_they_deserve() =>
        Assert.Equal(
            ("3.14", "314.2", "3,142", "−0.5", "–", "9.9", "10"),
            (
                Figures.About(3.14159),
                Figures.About(314.159),
                Figures.About(3141.59),
                Figures.About(-0.5),
                Figures.About(double.PositiveInfinity),
                Quantities.Units(9.94),
                Quantities.Units(9.96)
            )
        );

    [Fact]
    public void No_code_is_shown()
    {
        Assert.Equal("waiting for approval", Codes.Of(PromotionState.AwaitingApproval));
        Assert.Equal("mark down", Codes.Words("mark-down"));
        Assert.Equal("ask one", Codes.Words("AskOne"));
        Assert.Equal("Sold out at the Strand", Codes.Words("Sold out at the Strand"));
        var said = Enum.GetValues<PriceRule>()
            .Select(static r => (r.ToString(), Codes.Of(r)))
            .Concat(Enum.GetValues<PriceOutcome>().Select(static o => (o.ToString(), Codes.Of(o))))
            .Concat(Enum.GetValues<PriceMode>().Select(static m => (m.ToString(), Codes.Of(m))))
            .Concat(Enum.GetValues<PricingLeash>().Select(static l => (l.ToString(), Codes.Of(l))))
            .ToList();
        Assert.All(said, static s => Assert.DoesNotMatch("[a-z][A-Z]", s.Item2));
        Assert.Equal(said.Count, said.Select(static s => s.Item2).Distinct(StringComparer.Ordinal).Count());
    }
}
