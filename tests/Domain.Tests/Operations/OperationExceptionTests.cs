namespace Stockgate.Domain.Tests.Operations;

public class OperationExceptionTests
{
    private static OperationException Failed(int minute = 0) =>
        new()
        {
            Type = "record-quarantined",
            Subject = "channel web",
            Failure = "lines[].sku",
            RecommendedAction = "look",
            Owner = "integration",
            Sla = TimeSpan.FromHours(4),
            FirstSeenAt = Given.Now.AddMinutes(minute),
            LastSeenAt = Given.Now.AddMinutes(minute),
            ExposedUnits = 2,
            ExposedMoney = 10,
            Currency = Given.Gbp,
        };

    [Fact]
    public void The_first_time_stands_as_it_is() => Assert.Equal(Failed(), Failed().AddedTo(null));

    [Fact]
    public void The_same_failure_again_counts()
    {
        var sum = (Failed(5) with { Count = 3 }).AddedTo(Failed());
        Assert.Equal((4, 4m, 20m), (sum.Count, sum.ExposedUnits, sum.ExposedMoney));
        Assert.Equal((Given.Now, Given.Now.AddMinutes(5)), (sum.FirstSeenAt, sum.LastSeenAt));
        Assert.Equal(Given.Now.AddHours(4), sum.DueAt);
        Assert.Null(sum.ResolvedAt);
    }

    [Fact]
    public void One_that_arrives_late_moves_the_first_time_and_not_the_last()
    {
        var sum = Failed(-5).AddedTo(Failed());
        Assert.Equal((Given.Now.AddMinutes(-5), Given.Now), (sum.FirstSeenAt, sum.LastSeenAt));
    }

    [Fact]
    public void After_it_was_resolved_it_opens_anew_and_has_the_whole_time()
    {
        var again = Failed(60).AddedTo(Failed() with { Count = 9, ResolvedAt = Given.Now.AddMinutes(30) });
        Assert.Equal(1, again.Count);
        Assert.Null(again.ResolvedAt);
        Assert.Equal(Given.Now.AddMinutes(60) + TimeSpan.FromHours(4), again.DueAt);
    }

    [Fact]
    public void Money_of_two_currencies_is_never_summed()
    {
        var sum = (Failed(1) with { Currency = Given.Eur, ExposedMoney = 7 }).AddedTo(Failed());
        Assert.Equal((7m, (Currency?)Given.Eur), (sum.ExposedMoney, sum.Currency));
    }

    [Fact]
    public void A_time_without_money_takes_none_away()
    {
        var sum = (Failed(1) with { Currency = null, ExposedMoney = 0 }).AddedTo(Failed());
        Assert.Equal((10m, (Currency?)Given.Gbp), (sum.ExposedMoney, sum.Currency));
        Assert.Equal(
            (10m, (Currency?)Given.Gbp),
            (
                Failed(1).AddedTo(Failed() with { Currency = null, ExposedMoney = 0 }) is var back
                    ? (back.ExposedMoney, back.Currency)
                    : default
            )
        );
    }

    [Fact]
    public void Type_subject_and_failure_make_it_the_same_one()
    {
        Assert.Equal(
            Failed().Fingerprint,
            (Failed(9) with { Count = 5, ExposedMoney = 1, Owner = "x", RecommendedAction = "y", ResolvedAt = Given.Now }).Fingerprint
        );
        Assert.NotEqual(Failed().Fingerprint, (Failed() with { Type = "x" }).Fingerprint);
        Assert.NotEqual(Failed().Fingerprint, (Failed() with { Subject = "channel pos" }).Fingerprint);
        Assert.NotEqual(Failed().Fingerprint, (Failed() with { Failure = "x" }).Fingerprint);
        Assert.Matches("^[0-9a-f]{32}$", Failed().Fingerprint);
    }
}
