using Microsoft.DurableTask;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Launch;
using Stockgate.Platform.Promotions;

namespace Stockgate.Functions.Tests.Promotions;

/// <summary>The orchestration alone, with and without a replay of every turn.</summary>
public class RunPromotionTests
{
    public static TheoryData<bool> Ways => [false, true];

    private static async Task<DrivenPromotion> StartedAsync(bool replayEveryTurn, PromotionState state = PromotionState.Scheduled)
    {
        var promotion = new DrivenPromotion(replayEveryTurn, state);
        await promotion.StartAsync();
        return promotion;
    }

    private static int Last(DrivenPromotion promotion, string begins) => promotion.Done.ToList().FindLastIndex(what => what.StartsWith(begins, StringComparison.Ordinal));

    private static int First(DrivenPromotion promotion, string begins) => promotion.Done.ToList().FindIndex(what => what.StartsWith(begins, StringComparison.Ordinal));

    [Theory, MemberData(nameof(Ways))]
    public async Task Nothing_is_activated_before_the_start_nor_before_every_channel_is_prepared_in_whatever_order_they_confirm(bool replayEveryTurn)
    {
        foreach (var slow in DrivenPromotion.Channels)
        {
            await using var promotion = new DrivenPromotion(replayEveryTurn);
            promotion.Answer = (step, asked) => asked > (step.Channel == slow ? 9 : step.Channel.Length % 3) ? StepProgress.Confirmed : StepProgress.Sent;
            await promotion.StartAsync();
            await promotion.UntilAsync(PromotionState.Live);
            Assert.True(Last(promotion, "Prepare") < First(promotion, "Activate"), string.Join("; ", promotion.Done));
            Assert.All(DrivenPromotion.Channels, channel => Assert.Contains($"Prepare {channel} 1 confirmed", promotion.Done));
            Assert.All(DrivenPromotion.Channels, channel => Assert.Contains($"Activate {channel} 1 confirmed", promotion.Done));
            Assert.True(promotion.When(promotion.Done[First(promotion, "Activate")]) >= promotion.Record.Start);
            Assert.True(Last(promotion, "check") < First(promotion, "Activate"));
            Assert.DoesNotContain(promotion.Done, static what => what.StartsWith("raise", StringComparison.Ordinal) || what.StartsWith("Revert", StringComparison.Ordinal));
        }
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_channel_that_refuses_to_prepare_takes_all_of_them_back_and_nobody_is_activated(bool replayEveryTurn)
    {
        await using var promotion = new DrivenPromotion(replayEveryTurn) { Answer = static (step, asked) => step is { Channel: "web", Step: LaunchStep.Prepare } ? StepProgress.Refused : asked > 0 ? StepProgress.Confirmed : StepProgress.Sent };
        await promotion.StartAsync();
        await promotion.UntilAsync(PromotionState.Cancelled);
        Assert.Equal(-1, First(promotion, "Activate"));
        // The exception is there before the first price goes back, and every price is back before it is over.
        Assert.True(promotion.IndexOf("raise promotion-rolled-back") < First(promotion, "Revert"));
        Assert.True(Last(promotion, "Revert") < promotion.IndexOf("move PricesRestored"));
        Assert.All(DrivenPromotion.Channels, channel => Assert.Contains($"Revert {channel} 1 confirmed", promotion.Done));
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_channel_that_does_not_confirm_by_the_start_is_a_failure_like_one_that_refuses(bool replayEveryTurn)
    {
        await using var promotion = new DrivenPromotion(replayEveryTurn) { Answer = static (step, _) => step is { Channel: "pos", Step: LaunchStep.Prepare } ? StepProgress.Sent : StepProgress.Confirmed };
        await promotion.StartAsync();
        await promotion.UntilAsync(PromotionState.Cancelled);
        Assert.Equal(-1, First(promotion, "Activate"));
        Assert.True(promotion.When("raise promotion-rolled-back") >= promotion.Record.Start);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_channel_that_does_not_show_the_prices_takes_back_those_that_do(bool replayEveryTurn)
    {
        await using var promotion = new DrivenPromotion(replayEveryTurn) { Answer = static (step, _) => step is { Channel: "erp", Step: LaunchStep.Activate } ? StepProgress.Sent : StepProgress.Confirmed };
        await promotion.StartAsync();
        await promotion.UntilAsync(PromotionState.Cancelled);
        Assert.Contains("Activate web 1 confirmed", promotion.Done);
        Assert.True(Last(promotion, "Activate") < First(promotion, "Revert"));
        Assert.All(DrivenPromotion.Channels, channel => Assert.Contains($"Revert {channel} 1 confirmed", promotion.Done));
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_regular_price_that_changes_meanwhile_makes_a_new_plan_and_that_one_is_activated(bool replayEveryTurn)
    {
        await using var promotion = new DrivenPromotion(replayEveryTurn);
        promotion.Checks.Enqueue(new LaunchCheck(PricesHold: false, null));
        await promotion.StartAsync();
        await promotion.UntilAsync(PromotionState.Live);
        Assert.All(DrivenPromotion.Channels, channel => Assert.Contains($"Activate {channel} 2 confirmed", promotion.Done));
        Assert.DoesNotContain(promotion.Done, static what => what.StartsWith("Activate", StringComparison.Ordinal) && what.Contains(" 1", StringComparison.Ordinal));
        Assert.Equal(2, promotion.Record.Plan);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_gate_that_turns_at_the_last_moment_drops_what_was_prepared_and_the_gates_begin_again(bool replayEveryTurn)
    {
        await using var promotion = new DrivenPromotion(replayEveryTurn);
        promotion.Checks.Enqueue(new LaunchCheck(true, "stock: it is gone."));
        await promotion.StartAsync();
        await promotion.UntilAsync(PromotionState.Gating);
        Assert.True(Last(promotion, "Revert") < promotion.IndexOf("move GatesToRepeat"));
        Assert.All(DrivenPromotion.Channels, channel => Assert.Contains($"Revert {channel} 1 confirmed", promotion.Done));
        Assert.DoesNotContain(promotion.Done, static what => what.StartsWith("raise", StringComparison.Ordinal) || what.StartsWith("Activate", StringComparison.Ordinal));
        Assert.Equal("stock: it is gone.", promotion.Record.Timeline[^1].Reason);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_rollback_goes_on_until_the_last_channel_has_confirmed_however_long_it_takes(bool replayEveryTurn)
    {
        await using var promotion = await StartedAsync(replayEveryTurn, PromotionState.Scheduled);
        var mended = false;
        promotion.Answer = (step, _) => step is { Channel: "web", Step: LaunchStep.Prepare } ? StepProgress.Refused : step is { Channel: "pos", Step: LaunchStep.Revert } && !Volatile.Read(ref mended) ? StepProgress.Sent : StepProgress.Confirmed;
        await promotion.UntilAsync(() => promotion.Done.Count(static what => what == "raise prices-not-restored") >= 3);
        Assert.Equal(PromotionState.RollingBack, promotion.Record.State);
        Assert.DoesNotContain("restored", promotion.Done);
        Volatile.Write(ref mended, true);
        await promotion.UntilAsync(PromotionState.Cancelled);
        Assert.Equal(1, promotion.Done.Count(static what => what == "raise promotion-rolled-back"));
        Assert.Equal(1, promotion.Done.Count(static what => what == "restored"));
        Assert.True(promotion.IndexOf("Revert pos 1 confirmed") < promotion.IndexOf("restored") && promotion.IndexOf("restored") < promotion.IndexOf("move PricesRestored"));
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_thousand_signals_are_a_few_looks(bool replayEveryTurn)
    {
        await using var promotion = await StartedAsync(replayEveryTurn, PromotionState.Gating);
        await promotion.UntilAsync(() => promotion.Looks > 0);
        await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => promotion.SignalAsync()));
        var before = promotion.Looks;
        // One more shows that the others are behind it.
        await promotion.SignalAsync();
        await promotion.UntilAsync(() => promotion.Looks > before);
        Assert.InRange(promotion.Looks, 2, 250);
        Assert.Equal(PromotionState.Gating, promotion.Record.State);
        promotion.Happened(PromotionEvent.Withdrawn);
        await promotion.SignalAsync();
        var looks = promotion.Looks;
        await promotion.UntilAsync(() => promotion.Looks > looks);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_paused_promotion_is_put_back_once_and_prepared_and_activated_anew_when_it_is_resumed(bool replayEveryTurn)
    {
        await using var promotion = await StartedAsync(replayEveryTurn);
        await promotion.UntilAsync(PromotionState.Live);
        promotion.Happened(PromotionEvent.PausedByOperator);
        await promotion.SignalAsync();
        await promotion.UntilAsync(() => promotion.Done.Contains("restored"));
        Assert.Equal(PromotionState.Paused, promotion.Record.State);
        Assert.All(DrivenPromotion.Channels, channel => Assert.Contains($"Revert {channel} 1 confirmed", promotion.Done));
        promotion.ToResume = true;
        await promotion.SignalAsync();
        await promotion.UntilAsync(PromotionState.Live);
        Assert.True(Last(promotion, "Prepare") < First(promotion, "Activate erp 2"));
        Assert.All(DrivenPromotion.Channels, channel => Assert.True(promotion.IndexOf($"Activate {channel} 2 confirmed") < promotion.IndexOf("resumed")));
        Assert.Equal(1, promotion.Done.Count(static what => what == "restored"));
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task What_has_ended_is_put_back_before_anything_is_counted_and_waits_until_it_is_paid(bool replayEveryTurn)
    {
        await using var promotion = await StartedAsync(replayEveryTurn);
        await promotion.UntilAsync(PromotionState.Live);
        promotion.Happened(PromotionEvent.WindowEnded);
        await promotion.SignalAsync();
        await promotion.UntilAsync(() => promotion.Done.Count(static what => what == "settle") >= 5);
        Assert.Equal(PromotionState.Ended, promotion.Record.State);
        Assert.True(Last(promotion, "Revert") < promotion.IndexOf("restored"));
        promotion.Settled = "Every claim is paid.";
        await promotion.SignalAsync();
        await promotion.UntilAsync(PromotionState.Settled);
        Assert.Equal("Every claim is paid.", promotion.Record.Timeline[^1].Reason);
    }
}
