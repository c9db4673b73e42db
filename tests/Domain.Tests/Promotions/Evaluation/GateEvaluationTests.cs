using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Evaluation;
using Stockgate.Domain.Promotions.Gates;
using Stockgate.Domain.Tests.Promotions.Gates;
using static Stockgate.Domain.Tests.Promotions.Evaluation.Ready;

namespace Stockgate.Domain.Tests.Promotions.Evaluation;

/// <summary>One thing is wrong in each: the gate that is about it turns, says what to do, and no other does.</summary>
public class GateEvaluationTests
{
    private static GateVerdict Turned(PromotionFacts facts, string gate, GateState state, params string[] says)
    {
        var board = GateEvaluation.Judge(facts).Board;
        Assert.All(board.Verdicts, static v => v.Sound());
        Assert.True(board.Open.Select(static v => v.Gate).SequenceEqual([gate]), string.Join("\n", board.Explain()));
        Assert.False(board.MayLaunch);
        var verdict = board.Open[0];
        verdict.Is(state);
        Assert.All(says, text => Assert.Contains(text, $"{verdict.Reason} {verdict.TurnsGreen}", StringComparison.Ordinal));
        return verdict;
    }

    private static void Green(PromotionFacts facts) =>
        Assert.True(
            GateEvaluation.Judge(facts).Board is { MayLaunch: true } board,
            string.Join("\n", GateEvaluation.Judge(facts).Board.Explain())
        );

    private static PromotionFacts Policed(PromotionPolicy policy) => Facts() with { Policy = policy };

    private static PromotionFacts Item0(ItemFact item) => Facts() with { Items = [item, Item(B)] };

    [Fact]
    public void With_everything_in_order_all_fourteen_are_green()
    {
        var board = GateEvaluation.Judge(Facts()).Board;
        Assert.True(board.MayLaunch, string.Join("\n", board.Explain()));
        Assert.Equal(GateNames.All, board.Verdicts.Select(static v => v.Gate));
        Assert.Equal((Id, 2, Now), (board.Promotion, board.Revision, board.At));
    }

    [Fact]
    public void An_item_without_a_price_holds_it() =>
        Turned(Item0(Item(A) with { Prices = [] }), GateNames.Eligibility, GateState.Red, "A (no regular price)", "Remove these items");

    [Fact]
    public void A_price_in_one_channel_alone_is_no_price_for_the_other() =>
        Turned(Item0(Item(A, Price(10, Web))), GateNames.Eligibility, GateState.Red, "A (no regular price)");

    [Fact]
    public void A_price_in_another_currency_is_none() =>
        Turned(Item0(Item(A, Price(10, currency: "EUR"))), GateNames.Eligibility, GateState.Red, "A (no regular price)");

    [Theory]
    [
        InlineData("recalled"),
        InlineData("not in the catalog"),
        InlineData("not active"),
        InlineData("excluded"),
        InlineData("excluded by category")
    ]
    public void An_item_that_must_not_be_promoted_holds_it(string why)
    {
        var facts = why switch
        {
            "recalled" => Policed(Policy with { RecalledItems = new HashSet<Sku> { A } }),
            "not in the catalog" => Item0(Item(A) with { Known = false }),
            "not active" => Item0(Item(A) with { Active = false }),
            "excluded" => Policed(Policy with { ExcludedItems = new HashSet<Sku> { A } }),
            _ => Item0(Item(A) with { Category = "knives" }) with
            {
                Policy = Policy with { ExcludedCategories = new HashSet<string> { "knives" } },
            },
        };
        Turned(facts, GateNames.Eligibility, GateState.Red, $"A ({why.Split(" by ")[0]})");
    }

    [Fact]
    public void A_channel_that_was_told_too_late_holds_it() =>
        Turned(
            Facts() with
            {
                Channels = [Channel(Web), Channel(Tills) with { LeadTime = TimeSpan.FromDays(4) }],
            },
            GateNames.Window,
            GateState.Red,
            "tills needs 96 h",
            "remove tills"
        );

    [Fact]
    public void A_blackout_holds_it() =>
        Turned(
            Policed(Policy with { Blackouts = [new Blackout("stocktaking", Start.AddDays(1), Start.AddDays(2), "the settings")] }),
            GateNames.Window,
            GateState.Red,
            "stocktaking",
            "Move the window"
        );

    [Fact]
    public void Another_promotion_on_its_item_holds_it()
    {
        var other = new PromotionScope(new("spring"), [B], [Web], [South], Start.AddDays(6), End.AddDays(9), StackingRule.Exclusive, 500);
        Assert.Contains(
            "spring",
            Turned(
                Facts() with
                {
                    Others = [new OtherPromotion(other, OtherPromotionState.Submitted, Now)],
                },
                GateNames.Conflicts,
                GateState.Red
            ).Reason,
            StringComparison.Ordinal
        );
        Green(Facts() with { Others = [new OtherPromotion(other with { Start = End }, OtherPromotionState.Live, Now)] });
        Green(Facts() with { Others = [new OtherPromotion(other with { Items = [new Sku("C")] }, OtherPromotionState.Live, Now)] });
    }

    [Fact]
    public void A_price_below_its_floor_holds_it()
    {
        Turned(
            Policed(Policy with { Floors = new Dictionary<Sku, decimal> { [A] = 8.01m } }),
            GateNames.PriceFloor,
            GateState.Red,
            "8.01",
            "Raise these prices"
        );
        Turned(Policed(Policy with { FloorPercentOfCost = 161 }), GateNames.PriceFloor, GateState.Red, "A at", "B at", "8.05");
        Green(
            Policed(
                Policy with
                {
                    FloorPercentOfCost = 160,
                    Floors = new Dictionary<Sku, decimal> { [A] = 8 },
                }
            )
        );
    }

    [Fact]
    public void A_thin_margin_holds_it_and_an_unknown_cost_does_not_pass_for_a_good_one()
    {
        Turned(Item0(Item(A) with { UnitCost = Offer.In(9) }), GateNames.Margin, GateState.Red, "A");
        Turned(Item0(Item(A) with { UnitCost = null }), GateNames.Margin, GateState.Amber, "is not known: A", "State the cost");
        Turned(Item0(Item(A) with { UnitCost = Offer.In(5, "EUR") }), GateNames.Margin, GateState.Red, "A", "GBP");
    }

    [Fact]
    public void The_margin_is_taken_on_the_lowest_price_of_any_region() =>
        Turned(Item0(Item(A, Price(10), Price(5, region: South))), GateNames.Margin, GateState.Red, "A");

    [Fact]
    public void Funding_that_nobody_confirmed_waits_and_is_red_near_the_start()
    {
        var unconfirmed = Facts().Without<FundingConfirmed>();
        Turned(unconfirmed, GateNames.Funding, GateState.Amber, "A by acme", "Have the suppliers confirm by");
        Turned(
            unconfirmed with
            {
                Policy = Policy with { FundingRedBefore = TimeSpan.FromDays(3) },
            },
            GateNames.Funding,
            GateState.Red,
            "72 h are left",
            "remove the items"
        );
    }

    [Fact]
    public void Funding_confirmed_for_fewer_units_than_are_expected_holds_it()
    {
        // 2 items × 2 regions × 98 units are expected.
        PromotionFacts Confirmed(decimal? units) =>
            Facts()
                .With(
                    new FundingConfirmed
                    {
                        Promotion = Id,
                        Supplier = new("acme"),
                        Reference = "AG-1",
                        Units = units is { } u ? new Quantity(u) : null,
                    }
                );
        Turned(Confirmed(391), GateNames.Funding, GateState.Red, "2 items not funded in full", "expect fewer");
        Green(Confirmed(392));
        Green(Confirmed(null));
    }

    [Fact]
    public void A_cap_of_the_agreement_holds_against_a_larger_confirmation() =>
        Turned(
            Facts() with
            {
                Terms = Terms with { Request = Terms.Request with { Funding = [Offer.Agreement(units: 100)] } },
            },
            GateNames.Funding,
            GateState.Red,
            "not funded in full"
        );

    [Fact]
    public void Old_stock_figures_hold_it_with_their_age()
    {
        var verdict = Turned(
            Facts() with
            {
                Stock = Grid(200, 0, Now.AddHours(-5)),
            },
            GateNames.Freshness,
            GateState.Amber,
            "A at S1 (5 h old, limit 4 h)",
            "Have these locations report a newer figure"
        );
        Assert.Contains(verdict.Seen, static s => s.Age == TimeSpan.FromHours(5));
    }

    [Fact]
    public void Approval_is_for_these_terms_by_another_person_and_a_no_is_a_no()
    {
        var yes = Facts().Approvals[0];
        Turned(Facts() with { Approvals = [] }, GateNames.Approval, GateState.Amber, "finance");
        Turned(Facts() with { Approvals = [yes with { Revision = 1 }] }, GateNames.Approval, GateState.Amber, "finance");
        Turned(
            Facts() with
            {
                Approvals = [yes, yes with { Approved = false, At = Now }],
            },
            GateNames.Approval,
            GateState.Red,
            "finn refused as finance",
            "ask finance again"
        );
        Assert.False(GateEvaluation.Judge(Facts() with { Approvals = [yes with { By = "mia" }] }).Board.MayLaunch);
    }

    [Fact]
    public void Without_a_matrix_in_its_currency_nobody_can_approve_it() =>
        Turned(
            Policed(Policy with { Approvals = [] }),
            GateNames.Approval,
            GateState.Red,
            "exceeds the largest row of the approval matrix",
            "add a row"
        );

    [Fact]
    public void A_store_that_has_not_done_its_task_holds_it_and_so_does_one_that_took_it_up_again()
    {
        var open = Facts() with
        {
            Reports = [.. Words.Where(static w => w.Said is not StoreTaskReported { Store.Value: "S2", Task: "signage" })],
        };
        Turned(open, GateNames.Stores, GateState.Amber, "S2 (1 task)", "finish their open tasks");
        Turned(
            Facts()
                .With(
                    new StoreTaskReported
                    {
                        Promotion = Id,
                        Store = new("S1"),
                        Task = "labour",
                        Done = false,
                    }
                ),
            GateNames.Stores,
            GateState.Amber,
            "S1 (1 task)"
        );
        Turned(
            open with
            {
                Policy = Policy with { StoreTaskLead = TimeSpan.FromDays(4) },
                Channels = [.. open.Channels.Select(static c => c with { AnnouncedAt = Now.AddDays(-2) })],
            },
            GateNames.Stores,
            GateState.Red,
            "past due",
            "remove them"
        );
    }

    [Fact]
    public void Stores_that_were_told_late_have_until_the_start()
    {
        var late = Facts() with
        {
            Policy = Policy with { StoreTaskLead = TimeSpan.FromDays(4) },
            Reports = [.. Words.Where(static w => w.Said is not StoreTaskReported)],
        };
        Turned(late, GateNames.Stores, GateState.Amber, "4 tasks open and not yet due");
    }

    [Fact]
    public void Readiness_counts_from_the_channels_own_system_alone()
    {
        var silent = Facts() with { Reports = [.. Words.Where(static w => w.Said is not ChannelReadyReported { Channel.Value: "web" })] };
        Turned(silent, GateNames.Channels, GateState.Red, "web has never confirmed prices loaded", "Have web confirm");
        // Another system says it of the web, later than anybody.
        Turned(
            silent.With(
                new ChannelReadyReported
                {
                    Promotion = Id,
                    Channel = Web,
                    Answer = ChannelAnswer.Ready,
                }
            ),
            GateNames.Channels,
            GateState.Red,
            "web has never confirmed prices loaded"
        );
        // And another's no does not undo the web's own yes.
        Green(
            Facts()
                .With(
                    new ChannelReadyReported
                    {
                        Promotion = Id,
                        Channel = Web,
                        Answer = ChannelAnswer.Refused,
                    }
                )
        );
    }

    [Fact]
    public void A_channels_word_ages_and_its_no_and_its_not_yet_hold()
    {
        PromotionFacts Answered(ChannelAnswer answer, DateTimeOffset at) =>
            Facts() with
            {
                Reports =
                [
                    .. Words,
                    Said(
                        new ChannelReadyReported
                        {
                            Promotion = Id,
                            Channel = Web,
                            Answer = answer,
                            Detail = "no waves",
                        },
                        at,
                        "web",
                        "e2"
                    ),
                ],
            };
        Turned(Answered(ChannelAnswer.Refused, Now), GateNames.Channels, GateState.Red, "web reported", "no waves");
        Turned(Answered(ChannelAnswer.Preparing, Now), GateNames.Channels, GateState.Amber, "web is still preparing");
        Turned(
            Facts() with
            {
                Channels = [Channel(Web) with { ReadyMaxAge = TimeSpan.FromMinutes(30) }, Channel(Tills)],
            },
            GateNames.Channels,
            GateState.Amber,
            "web confirmed prices loaded",
            "Have web confirm again"
        );
    }

    [Fact]
    public void A_channel_that_need_not_say_that_it_is_ready_is_when_it_took_the_announcement()
    {
        PromotionFacts Simple(DateTimeOffset? told) =>
            Facts() with
            {
                Channels = [Channel(Web) with { Needs = null, AnnouncedAt = told, AnswersFrom = new("other") }, Channel(Tills)],
            };
        Green(Simple(Now.AddHours(-3)));
        Turned(Simple(null), GateNames.Channels, GateState.Red, "web has never confirmed received the announcement");
    }

    [Fact]
    public void An_override_counts_while_it_lasts_for_its_own_gate_and_the_last_one_wins()
    {
        var stale = Facts() with { Stock = Grid(200, 0, Now.AddHours(-5)) };
        var lifted = new GateOverride(GateNames.Freshness, "cora", "mia", "Counted by hand.", Now.AddMinutes(-1), Now.AddHours(1));
        Green(stale with { Overrides = [lifted] });
        Turned(stale with { Overrides = [lifted with { Gate = GateNames.Stock }] }, GateNames.Freshness, GateState.Amber);
        Turned(stale with { Overrides = [lifted with { ExpiresAt = Now }] }, GateNames.Freshness, GateState.Amber, "expired");
        Turned(
            stale with
            {
                Overrides = [lifted with { By = "Mia" }],
            },
            GateNames.Freshness,
            GateState.Amber,
            "requested the promotion themselves"
        );
        Green(stale with { Overrides = [lifted with { ExpiresAt = Now, GivenAt = Now.AddHours(-2) }, lifted] });
        Turned(
            Item0(Item(A) with { Known = false }) with
            {
                Overrides = [lifted with { Gate = GateNames.Eligibility }],
            },
            GateNames.Eligibility,
            GateState.Red,
            "eligibility can't be overridden"
        );
    }
}
