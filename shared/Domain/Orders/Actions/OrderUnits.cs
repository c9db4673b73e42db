using Stockgate.Domain.Events;

namespace Stockgate.Domain.Orders.Actions;

/// <summary>Units and money of one article of an order.</summary>
internal sealed class ArticleUnits
{
    public Quantity Ordered,
        CalledOff,
        Refunded,
        Picked,
        Shipped,
        CancelPromised,
        RefundPromised;

    /// <summary>The total of its lines without added tax, the added tax, and the refunds of both.</summary>
    public decimal Net,
        Tax,
        RefundedMoney;

    /// <summary>Units that have neither left nor been cancelled, by the document or by another action.</summary>
    public Quantity Open => Quantity.Max(Quantity.Zero, Ordered - CalledOff - Shipped - CancelPromised);

    /// <summary>Open units that still lie on the shelf.</summary>
    public Quantity NotPicked => Quantity.Max(Quantity.Zero, Open - Quantity.Max(Quantity.Zero, Picked - Shipped));

    /// <summary>Shipped units whose money did not go back and is not about to.</summary>
    public Quantity Refundable => Quantity.Max(Quantity.Zero, Quantity.Min(Shipped, Ordered - CalledOff) - Refunded - RefundPromised);

    /// <summary>What a unit came to, its share of the lines' discounts taken off.</summary>
    public decimal UnitNet => Ordered > Quantity.Zero ? Net / Ordered.Value : 0;

    /// <summary>What the customer paid for a unit: the same with tax on top.</summary>
    public decimal UnitPaid => Ordered > Quantity.Zero ? (Net + Tax) / Ordered.Value : 0;

    /// <summary>
    /// What the customer paid for units; the last ones are worth what rounding left of the others too, so that no coin is lost. What was
    /// kept back of the others for another reason stays kept back.
    /// </summary>
    public decimal PaidFor(Quantity units, Currency currency)
    {
        var promised = CancelPromised + RefundPromised;
        var left = Math.Max(0, Net + Tax - RefundedMoney - UnitPaid * promised.Value);
        var worth = UnitPaid * units.Value;
        if (units < Ordered - CalledOff - Refunded - promised)
            return Math.Min(left, Math.Round(worth, currency.MinorUnits));
        // Half a coin for each unit that went before is the most that rounding can have left.
        var rounded = (Ordered - units).Value / 2;
        for (var digits = 0; digits < currency.MinorUnits; digits++)
            rounded /= 10;
        return Math.Min(Math.Round(left, currency.MinorUnits), Math.Round(worth + rounded, currency.MinorUnits));
    }
}

/// <summary>Units of each article: ordered, picked, shipped, cancelled, refunded, and reserved by other actions.</summary>
internal sealed class OrderUnits
{
    private readonly Dictionary<Sku, ArticleUnits> _articles = [];

    public static OrderUnits Of(OrderDocument order, IReadOnlyList<EarlierAction> earlier)
    {
        var units = new OrderUnits();
        foreach (var line in order.Lines())
        {
            var article = units.Add(line.Sku);
            article.Ordered += line.Quantity;
            article.Net += line.Amount;
            article.Tax += line.Tax;
            if (order.Placed!.Said.Fulfilment == Fulfilment.Immediate)
                article.Picked = article.Shipped = article.Ordered;
        }
        foreach (var ((sku, _), picked) in order.Picked())
            units.Add(sku).Picked += picked;
        foreach (var (sku, shipped) in order.Shipped())
            units.Add(sku).Shipped += shipped;
        foreach (var refund in order.Refunds)
            units.Refund(order, refund.Said);
        units.CallOffUnshipped(order);
        foreach (var action in earlier.Where(a => order.Refunds.All(r => r.Said.RefundId != a.ActionId.Value)))
        foreach (var line in action.Request.Lines)
            if (action.Request.Action == OrderActionKind.CancelLines)
                units.Add(line.Sku).CancelPromised += line.Quantity;
            else if (action.Request.Action == OrderActionKind.Refund)
                units.Add(line.Sku).RefundPromised += line.Quantity;
        if (order.Status() == OrderStatus.Cancelled)
            foreach (var article in units._articles.Values)
                article.CalledOff = article.Ordered;
        return units;
    }

    public ArticleUnits this[Sku sku] => _articles.GetValueOrDefault(sku) ?? new ArticleUnits();

    public IEnumerable<KeyValuePair<Sku, ArticleUnits>> All => _articles.OrderBy(static a => a.Key.Value, StringComparer.Ordinal);

    /// <summary>Units that are picked and have not left.</summary>
    public decimal PickedOpen => _articles.Values.Sum(static a => Math.Max(0, Math.Min(a.Open.Value, a.Picked.Value - a.Shipped.Value)));

    public decimal Open => _articles.Values.Sum(static a => a.Open.Value);

    public decimal OpenNet => _articles.Values.Sum(static a => a.UnitNet * a.Open.Value);

    private ArticleUnits Add(Sku sku)
    {
        if (!_articles.TryGetValue(sku, out var article))
            _articles.Add(sku, article = new ArticleUnits());
        return article;
    }

    private void Refund(OrderDocument order, OrderRefunded refund)
    {
        // Systems that keep units and money apart report units without a price and the sum beside them: it is those units' money, else
        // they could be paid a second time.
        var apart = refund.Adjustment > 0 && refund.Lines.All(static l => l.Amount == 0) ? refund.Adjustment : 0;
        var worth = refund.Lines.Sum(l => this[l.Sku].UnitNet * l.Quantity.Value);
        foreach (var line in refund.Lines)
            Refund(
                order,
                line,
                line.Amount + line.Tax + (worth > 0 ? apart * this[line.Sku].UnitNet * line.Quantity.Value / worth : 0),
                refund.Unshipped
            );
    }

    // Refunded units beyond the shipped ones are no longer awaited.
    private void CallOffUnshipped(OrderDocument order)
    {
        foreach (var (sku, called) in CalledOffUnits.Of(order))
        {
            var left = called;
            foreach (
                var name in OrderSubstitutions.InOrder(order).Where(s => s.Said.From == sku).Select(static s => s.Said.To).Prepend(sku)
            )
            {
                var article = this[name];
                var units = Quantity.Min(left - Quantity.Min(left, article.CalledOff), article.Refunded);
                left -= Quantity.Min(left, article.CalledOff) + units;
                (article.Refunded, article.CalledOff) = (article.Refunded - units, article.CalledOff + units);
            }
        }
    }

    // A refund may name the article that was ordered though its substitute was sent: what the article has not is its substitute's.
    private void Refund(OrderDocument order, OrderLine line, decimal amount, bool unshipped)
    {
        var (sku, left) = (line.Sku, line.Quantity);
        foreach (var substitution in OrderSubstitutions.InOrder(order).Where(s => s.Said.From == line.Sku))
        {
            var own = Quantity.Min(left, Quantity.Max(Quantity.Zero, this[sku].Ordered - this[sku].CalledOff - this[sku].Refunded));
            Book(sku, own, line, amount, unshipped);
            left -= own;
            sku = substitution.Said.To;
        }
        Book(sku, left, line, amount, unshipped);
    }

    private void Book(Sku sku, Quantity units, OrderLine line, decimal amount, bool unshipped)
    {
        if (units <= Quantity.Zero)
            return;
        var article = Add(sku);
        if (unshipped)
            article.CalledOff += units;
        else
            article.Refunded += units;
        article.RefundedMoney += amount * units.Value / line.Quantity.Value;
    }
}
