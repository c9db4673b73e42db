using Stockgate.Domain.Orders.Actions;

namespace Stockgate.Domain.Tests.Orders.Actions;

public class OrderActionRevisionTests
{
    private static readonly OrderEvent[] Begun = [Given.Placed(Given.Line(quantity: 2)), Given.Paid("P", 20)];

    private static string Revision(OrderDocument order, OrderActionRequest? request = null, params EarlierAction[] earlier) =>
        (request ?? Asked.Money(5)).Review(Asked.Facts(order, earlier)).Revision;

    public static TheoryData<string, object, bool> Said =>
        new()
        {
            { "a parcel left", Given.Shipped("S", Given.At("L1")), true },
            { "money went back", Given.Refunded("R", []) with { Adjustment = 1 }, true },
            { "a pick", Given.Picked("K", Given.At("L1")), true },
            { "a hold", Given.Held(), true },
            { "another address", Given.AddressChanged(Asked.Leeds), true },
            { "a substitute", Given.Substituted("X", "A", "B"), true },
            { "a cancellation", Given.Cancelled(), true },
            { "a payment", Given.Paid("Q", 1), true },
            { "an answer to another action", Given.Answered("other"), false },
            { "the same payment under another event", Given.Paid("P", 20), false },
            { "a posting of finance", Given.Posted("F", PostingKind.Sale, 20), false },
        };

    [Theory, MemberData(nameof(Said))]
    public void It_changes_with_what_a_person_sees_and_only_with_it(string what, object said, bool changes) =>
        Assert.True(changes == (Revision(Given.After(Begun)) != Revision(Given.After([.. Begun, (OrderEvent)said]))), what);

    [Fact]
    public void Another_request_or_another_promise_is_another_revision()
    {
        var order = Given.After(Begun);
        var (own, other) = (Revision(order), Asked.Earlier("a", Asked.Money(3), 3));
        Assert.NotEqual(own, Revision(order, Asked.Money(6)));
        Assert.NotEqual(own, Revision(order, null, other));
        Assert.Equal(Revision(order, null, other), Revision(order, null, other with { State = EarlierActionState.Executed }));
        Assert.Equal(
            Revision(order, null, other, Asked.Earlier("b", Asked.Money(1), 1)),
            Revision(order, null, Asked.Earlier("b", Asked.Money(1), 1), other)
        );
    }

    [Fact]
    public void Time_alone_changes_nothing()
    {
        var facts = Asked.Facts(Given.After(Begun));
        Assert.Equal(Asked.Money(5).Review(facts).Revision, Asked.Money(5).Review(facts with { Now = facts.Now.AddDays(3) }).Revision);
    }
}
