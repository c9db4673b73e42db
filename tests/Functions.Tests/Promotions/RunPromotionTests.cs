using Stockgate.Domain.Events;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Launch;
using Stockgate.Functions.Orchestrations;
using Stockgate.Platform.Promotions.Launch;

namespace Stockgate.Functions.Tests.Promotions;

/// <summary>The orchestration alone, replayed in every turn.</summary>
public class RunPromotionTests
{
    private static DrivenPromotion Started(PromotionState state = PromotionState.Scheduled)
    {
        var promotion = new DrivenPromotion(state);
        promotion.Start();
        return promotion;
    }

    private static int Last(DrivenPromotion promotion, string begins) =>
        promotion.Done.ToList().FindLastIndex(what => what.StartsWith(begins, StringComparison.Ordinal));

    private static int First(DrivenPromotion promotion, string begins) =>
        promotion.Done.ToList().FindIndex(what => what.StartsWith(begins, StringComparison.Ordinal));

    [Fact]
    public void Nothing_is_activated_before_the_start_nor_before_every_channel_is_prepared_in_whatever_order_they_confirm()
    {
        foreach (var slow in DrivenPromotion.Channels)
        {
            var promotion = new DrivenPromotion();
            promotion.Answer = (step, asked) =>
                asked > (step.Channel == slow ? 9 : step.Channel.Length % 3) ? StepProgress.Confirmed : StepProgress.Sent;
            promotion.Start();
            promotion.Until(PromotionState.Live);
            Assert.True(Last(promotion, "Prepare") < First(promotion, "Activate"), string.Join("; ", promotion.Done));
            Assert.All(DrivenPromotion.Channels, channel => Assert.Contains($"Prepare {channel} 1 confirmed", promotion.Done));
            Assert.All(DrivenPromotion.Channels, channel => Assert.Contains($"Activate {channel} 1 confirmed", promotion.Done));
            Assert.True(promotion.When(promotion.Done[First(promotion, "Activate")]) >= promotion.Record.Start);
            Assert.True(Last(promotion, "check") < First(promotion, "Activate"));
            Assert.DoesNotContain(
                promotion.Done,
                static what => what.StartsWith("raise", StringComparison.Ordinal) || what.StartsWith("Revert", StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public void A_channel_that_refuses_to_prepare_takes_all_of_them_back_and_nobody_is_activated()
    {
        var promotion = new DrivenPromotion()
        {
            Answer = static (step, asked) =>
                step is { Channel: "web", Step: LaunchStep.Prepare } ? StepProgress.Refused
                : asked > 0 ? StepProgress.Confirmed
                : StepProgress.Sent,
        };
        promotion.Start();
        promotion.Until(PromotionState.Cancelled);
        Assert.Equal(-1, First(promotion, "Activate"));
        // The exception is there before the first price goes back, and every price is back before it is over.
        Assert.True(promotion.IndexOf("raise promotion-rolled-back") < First(promotion, "Revert"));
        Assert.True(Last(promotion, "Revert") < promotion.IndexOf("move PricesRestored"));
        Assert.All(DrivenPromotion.Channels, channel => Assert.Contains($"Revert {channel} 1 confirmed", promotion.Done));
    }

    [Fact]
    public void A_channel_that_does_not_confirm_by_the_start_is_a_failure_like_one_that_refuses()
    {
        var promotion = new DrivenPromotion()
        {
            Answer = static (step, _) => step is { Channel: "pos", Step: LaunchStep.Prepare } ? StepProgress.Sent : StepProgress.Confirmed,
        };
        promotion.Start();
        promotion.Until(PromotionState.Cancelled);
        Assert.Equal(-1, First(promotion, "Activate"));
        Assert.True(promotion.When("raise promotion-rolled-back") >= promotion.Record.Start);
    }

    [Fact]
    public void A_channel_that_does_not_show_the_prices_takes_back_those_that_do()
    {
        var promotion = new DrivenPromotion()
        {
            Answer = static (step, _) => step is { Channel: "erp", Step: LaunchStep.Activate } ? StepProgress.Sent : StepProgress.Confirmed,
        };
        promotion.Start();
        promotion.Until(PromotionState.Cancelled);
        Assert.Contains("Activate web 1 confirmed", promotion.Done);
        Assert.True(Last(promotion, "Activate") < First(promotion, "Revert"));
        Assert.All(DrivenPromotion.Channels, channel => Assert.Contains($"Revert {channel} 1 confirmed", promotion.Done));
    }

    [Fact]
    public void A_regular_price_that_changes_meanwhile_makes_a_new_plan_and_that_one_is_activated()
    {
        var promotion = new DrivenPromotion();
        promotion.Checks.Enqueue(new LaunchCheck(PricesHold: false, null));
        promotion.Start();
        promotion.Until(PromotionState.Live);
        Assert.All(DrivenPromotion.Channels, channel => Assert.Contains($"Activate {channel} 2 confirmed", promotion.Done));
        Assert.DoesNotContain(
            promotion.Done,
            static what => what.StartsWith("Activate", StringComparison.Ordinal) && what.Contains(" 1", StringComparison.Ordinal)
        );
        Assert.Equal(2, promotion.Record.Plan);
    }

    [Fact]
    public void A_gate_that_turns_at_the_last_moment_drops_what_was_prepared_and_the_gates_begin_again()
    {
        var promotion = new DrivenPromotion();
        promotion.Checks.Enqueue(new LaunchCheck(true, "stock: it is gone."));
        promotion.Start();
        promotion.Until(PromotionState.Gating);
        Assert.True(Last(promotion, "Revert") < promotion.IndexOf("move GatesToRepeat"));
        Assert.All(DrivenPromotion.Channels, channel => Assert.Contains($"Revert {channel} 1 confirmed", promotion.Done));
        Assert.DoesNotContain(
            promotion.Done,
            static what => what.StartsWith("raise", StringComparison.Ordinal) || what.StartsWith("Activate", StringComparison.Ordinal)
        );
        Assert.Equal("stock: it is gone.", promotion.Record.Timeline[^1].Reason);
    }

    [Fact]
    public void A_rollback_goes_on_until_the_last_channel_has_confirmed_however_long_it_takes()
    {
        var promotion = Started(PromotionState.Scheduled);
        var mended = false;
        promotion.Answer = (step, _) =>
            step is { Channel: "web", Step: LaunchStep.Prepare } ? StepProgress.Refused
            : step is { Channel: "pos", Step: LaunchStep.Revert } && !mended ? StepProgress.Sent
            : StepProgress.Confirmed;
        promotion.Until(() => promotion.Done.Count(static what => what == "raise prices-not-restored") >= 3);
        Assert.Equal(PromotionState.RollingBack, promotion.Record.State);
        Assert.DoesNotContain("restored", promotion.Done);
        mended = true;
        promotion.Until(PromotionState.Cancelled);
        Assert.Equal(1, promotion.Done.Count(static what => what == "raise promotion-rolled-back"));
        Assert.Equal(1, promotion.Done.Count(static what => what == "restored"));
        Assert.True(
            promotion.IndexOf("Revert pos 1 confirmed") < promotion.IndexOf("restored")
                && promotion.IndexOf("restored") < promotion.IndexOf("move PricesRestored")
        );
    }

    [Fact]
    public void A_thousand_stock_events_in_a_minute_are_a_few_looks()
    {
        var promotion = Started(PromotionState.Gating);
        var looks = promotion.Looks;
        var end = promotion.Now.AddMinutes(1);
        while (promotion.Now < end)
        {
            for (var i = 0; i < 9; i++)
                promotion.Signal(Signal.Usual);
            var now = promotion.Now;
            promotion.Until(() => promotion.Now > now);
        }
        Assert.InRange(promotion.Looks - looks, 3, 8);
    }

    [Fact]
    public void The_first_event_is_looked_at_at_once_and_the_last_one_is_never_forgotten()
    {
        var promotion = Started(PromotionState.Gating);
        var looks = promotion.Looks;
        promotion.Signal(Signal.Usual);
        Assert.Equal(looks + 1, promotion.Looks);
        promotion.Signal(Signal.Usual);
        Assert.Equal(looks + 1, promotion.Looks);
        promotion.Until(() => promotion.Looks == looks + 2, TimeSpan.FromSeconds(21));
    }

    [Fact]
    public void What_a_person_did_is_looked_at_at_once_in_the_middle_of_a_storm()
    {
        var promotion = Started(PromotionState.Gating);
        for (var i = 0; i < 20; i++)
            promotion.Signal(Signal.Usual);
        promotion.Happened(PromotionEvent.Withdrawn);
        var looks = promotion.Looks;
        promotion.Signal(Signal.Urgent);
        Assert.True(promotion.Looks > looks);
    }

    [Fact]
    public void A_paused_promotion_is_put_back_once_and_prepared_and_activated_anew_when_it_is_resumed()
    {
        var promotion = Started();
        promotion.Until(PromotionState.Live);
        promotion.Happened(PromotionEvent.PausedByOperator);
        promotion.Signal();
        promotion.Until(() => promotion.Done.Contains("restored"));
        Assert.Equal(PromotionState.Paused, promotion.Record.State);
        Assert.All(DrivenPromotion.Channels, channel => Assert.Contains($"Revert {channel} 1 confirmed", promotion.Done));
        promotion.ToResume = true;
        promotion.Signal();
        promotion.Until(PromotionState.Live);
        Assert.True(Last(promotion, "Prepare") < First(promotion, "Activate erp 2"));
        Assert.All(
            DrivenPromotion.Channels,
            channel => Assert.True(promotion.IndexOf($"Activate {channel} 2 confirmed") < promotion.IndexOf("resumed"))
        );
        Assert.Equal(1, promotion.Done.Count(static what => what == "restored"));
    }

    [Fact]
    public void What_has_ended_is_put_back_before_anything_is_counted_and_waits_until_it_is_paid()
    {
        var promotion = Started();
        promotion.Until(PromotionState.Live);
        promotion.Happened(PromotionEvent.WindowEnded);
        promotion.Signal();
        promotion.Until(() => promotion.Done.Count(static what => what == "settle") >= 5);
        Assert.Equal(PromotionState.Ended, promotion.Record.State);
        Assert.True(Last(promotion, "Revert") < promotion.IndexOf("restored"));
        promotion.Settled = "Every claim is paid.";
        promotion.Signal();
        promotion.Until(PromotionState.Settled);
        Assert.Equal("Every claim is paid.", promotion.Record.Timeline[^1].Reason);
    }

    [Fact]
    public void A_whole_life_takes_few_activities_however_many_channels_there_are()
    {
        var promotion = Started();
        promotion.Until(PromotionState.Live);
        promotion.Happened(PromotionEvent.WindowEnded);
        promotion.Signal();
        promotion.Settled = "Every claim is paid.";
        promotion.Until(() => promotion.Done.Contains("restored"));
        promotion.Signal();
        promotion.Until(PromotionState.Settled);
        // An activity is about ten storage transactions.
        Assert.InRange(promotion.Activities, 10, 40);
    }

    [Fact]
    public void While_it_waits_for_its_gates_it_costs_nothing()
    {
        var promotion = Started(PromotionState.Gating);
        var activities = promotion.Activities;
        var until = promotion.Now.AddMinutes(4);
        promotion.Until(() => promotion.Now >= until);
        Assert.Equal(activities, promotion.Activities);
    }
}
