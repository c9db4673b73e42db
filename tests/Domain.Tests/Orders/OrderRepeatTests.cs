namespace Stockgate.Domain.Tests.Orders;

public class OrderRepeatTests
{
    [Fact]
    public void Every_event_of_a_history_repeated_is_no_conflict() =>
        Prop.ForAll<int>(seed =>
            {
                var history = OrderHistory.Of(seed);
                var order = history.Aggregate(new OrderDocument { OrderId = Given.Order }, static (o, e) => o.Apply(e.Header, e.Said));
                return history.All(e => !order.IsContradictedBy(e.Header, e.Said));
            })
            .QuickCheckThrowOnFailure();

    [Fact]
    public void The_id_of_an_event_with_other_words_another_time_or_another_kind_is_a_conflict()
    {
        var order = new OrderDocument { OrderId = Given.Order }
            .Apply(Given.Header("o"), Given.Placed())
            .Apply(Given.Header("s"), Given.Shipped("S1", Given.At("L1")));
        Assert.True(order.IsContradictedBy(Given.Header("o"), Given.Placed(Given.Line("A", 2))));
        Assert.True(order.IsContradictedBy(Given.Header("o", Given.Now.AddSeconds(1)), Given.Placed()));
        Assert.True(order.IsContradictedBy(Given.Header("s"), Given.Cancelled()));
        Assert.False(order.IsContradictedBy(Given.Header("o"), Given.Placed()));
        Assert.False(order.IsContradictedBy(Given.Header("new"), Given.Placed(Given.Line("A", 2))));
    }
}
