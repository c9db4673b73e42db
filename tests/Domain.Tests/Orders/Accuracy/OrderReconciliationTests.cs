using Stockgate.Domain.Orders.Accuracy;

namespace Stockgate.Domain.Tests.Orders.Accuracy;

public class OrderReconciliationTests
{
    private static readonly ReconciliationTerms Terms = new();

    private static readonly OrderEvent Two = Given.Placed(Given.Line("A", 2)),
        Ship = Given.Shipped("S", Given.At("L1", "A", 2)),
        ShipOne = Given.Shipped("S", Given.At("L1")),
        Sale = Given.Posted("F1", PostingKind.Sale, 20),
        SaleAgain = Given.Posted("F2", PostingKind.Sale, 20),
        Cents = Given.Posted("F1", PostingKind.Sale, 19.99m),
        TwoCents = Given.Posted("F1", PostingKind.Sale, 19.98m),
        Reversed = Given.Posted("F3", PostingKind.Sale, -20),
        Shipment = Given.Posted("F4", PostingKind.Shipment, 20, "S"),
        Half = Given.Posted("F4", PostingKind.Shipment, 10, "S"),
        Back = Given.Refunded("R1", Given.Line("A")),
        Posted = Given.Posted("F5", PostingKind.Refund, 10, "R1"),
        Unknown = Given.Posted("F6", PostingKind.Refund, 10, "R9"),
        Pooled = Given.Posted("F7", PostingKind.Refund, 10),
        Wrong = Given.Posted("F5", PostingKind.Refund, 5, "R1"),
        Paid = Given.Paid("P", 20),
        Little = Given.Paid("P", 5),
        Much = Given.Paid("P", 25),
        Authorized = Given.Paid("P", 20, captured: false),
        Euros = Given.Posted("F8", PostingKind.Sale, 20) with { Currency = Given.Eur },
        Cancel = Given.Cancelled(),
        OffOne = Given.Refunded("R2", Given.Line("A")) with { Unshipped = true },
        OffPosted = Given.Posted("F9", PostingKind.Refund, 10, "R2"),
        Dearer = Given.Substituted("X", "A", "B", 1, 12),
        SaleOf22 = Given.Posted("F1", PostingKind.Sale, 22),
        Cheaper = Given.Substituted("X", "A", "B", 1, 7),
        SaleOf17 = Given.Posted("F1", PostingKind.Sale, 17),
        BackThree = Given.Refunded("R3", []) with { Adjustment = 3 },
        PostedThree = Given.Posted("F5", PostingKind.Refund, 3, "R3");

    public static TheoryData<string, double, string> Table =>
        new()
        {
            { "", 9, "" },
            { "Two", 0.5, "" },
            { "Two", 2, "SalePosting 20" },
            { "Two Sale", 2, "" },
            { "Two Cents", 2, "" },
            { "Two TwoCents", 2, "SalePosting 0.02" },
            { "Two Sale SaleAgain", 2, "SalePosting 20" },
            { "Two Sale Sale", 2, "" },
            { "Two Sale Ship", 2, "" },
            { "Two Sale Ship Shipment", 2, "" },
            { "Two Sale Ship Half", 2, "ShipmentPosting 10" },
            { "Two Sale Ship Half", 0.5, "" },
            { "Two Sale Back", 0.5, "" },
            { "Two Sale Back", 2, "RefundPosting R1 10" },
            { "Two Sale Back Posted", 2, "" },
            { "Two Sale Back Wrong", 2, "RefundPosting R1 5" },
            { "Two Sale Back Posted Unknown", 2, "RefundPosting R9 10" },
            { "Two Sale Unknown", 0.5, "" },
            { "Two Sale Back Pooled", 2, "" },
            { "Two Sale Pooled", 2, "RefundPosting 10" },
            { "Two Sale Ship Paid", 2, "" },
            { "Two Sale Ship Little", 2, "Underpaid 15" },
            { "Two Sale Ship Little", 0.5, "" },
            { "Two Sale Little", 2, "" },
            { "Two Sale ShipOne Little", 2, "Underpaid 5" },
            { "Two Sale Ship Authorized", 2, "Underpaid 20" },
            { "Two Sale Much", 2, "Overpaid 5" },
            { "Two Sale Little Back Posted", 2, "Overrefunded 5" },
            { "Two Sale Authorized OffOne OffPosted", 2, "" },
            { "Two Euros Sale", 2, "Currency F8 20" },
            { "Two Cancel", 2, "" },
            { "Two Sale Cancel", 2, "SalePosting 20" },
            { "Two Sale Reversed Cancel", 2, "" },
            { "Two Dearer Sale", 2, "SalePosting 2" },
            { "Two Dearer SaleOf22", 2, "" },
            { "Two Cheaper Paid Sale BackThree PostedThree", 2, "" },
            { "Two Cheaper Paid SaleOf17 BackThree PostedThree", 2, "" },
            { "Two Cheaper Paid Sale", 2, "SalePosting 3 Overpaid 3" },
            { "Two Cheaper Paid Sale", 0.5, "" },
        };

    [Theory, MemberData(nameof(Table))]
    public void Order_parcels_money_and_books_agree_or_a_difference_opens(string events, double days, string differences) =>
        Assert.Equal(
            differences,
            string.Join(
                ' ',
                OrderReconciliation
                    .Of(Order(events), Given.Now.AddDays(days), Terms)
                    .Select(static d => $"{d.Kind}{(d.Reference is { } r ? $" {r}" : "")} {d.Amount.Amount:0.##}")
            )
        );

    [Fact]
    public void Shipping_is_money_beyond_the_lines() =>
        Assert.Empty(OrderReconciliation.Of(Order("Two Sale Much"), Given.Now.AddDays(2), Terms with { BeyondLines = 5 }));

    [Fact]
    public void Terms_say_what_finance_posts()
    {
        Assert.Empty(OrderReconciliation.Of(Order("Two"), Given.Now.AddDays(9), Terms with { PostsSales = false }));
        Assert.Equal(
            DifferenceKind.ShipmentPosting,
            Assert
                .Single(
                    OrderReconciliation.Of(
                        Order("Two Ship"),
                        Given.Now.AddDays(9),
                        Terms with
                        {
                            PostsSales = false,
                            PostsShipments = true,
                        }
                    )
                )
                .Kind
        );
    }

    [Fact]
    public void Books_that_are_kept_right_agree_whatever_the_order_was() =>
        Prop.ForAll<int>(seed =>
            {
                var random = new Random(seed);
                var lines = Enumerable
                    .Range(0, random.Next(1, 4))
                    .Select(_ =>
                        Given.Line(
                            random.Next(2) == 0 ? "A" : "B",
                            random.Next(1, 4),
                            random.Next(100, 999) / 100m,
                            random.Next(0, 100) / 100m
                        )
                    )
                    .ToArray();
                var order = Given.After(Given.Placed(lines));
                order = order
                    .Apply(Given.Header("f"), Given.Posted("F", PostingKind.Sale, order.Gross()))
                    .Apply(Given.Header("p"), Given.Paid("P", order.Gross()));
                order = order
                    .Apply(
                        Given.Header("s"),
                        Given.Shipped("S", [.. lines.Select(static l => Given.At("L1", l.Sku.Value, l.Quantity.Value))])
                    )
                    .Apply(Given.Header("g"), Given.Posted("G", PostingKind.Shipment, order.Gross(), "S"));
                for (var i = 0; i < random.Next(3); i++)
                {
                    var amount = Math.Round(order.RefundableAmount() * random.Next(1, 9) / 10, 2);
                    order = order
                        .Apply(Given.Header($"r{i}"), Given.Refunded($"R{i}", []) with { Adjustment = amount })
                        .Apply(Given.Header($"q{i}"), Given.Posted($"Q{i}", PostingKind.Refund, amount, $"R{i}"));
                }
                return OrderReconciliation.Of(order, Given.Now.AddDays(9), Terms).Count == 0;
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static OrderDocument Order(string events) =>
        Given.After([.. events.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Named)]);

    private static OrderEvent Named(string name) =>
        name switch
        {
            nameof(Two) => Two,
            nameof(Ship) => Ship,
            nameof(ShipOne) => ShipOne,
            nameof(Sale) => Sale,
            nameof(SaleAgain) => SaleAgain,
            nameof(Cents) => Cents,
            nameof(TwoCents) => TwoCents,
            nameof(Reversed) => Reversed,
            nameof(Shipment) => Shipment,
            nameof(Half) => Half,
            nameof(Back) => Back,
            nameof(Posted) => Posted,
            nameof(Unknown) => Unknown,
            nameof(Pooled) => Pooled,
            nameof(Wrong) => Wrong,
            nameof(Paid) => Paid,
            nameof(Little) => Little,
            nameof(Much) => Much,
            nameof(Authorized) => Authorized,
            nameof(Euros) => Euros,
            nameof(Cancel) => Cancel,
            nameof(OffOne) => OffOne,
            nameof(OffPosted) => OffPosted,
            nameof(Dearer) => Dearer,
            nameof(SaleOf22) => SaleOf22,
            nameof(Cheaper) => Cheaper,
            nameof(SaleOf17) => SaleOf17,
            nameof(BackThree) => BackThree,
            nameof(PostedThree) => PostedThree,
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };
}
