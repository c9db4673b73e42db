using Stockgate.Domain.Promotions.Gates;

namespace Stockgate.Domain.Tests.Promotions.Gates;

/// <summary>Whatever a gate is given, its verdict has a reason, and says what would turn it green exactly where it is not.</summary>
public class GateVerdictPropertyTests
{
    private static Money Price(Random random) => new(random.Next(4), random.Next(6) == 0 ? Given.Eur : Given.Gbp);

    private static Quantity Some(Random random) => Judged.Units(random.Next(4));

    private static DateTimeOffset At(Random random) => Judged.Now.AddHours(random.Next(-3, 4));

    private static T[] Few<T>(Random random, Func<T> one) => [.. Enumerable.Range(0, random.Next(4)).Select(_ => one())];

    private static T Any<T>(Random random)
        where T : struct, Enum => Enum.GetValues<T>()[random.Next(Enum.GetValues<T>().Length)];

    private static GateVerdict[] Verdicts(Random r)
    {
        var now = Judged.Now;
        PromotionScope Scope(string id) =>
            new(
                new PromotionId(id),
                Few(r, () => Judged.A),
                Few(r, () => Judged.Web),
                Few(r, () => Judged.North),
                At(r),
                At(r),
                Any<StackingRule>(r),
                r.Next(2)
            );
        return
        [
            EligibilityGate.Judge(new EligibilityInput(now, Few(r, () => new EligibleItem(Judged.A, Any<ItemStanding>(r))), At(r), "pim")),
            WindowGate.Judge(
                new WindowInput(
                    now,
                    At(r),
                    At(r),
                    Few(r, () => new ChannelLead(Judged.Web, TimeSpan.FromHours(r.Next(3)), r.Next(2) == 0 ? null : At(r))),
                    Few(r, () => new Blackout("b", At(r), At(r), "c")),
                    TimeSpan.FromHours(r.Next(3))
                )
            ),
            ConflictsGate.Judge(
                new ConflictsInput(now, Scope("P1"), Few(r, () => new OtherPromotion(Scope("P2"), Any<OtherPromotionState>(r), At(r))))
            ),
            PriceFloorGate.Judge(
                new PriceFloorInput(
                    Few(r, () => new FlooredPrice(Judged.A, Price(r), r.Next(3) == 0 ? null : Price(r), r.Next(4) == 0 ? null : "law"))
                )
            ),
            MarginGate.Judge(
                new MarginInput(
                    now,
                    Given.Gbp,
                    Few(r, () => new MarginItem(Judged.A, Price(r), r.Next(4) == 0 ? null : Price(r), Price(r), Some(r), r.Next(-50, 50))),
                    r.Next(-50, 50),
                    At(r),
                    "erp"
                )
            ),
            FundingGate.Judge(
                new FundingInput(
                    now,
                    At(r),
                    Few(
                        r,
                        () =>
                            new FundingTerm(
                                Judged.Acme,
                                Judged.A,
                                Some(r),
                                Price(r),
                                r.Next(3) == 0 ? null : At(r),
                                r.Next(3) == 0 ? null : Some(r),
                                r.Next(3) == 0 ? null : Price(r),
                                "c"
                            )
                    ),
                    TimeSpan.FromHours(1)
                )
            ),
            SupplierCapacityGate.Judge(
                new SupplierCapacityInput(
                    now,
                    Few(
                        r,
                        () =>
                            new CapacityTerm(
                                Judged.Acme,
                                Judged.A,
                                Some(r),
                                r.Next(3) == 0 ? null : Some(r),
                                TimeSpan.FromHours(r.Next(3)),
                                At(r),
                                r.Next(2) == 0 ? null : At(r),
                                r.Next(3) == 0 ? null : At(r),
                                "p"
                            )
                    )
                )
            ),
            ReplenishmentGate.Judge(
                new ReplenishmentInput(
                    now,
                    Few(
                        r,
                        () => new ReplenishmentLine(Judged.A, Judged.North, Some(r), Some(r), Some(r), r.Next(2) == 0 ? null : At(r), "PO")
                    )
                )
            ),
            AllocationGate.Judge(
                new AllocationInput(
                    now,
                    Few(
                        r,
                        () => new AllocationLine(Judged.A, Judged.North, Some(r), Some(r), Some(r), r.Next(2) == 0 ? null : At(r), "wms")
                    )
                )
            ),
            StoresGate.Judge(
                new StoresInput(
                    now,
                    Few(r, () => new StoreTask(new LocationId($"S{r.Next(3)}"), "signage", At(r), r.Next(2) == 0 ? null : At(r))),
                    At(r),
                    "portal"
                )
            ),
            ChannelsGate.Judge(
                new ChannelsInput(
                    now,
                    Few(
                        r,
                        () =>
                            new ChannelReadiness(
                                Judged.Web,
                                "content staged",
                                Any<ChannelAnswer>(r),
                                r.Next(3) == 0 ? null : At(r),
                                TimeSpan.FromHours(r.Next(3)),
                                "shop"
                            )
                    )
                )
            ),
            ApprovalGate.Judge(
                new ApprovalInput(
                    now,
                    "Rita",
                    1,
                    new PromotionSize(Price(r), r.Next(3), Price(r)),
                    new ApprovalMatrix(
                        Given.Gbp,
                        [new ApprovalRow(2, 2, 2, Few(r, () => r.Next(2) == 0 ? "buyer" : "finance"), DiscountAccounting.SupplierFunded)]
                    ),
                    Few(
                        r,
                        () =>
                            new GivenApproval(
                                r.Next(2) == 0 ? "buyer" : "finance",
                                r.Next(3) == 0 ? "Rita" : "Carl",
                                At(r),
                                r.Next(1, 3),
                                r.Next(4) != 0,
                                "link"
                            )
                    )
                )
            ),
        ];
    }

    [Fact]
    public void Every_verdict_has_a_reason_and_says_what_turns_it_green_exactly_where_it_is_not() =>
        Prop.ForAll<int>(seed => Verdicts(new Random(seed)).All(v => v.Sound() is not null))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
}
