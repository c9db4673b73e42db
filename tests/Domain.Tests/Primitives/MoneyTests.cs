namespace Stockgate.Domain.Tests.Primitives;

public class MoneyTests
{
    [Fact]
    public void Amounts_of_one_currency_add_up_exactly()
    {
        Assert.Equal(new Money(0.3m, Given.Gbp), new Money(0.1m, Given.Gbp) + new Money(0.2m, Given.Gbp));
        Assert.Equal(new Money(-0.1m, Given.Gbp), new Money(0.1m, Given.Gbp) - new Money(0.2m, Given.Gbp));
        Assert.Equal(new Money(3.7125m, Given.Gbp), new Money(2.475m, Given.Gbp) * new Quantity(1.5m));
        Assert.Equal(new Money(5, Given.Gbp), Money.Zero(Given.Gbp) + new Money(5, Given.Gbp));
    }

    [Fact]
    public void Amounts_of_two_currencies_never_do()
    {
        Assert.Throws<InvalidOperationException>(() => new Money(1, Given.Gbp) + new Money(1, Given.Eur));
        Assert.Throws<InvalidOperationException>(() => new Money(1, Given.Gbp) - new Money(1, Given.Eur));
        Assert.NotEqual(new Money(1, Given.Gbp), new Money(1, Given.Eur));
    }

    [Fact]
    public void Money_shows_with_its_currency() => Assert.Equal("1234.50 GBP", new Money(1234.50m, Given.Gbp).ToString());
}
