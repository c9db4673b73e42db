using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Stockgate.Domain.Events;

namespace Stockgate.Domain.Orders.Accuracy;

/// <summary>What does not agree.</summary>
[JsonConverter(typeof(NamedEnumConverter<DifferenceKind>))]
public enum DifferenceKind
{
    /// <summary>The posted revenue differs from the order total.</summary>
    SalePosting,

    /// <summary>Revenue of shipments in the books is not what was shipped.</summary>
    ShipmentPosting,

    /// <summary>A refund is not in the books as it was paid, or the books have one that was not.</summary>
    RefundPosting,

    /// <summary>The charge is below the value of the shipped goods.</summary>
    Underpaid,

    /// <summary>The charge exceeds the order total.</summary>
    Overpaid,

    /// <summary>More went back than was taken.</summary>
    Overrefunded,

    /// <summary>A payment, refund or posting is in another currency than the order.</summary>
    Currency,
}

/// <summary>Tolerances of the reconciliation.</summary>
public sealed record ReconciliationTerms
{
    /// <summary>Money either way, in the order's currency.</summary>
    [Setting("money", "what bookings and payments may differ"), Range(0.0, 1_000_000_000.0)]
    public decimal Tolerance { get; init; } = 0.01m;

    /// <summary>How long payments and postings may take after what they are of.</summary>
    [Setting("up to 365 days", "how long they may take"), Range(typeof(TimeSpan), "00:00:00.0000001", "365.00:00:00")]
    public TimeSpan Grace { get; init; } = TimeSpan.FromHours(24);

    /// <summary>What may be taken beyond the lines: shipping, fees.</summary>
    [Setting("money", "how much more than the order comes to may be taken without a trouble"), Range(0.0, 1_000_000_000.0)]
    public decimal BeyondLines { get; init; }

    /// <summary>Whether finance posts the order as a sale when it is placed. What it posts is compared with the order either way.</summary>
    [Setting("", "whether finance books each order")]
    public bool PostsSales { get; init; } = true;

    /// <summary>Whether finance posts each shipment.</summary>
    [Setting("", "whether finance books each shipment")]
    public bool PostsShipments { get; init; }
}

/// <summary>Two amounts that should be equal.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Reference">The refund or posting that it is about; null if it is about the order.</param>
/// <param name="Expected">What should be there.</param>
/// <param name="Found">What is there.</param>
/// <param name="Words">For a person.</param>
public sealed record OrderDifference(DifferenceKind Kind, string? Reference, Money Expected, Money Found, string Words)
{
    public Money Amount => new(Math.Abs(Expected.Amount - Found.Amount), Expected.Currency);
}

/// <summary>Reconciles an order, its shipments, refunds and payments with finance's books.</summary>
public static class OrderReconciliation
{
    /// <summary>
    /// The differences after the grace period; empty if none. Without postings and payments the sale posting is still expected, if the
    /// terms require it.
    /// </summary>
    public static IReadOnlyList<OrderDifference> Of(OrderDocument order, DateTimeOffset now, ReconciliationTerms terms)
    {
        if (order.Placed is null || order.Currency() is not { } currency)
            return [];
        var books = new Books(order, currency, now, terms);
        books.Currencies();
        books.Sales();
        books.Shipments();
        books.Refunds();
        books.Payments();
        return books.Differences;
    }

    private sealed class Books(OrderDocument order, Currency currency, DateTimeOffset now, ReconciliationTerms terms)
    {
        private readonly List<OrderPosted> _postings =
        [
            .. (order.Handling?.Postings ?? []).Select(static p => p.Said).Where(p => p.Currency == currency),
        ];

        public List<OrderDifference> Differences { get; } = [];

        public void Currencies()
        {
            var foreign = (order.Handling?.Payments ?? [])
                .Select(static p => (p.Said.PaymentId, new Money(p.Said.Amount, p.Said.Currency), "payment"))
                .Concat(
                    (order.Handling?.Postings ?? []).Select(static p =>
                        (p.Said.PostingId, new Money(p.Said.Amount, p.Said.Currency), "posting")
                    )
                )
                .Concat(order.Refunds.Select(static r => (r.Said.RefundId, new Money(r.Said.Amount, r.Said.Currency), "refund")));
            foreach (var (id, money, what) in foreign.Where(f => f.Item2.Currency != currency))
                Differences.Add(
                    new(
                        DifferenceKind.Currency,
                        id,
                        new Money(0, currency),
                        new Money(money.Amount, currency),
                        $"The {what} {id} is {money}; the order is in {currency}."
                    )
                );
        }

        public void Sales()
        {
            var posted = Posted(PostingKind.Sale);
            if (order.Status() == OrderStatus.Cancelled)
            {
                // Never posted, reversed, or given back by a refund: in the end nothing is left of it.
                var left = posted - Posted(PostingKind.Refund);
                if (_postings.Count > 0 && Over(order.Cancelled?.At ?? order.Placed!.At))
                    Compare(DifferenceKind.SalePosting, null, 0, left, "The order was cancelled; the books keep a sale of");
            }
            else if ((terms.PostsSales || _postings.Exists(static p => p.Kind == PostingKind.Sale)) && Over(LastChange()))
            {
                // Finance either posts the sale again or leaves it, and posts what went back for a cheaper article as a refund.
                var expected = posted > order.Gross() + terms.Tolerance ? order.Gross() + GivenBack() : order.Gross();
                Compare(
                    DifferenceKind.SalePosting,
                    null,
                    expected,
                    posted,
                    $"The order comes to {order.Gross()}; the books have a sale of"
                );
            }
        }

        public void Shipments()
        {
            if (!terms.PostsShipments && !_postings.Exists(static p => p.Kind == PostingKind.Shipment))
                return;
            if (order.Parcels().Any() && !Over(order.Parcels().Max(static s => s.At)))
                return;
            var shipped = Shipped();
            Compare(
                DifferenceKind.ShipmentPosting,
                null,
                shipped,
                Posted(PostingKind.Shipment),
                $"{shipped} was shipped; the books have shipments of"
            );
        }

        public void Refunds()
        {
            var (postings, refunds) = (
                _postings.Where(static p => p.Kind == PostingKind.Refund).ToList(),
                order.Refunds.Where(r => r.Said.Currency == currency).ToList()
            );
            if (postings.Exists(static p => p.Reference is null))
            {
                // A posting that does not say of which refund it is can only be compared with them all.
                if (refunds.Count == 0 || Over(refunds.Max(static r => r.At)))
                    Compare(
                        DifferenceKind.RefundPosting,
                        null,
                        refunds.Sum(static r => r.Said.Amount),
                        postings.Sum(static p => p.Amount),
                        "The books have refunds of"
                    );
                return;
            }
            foreach (var refund in refunds.Where(r => Over(r.At)))
                Compare(
                    DifferenceKind.RefundPosting,
                    refund.Said.RefundId,
                    refund.Said.Amount,
                    postings.Where(p => p.Reference == refund.Said.RefundId).Sum(static p => p.Amount),
                    $"Refund {refund.Said.RefundId} is {refund.Said.Amount}; the books have"
                );
            foreach (
                var unknown in postings.Where(p => order.Refunds.All(r => r.Said.RefundId != p.Reference)).GroupBy(static p => p.Reference!)
            )
                if (Over((order.Handling?.Postings ?? []).Where(p => p.Said.Reference == unknown.Key).Max(static p => p.At)))
                    Compare(
                        DifferenceKind.RefundPosting,
                        unknown.Key,
                        0,
                        unknown.Sum(static p => p.Amount),
                        $"Refund {unknown.Key} is unknown; the books have"
                    );
        }

        public void Payments()
        {
            if (order.Paid() is not { } paid)
                return;
            var refunded = order.Refunds.Where(r => r.Said.Currency == currency).Sum(static r => r.Said.Amount);
            // What was cancelled before it left may never have been taken; what was taken may include shipping.
            var calledOff = order.Refunds.Where(static r => r.Said.Unshipped).Sum(static r => r.Said.Amount);
            if (paid - GivenBack() > order.Total() + terms.BeyondLines + terms.Tolerance && Over(LastChange()))
                Differences.Add(
                    new(
                        DifferenceKind.Overpaid,
                        null,
                        new(order.Total() + terms.BeyondLines, currency),
                        new(paid - GivenBack(), currency),
                        $"{paid - GivenBack()} was charged; the order total is {order.Total()}{(terms.BeyondLines > 0 ? $" plus at most {terms.BeyondLines}" : "")}."
                    )
                );
            var most = Math.Max(paid, Math.Max(order.Total(), order.TotalAsPlaced()));
            if (refunded - calledOff > paid + terms.Tolerance || refunded > most + terms.Tolerance)
                Differences.Add(
                    new(
                        DifferenceKind.Overrefunded,
                        null,
                        new(paid, currency),
                        new(refunded, currency),
                        $"{refunded} was refunded{(calledOff > 0 ? $", {calledOff} of it for unshipped units" : "")}; {paid} was charged."
                    )
                );
            var due =
                order.Placed!.Said.Fulfilment == Fulfilment.Immediate ? order.Total() : Math.Min(Shipped(), order.Gross() - calledOff);
            var since = order.Parcels().Any() ? order.Parcels().Max(static s => s.At) : order.Placed.At;
            if (due > paid + terms.Tolerance && Over(since))
                Differences.Add(
                    new(
                        DifferenceKind.Underpaid,
                        null,
                        new(due, currency),
                        new(paid, currency),
                        $"Goods for {due} were shipped; {paid} was charged."
                    )
                );
        }

        private void Compare(DifferenceKind kind, string? reference, decimal expected, decimal found, string words)
        {
            if (Math.Abs(expected - found) > terms.Tolerance)
                Differences.Add(new(kind, reference, new(expected, currency), new(found, currency), $"{words} {found}."));
        }

        private decimal Posted(PostingKind kind) => _postings.Where(p => p.Kind == kind).Sum(static p => p.Amount);

        // At what the lines came to, a share of their discounts taken off; the last unit of an article settles the rounding.
        private decimal Shipped() =>
            Actions
                .OrderUnits.Of(order, [])
                .All.Sum(static a =>
                    a.Value.Ordered > Quantity.Zero
                        ? Math.Round(a.Value.UnitNet * Math.Min(a.Value.Shipped.Value, a.Value.Ordered.Value), 4)
                        : 0
                );

        // Of what went back, what a cheaper substitute accounts for.
        private decimal GivenBack() => Math.Min(Math.Max(0, order.GrossAsPlaced() - order.Gross()), order.Refunded());

        private DateTimeOffset LastChange() => OrderSubstitutions.InOrder(order).Select(static s => s.At).Append(order.Placed!.At).Max();

        private bool Over(DateTimeOffset at) => now > at + terms.Grace;
    }
}
