using Stockgate.Demo.Retail;

namespace Stockgate.EndToEnd.Tests.Demo;

public class RetailerTests
{
    private static byte[] Fortnight(int seed)
    {
        var retailer = new Retailer(seed, Events.Noon.Date);
        return [.. retailer.Opening().Concat(Enumerable.Range(0, 14).SelectMany(retailer.Day)).SelectMany(static post => post.Body)];
    }

    [Fact]
    public void Two_runs_of_one_seed_post_the_same() => Assert.Equal(Fortnight(7), Fortnight(7));

    [Fact]
    public void Two_seeds_post_something_else() => Assert.NotEqual(Fortnight(7), Fortnight(8));
}
