using System.Text.Json;
using Stockgate.Domain.Promotions;

namespace Stockgate.Domain.Tests.Promotions;

public class PromotionTests
{
    private static readonly PromotionState[] Final = [PromotionState.Settled, PromotionState.Cancelled, PromotionState.Refused];

    private static Promotion In(PromotionState state, bool sold = false) =>
        new()
        {
            Id = new PromotionId("P1"),
            Request = Offer.Request(),
            State = state,
            Sold = sold,
        };

    private static Promotion After(params PromotionEvent[] events) =>
        events.Aggregate(
            In(PromotionState.Draft),
            static (p, e) =>
            {
                var verdict = p.Apply(e, "because", "Mia Hart", Given.Now);
                Assert.True(verdict.Accepted, verdict.Reason);
                return verdict.Promotion;
            }
        );

    [Fact]
    public void A_promotion_that_goes_well()
    {
        var promotion = After(
            PromotionEvent.Submitted,
            PromotionEvent.ApprovalNeeded,
            PromotionEvent.Approved,
            PromotionEvent.LaunchDue,
            PromotionEvent.ChannelsReady,
            PromotionEvent.PausedByOperator,
            PromotionEvent.Resumed,
            PromotionEvent.WindowEnded,
            PromotionEvent.FundingSettled
        );
        Assert.Equal((PromotionState.Settled, 10L), (promotion.State, promotion.Revision));
        Assert.Equal(
            new PromotionTransition(
                PromotionState.Ended,
                PromotionEvent.FundingSettled,
                PromotionState.Settled,
                10,
                "because",
                "Mia Hart",
                Given.Now
            ),
            promotion.Last
        );
    }

    [Fact]
    public void What_was_never_live_is_cancelled_once_its_prices_are_back() =>
        Assert.Equal(
            PromotionState.Cancelled,
            After(
                PromotionEvent.Submitted,
                PromotionEvent.GatesGreen,
                PromotionEvent.LaunchDue,
                PromotionEvent.ChannelFailed,
                PromotionEvent.PricesRestored
            ).State
        );

    [Fact]
    public void What_was_live_for_a_minute_is_settled() =>
        Assert.Equal(
            PromotionState.Ended,
            After(
                PromotionEvent.Submitted,
                PromotionEvent.GatesGreen,
                PromotionEvent.LaunchDue,
                PromotionEvent.ChannelsReady,
                PromotionEvent.ChannelFailed,
                PromotionEvent.PricesRestored
            ).State
        );

    [Fact]
    public void An_event_out_of_place_is_answered_and_changes_nothing()
    {
        var draft = In(PromotionState.Draft);
        var verdict = draft.Apply(PromotionEvent.ChannelsReady, "because", "Mia Hart", Given.Now);
        Assert.Equal((false, draft, null), (verdict.Accepted, verdict.Promotion, verdict.Transition));
        Assert.Equal("ChannelsReady has no effect while the promotion is Draft; possible events are Submitted, Withdrawn", verdict.Reason);
        Assert.EndsWith(
            "no event has an effect any more",
            In(PromotionState.Refused).Apply(PromotionEvent.Approved, "because", "Mia Hart", Given.Now).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_event_that_comes_twice_counts_once()
    {
        var paused = In(PromotionState.Live, sold: true)
            .Apply(PromotionEvent.PausedByOperator, "wrong picture", "Mia Hart", Given.Now)
            .Promotion;
        Assert.Same(paused, paused.Apply(PromotionEvent.PausedByOperator, "wrong picture", "Mia Hart", Given.Now).Promotion);
    }

    [Theory]
    [InlineData("", "Mia Hart")]
    [InlineData("because", " ")]
    public void Every_transition_has_a_reason_and_a_name(string reason, string by) =>
        Assert.False(In(PromotionState.Draft).Apply(PromotionEvent.Submitted, reason, by, Given.Now).Accepted);

    [Fact]
    public void At_most_one_route_fits()
    {
        foreach (var sold in new[] { true, false })
            Assert.DoesNotContain(
                PromotionRoute.All.Where(r => r.IfSold is null || r.IfSold == sold).CountBy(static r => (r.From, r.On)),
                static c => c.Value > 1
            );
    }

    [Fact]
    public void Live_is_entered_from_preparing_and_paused_only() =>
        Assert.Equal(
            [PromotionState.Preparing, PromotionState.Paused],
            PromotionRoute.All.Where(static r => r.To == PromotionState.Live).Select(static r => r.From)
        );

    [Fact]
    public void Every_state_can_be_come_to_and_all_but_the_final_ones_left()
    {
        Assert.Equal(
            Enum.GetValues<PromotionState>().Except(Final).Order(),
            PromotionRoute.All.Select(static r => r.From).Distinct().Order()
        );
        Assert.Equal(
            Enum.GetValues<PromotionState>().Where(static s => s != PromotionState.Draft),
            Reachable(PromotionState.Draft).Where(static s => s != PromotionState.Draft).Order()
        );
        Assert.Equal(Enum.GetValues<PromotionEvent>().Order(), PromotionRoute.All.Select(static r => r.On).Distinct().Order());
    }

    [Fact]
    public void Every_state_leads_to_a_final_one() =>
        Assert.All(Enum.GetValues<PromotionState>(), static state => Assert.NotEmpty(Reachable(state).Intersect(Final)));

    [Fact]
    public void Whatever_happens_the_state_is_reachable_and_the_revision_grows() =>
        Prop.ForAll(
                (
                    from state in Gen.Elements(Enum.GetValues<PromotionState>())
                    from sold in Gen.Elements(true, false)
                    from events in Gen.Elements(Enum.GetValues<PromotionEvent>()).ListOf()
                    select (state, sold, events)
                ).ToArbitrary(),
                static x =>
                {
                    var (promotion, reachable) = (In(x.state, x.sold), Reachable(x.state));
                    foreach (var happened in x.events)
                    {
                        var verdict = promotion.Apply(happened, "because", "Mia Hart", Given.Now);
                        var next = verdict.Promotion;
                        if (
                            next.Revision != promotion.Revision + (verdict.Accepted ? 1 : 0)
                            || !reachable.Contains(next.State)
                            || (promotion.Sold && !next.Sold)
                        )
                            return false;
                        if (!verdict.Accepted && !ReferenceEquals(next, promotion))
                            return false;
                        if (
                            next.State == PromotionState.Live
                            && promotion.State is not (PromotionState.Live or PromotionState.Preparing or PromotionState.Paused)
                        )
                            return false;
                        promotion = next;
                    }
                    return true;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void A_promotion_survives_json()
    {
        var promotion = After(PromotionEvent.Submitted, PromotionEvent.GatesGreen);
        var json = JsonSerializer.Serialize(promotion, PromotionsJson.Default.Promotion);
        Assert.Contains("\"state\":\"Scheduled\"", json, StringComparison.Ordinal);
        Assert.Equal(
            json,
            JsonSerializer.Serialize(JsonSerializer.Deserialize(json, PromotionsJson.Default.Promotion)!, PromotionsJson.Default.Promotion)
        );
    }

    private static HashSet<PromotionState> Reachable(PromotionState from)
    {
        var found = new HashSet<PromotionState> { from };
        while (PromotionRoute.All.Where(r => found.Contains(r.From)).Select(static r => r.To).Where(found.Add).ToList().Count > 0) { }
        return found;
    }
}
