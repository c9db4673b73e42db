using Stockgate.Domain.Operations;
using Stockgate.Domain.Promotions.Gates;

namespace Stockgate.Domain.Tests.Promotions.Gates;

public class ApprovalGateTests
{
    private static readonly ApprovalMatrix Matrix = new(
        Given.Gbp,
        [
            new ApprovalRow(1000, 10, 500, [], DiscountAccounting.SupplierFunded),
            new ApprovalRow(50_000, 30, 20_000, ["category manager"], DiscountAccounting.RevenueReduction),
            new ApprovalRow(500_000, 50, 200_000, ["category manager", "finance"], DiscountAccounting.MarketingExpense),
        ]
    );

    private static GivenApproval By(string role, string by, double hoursAgo, int revision = 3, bool approved = true) =>
        new(role, by, Judged.Now.AddHours(-hoursAgo), revision, approved, "approval link");

    private static GateVerdict Judge(decimal amount, params GivenApproval[] given) =>
        ApprovalGate.Judge(
            new ApprovalInput(Judged.Now, "Rita", 3, new PromotionSize(Judged.Gbp(amount), 10, Judged.Gbp(500)), Matrix, given)
        );

    [Fact]
    public void While_launches_are_held_nothing_is_approved_whoever_signed()
    {
        var held = new SwitchState(OperatingSwitch.HoldLaunches, true, Judged.Now, "Olga", "the tills are down");
        ApprovalGate
            .Judge(
                new ApprovalInput(
                    Judged.Now,
                    "Rita",
                    3,
                    new PromotionSize(Judged.Gbp(1), 1, Judged.Gbp(1)),
                    Matrix,
                    [By("finance", "Fay", 1)],
                    held
                )
            )
            .Is(GateState.Red, "All launches are held. Olga switched it on at");
    }

    [Fact]
    public void The_first_row_that_fits_in_all_sizes_decides()
    {
        ApprovalRow? Row(decimal amount, decimal depth, decimal impact) =>
            Matrix.RowFor(new PromotionSize(Judged.Gbp(amount), depth, Judged.Gbp(impact)));
        Assert.Same(Matrix.Rows[0], Row(1000, 10, 500));
        Assert.Same(Matrix.Rows[1], Row(1000.01m, 10, 500));
        Assert.Same(Matrix.Rows[1], Row(1000, 10.1m, 500));
        Assert.Same(Matrix.Rows[2], Row(1000, 10, 20_001));
        Assert.Null(Row(1000, 51, 0));
        Assert.Throws<InvalidOperationException>(() => Matrix.RowFor(new PromotionSize(new Money(1, Given.Eur), 1, Judged.Gbp(1))));
    }

    [Fact]
    public void A_small_promotion_needs_nobody() => Judge(1000).Is(GateState.Green, "needs no approval");

    [Fact]
    public void All_approvals_in_order_are_green_and_show_the_accounting()
    {
        var verdict = Judge(100_000, By("category manager", "Carl", 2), By("finance", "Fay", 1));
        verdict.Is(GateState.Green, "category manager, then finance");
        Assert.Contains(verdict.Seen, s => s.Value == "marketing expense");
        Assert.Contains(new Sighting("approval by finance", "approved by Fay", TimeSpan.FromHours(1), "approval link"), verdict.Seen);
    }

    [Fact]
    public void A_missing_approval_is_amber_and_waits_for_its_role()
    {
        var verdict = Judge(100_000, By("category manager", "Carl", 2));
        verdict.Is(GateState.Amber, "1 of 2 approvals given; finance has not approved");
        Assert.Equal("finance", verdict.Waits);
    }

    [Fact]
    public void An_approval_out_of_order_does_not_count() =>
        Judge(100_000, By("category manager", "Carl", 1), By("finance", "Fay", 2)).Is(GateState.Amber, "before the preceding approvals");

    [Fact]
    public void One_person_does_not_approve_in_two_roles() =>
        Judge(100_000, By("category manager", "Carl", 2), By("finance", " carl", 1))
            .Is(GateState.Amber, "approved as category manager already and can't approve as finance as well");

    [Fact]
    public void The_requester_can_not_approve() =>
        Judge(20_000, By("category manager", " rita ", 1)).Is(GateState.Amber, "can't approve it");

    [Fact]
    public void An_approval_of_an_older_revision_does_not_count() =>
        Judge(20_000, By("category manager", "Carl", 1, revision: 2)).Is(GateState.Amber, "is for revision 2");

    [Fact]
    public void A_refusal_is_red_until_the_same_role_approves_later()
    {
        Judge(20_000, By("category manager", "Carl", 2, approved: false)).Is(GateState.Red, "Carl refused");
        Judge(20_000, By("category manager", "Carl", 2, approved: false), By("category manager", "Carl", 1)).Is(GateState.Green);
        Judge(20_000, By("category manager", "Carl", 2), By("category manager", "Carl", 1, approved: false)).Is(GateState.Red);
    }

    [Fact]
    public void A_refusal_is_red_whoever_s_turn_it_is() =>
        Judge(100_000, By("finance", "Fay", 1, approved: false)).Is(GateState.Red, "Fay refused as finance.", "0 of 2 approvals given");

    [Fact]
    public void An_approval_of_the_future_does_not_count_yet() =>
        Judge(20_000, By("category manager", "Carl", -1)).Is(GateState.Amber, "0 of 1 approval given; category manager has not approved.");

    [Fact]
    public void Larger_than_the_matrix_or_in_another_currency_is_red()
    {
        Judge(500_001).Is(GateState.Red, "exceeds the largest row of the approval matrix");
        ApprovalGate
            .Judge(new ApprovalInput(Judged.Now, "Rita", 1, new PromotionSize(new Money(1, Given.Eur), 1, Judged.Gbp(1)), Matrix, []))
            .Is(GateState.Red, "not in GBP");
    }
}
