namespace Stockgate.Domain.Tests.Primitives;

public class BucketTests
{
    // Deployed tables are cut by these: a change of the hash would look for every entity elsewhere.
    [Theory]
    [InlineData("85123A", 52)]
    [InlineData("22423", 13)]
    [InlineData("536365", 31)]
    [InlineData("", 1)]
    [InlineData("Größe-中文", 22)]
    public void A_bucket_never_changes(string entity, int number) => Assert.Equal(number, Bucket.Of(entity, 64).Number);

    [Fact]
    public void Ten_thousand_skus_spread_evenly_over_64_buckets()
    {
        var sizes = new int[64];
        for (var i = 0; i < 10_000; i++)
            sizes[Bucket.Of(new Sku($"{20_000 + i / 4}{"\0ABC"[i % 4]}".TrimEnd('\0')), 64).Number]++;
        Assert.All(sizes, size => Assert.InRange(size, 100, 220)); // 156 on average, deviation 12.4
    }

    [Fact]
    public void Consecutive_order_numbers_spread_evenly_too()
    {
        var sizes = new int[64];
        for (var i = 0; i < 10_000; i++)
            sizes[Bucket.Of(new OrderId($"{536_365 + i}"), 64).Number]++;
        Assert.All(sizes, size => Assert.InRange(size, 100, 220));
    }

    [Fact]
    public void A_bucket_is_within_its_count() =>
        Prop.ForAll<NonNull<string>, PositiveInt>(
                (text, count) => Bucket.Of(text.Get, count.Get).Number is var n && n >= 0 && n < count.Get
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Texts_longer_than_an_id_hash_too() =>
        Assert.Equal(Bucket.Of(new string('é', 500), 64), Bucket.Of(new string('é', 500), 64));

    [Fact]
    public void The_longest_id_of_three_byte_characters_fits() => Assert.InRange(Bucket.Of(new string('中', 128), 64).Number, 0, 63);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void There_is_at_least_one_bucket(int count) => Assert.Throws<ArgumentOutOfRangeException>(() => Bucket.Of("A", count));

    [Fact]
    public void Keys_sort_as_numbers()
    {
        Assert.Equal("0007", new Bucket(7).Key);
        Assert.Equal("0063", new Bucket(63).ToString());
    }

    [Fact]
    public void Events_of_one_thing_share_a_bucket()
    {
        Assert.Equal(Given.Placed().BucketIn(64), Given.Cancelled().BucketIn(64));
        Assert.Equal(Bucket.Of("1001", 64), Given.Placed().BucketIn(64));
    }
}
