using Stockgate.Demo.Replay;
using Stockgate.Domain;
using Stockgate.Domain.Approvals;
using Stockgate.Domain.Events;
using Stockgate.Domain.Orders;
using Stockgate.Domain.Orders.Actions;
using Stockgate.TestSupport;

namespace Stockgate.EndToEnd.Tests.Replay;

/// <summary>
/// Every cancellation of a year, as an action on the invoice that it cancels, through the rules of order actions in memory.
/// </summary>
public class CancellationRulesTests
{
    private const string Data = "uci-online-retail/online-retail.csv.gz";

    private static readonly Currency Gbp = Currency.Parse("GBP");
    private static readonly ChannelId Shop = new("shop");
    private static readonly OrderActionLimits Limits = OrderActionLimits.Default;

    private static readonly OrderActionPolicy Policy = new()
    {
        Version = 1,
        Currency = Gbp,
        Rules =
        [
            new OrderActionRule
            {
                Name = "all",
                Actions = [OrderActionKind.Refund],
                MaxAmount = 1_000_000,
                Level = AutonomyLevel.Act,
            },
        ],
    };

    /// <summary>An order with the actions on it, as they are kept.</summary>
    private sealed class Kept(OrderDocument document)
    {
        public OrderDocument Document { get; set; } = document;

        public List<OrderActionRecord> Actions { get; } = [];
    }

    [SharedDataFact(Data)]
    public void None_is_executed_twice_and_no_order_gives_back_more_than_it_took()
    {
        var orders = new Dictionary<string, Kept>(StringComparer.Ordinal);
        foreach (var match in CancellationMatches.In(Seen(TransactionFile.Open(SharedData.Find(Data)!).Invoices(), orders)))
        foreach (var invoice in match.Invoices)
            Run(orders[invoice.Invoice], invoice, match.Cancellation);

        var touched = orders.Values.Where(static o => o.Actions.Count > 0).ToList();
        Assert.All(
            touched,
            static order =>
            {
                Assert.True(
                    order.Document.Refunded() <= order.Document.Gross(),
                    $"{order.Document.OrderId}: {order.Document.Refunded()} of {order.Document.Gross()}"
                );
                Assert.All(
                    order.Document.Lines().GroupBy(static l => l.Sku),
                    article =>
                    {
                        // What went back for an article is what its returned units cost, to the coin that rounding may leave.
                        var returned = order
                            .Actions.SelectMany(static a => a.Request.Lines)
                            .Where(l => l.Sku == article.Key)
                            .Sum(static l => l.Quantity.Value);
                        Assert.InRange(returned, 0, article.Sum(static l => l.Quantity.Value));
                    }
                );
                var worth = order.Actions.Sum(a => a.Request.Lines.Sum(l => l.Quantity.Value * UnitPrice(order.Document, l.Sku)));
                Assert.InRange(
                    order.Document.Refunded(),
                    worth - 0.01m * order.Actions.Sum(static a => a.Request.Lines.Count),
                    worth + 0.01m * order.Actions.Sum(static a => a.Request.Lines.Count)
                );
                Assert.Equal(order.Actions.Count, order.Document.Refunds.Count);
            }
        );
        Assert.Equal(
            (3_260, 3_848, 515_738.59m),
            (touched.Count, touched.Sum(static o => o.Actions.Count), touched.Sum(static o => o.Document.Refunded()))
        );
    }

    private static decimal UnitPrice(OrderDocument order, Sku sku) =>
        order.Lines().Where(l => l.Sku == sku).Sum(static l => l.Amount)
        / order.Lines().Where(l => l.Sku == sku).Sum(static l => l.Quantity.Value);

    private static IEnumerable<Invoice> Seen(IEnumerable<Invoice> invoices, Dictionary<string, Kept> orders)
    {
        foreach (var invoice in invoices)
        {
            if (!InvoiceEvents.IsCancellation(invoice.Number) && invoice.Lines.Any(static l => l.Quantity > 0))
                orders[invoice.Number] = new Kept(Placed(invoice));
            yield return invoice;
        }
    }

    private static OrderDocument Placed(Invoice invoice) =>
        new OrderDocument { OrderId = new OrderId(invoice.Number) }.Apply(
            new EventHeader(Shop, "transaction-file", invoice.Number, invoice.Lines[0].InvoiceDate, 0),
            new OrderPlaced
            {
                OrderId = new OrderId(invoice.Number),
                Currency = Gbp,
                CustomerId = invoice.Lines[0].CustomerId,
                Fulfilment = Fulfilment.Immediate,
                Lines =
                [
                    .. invoice
                        .Lines.Where(static l => l.Quantity > 0)
                        .Select(static l => new OrderLine
                        {
                            Sku = new Sku(l.StockCode),
                            Description = l.Description,
                            Quantity = new Quantity(l.Quantity),
                            UnitPrice = l.UnitPrice,
                        }),
                ],
            }
        );

    private static void Run(Kept order, MatchedInvoice invoice, Invoice cancellation)
    {
        var at = cancellation.Lines[0].InvoiceDate;
        var request = new OrderActionRequest
        {
            Action = OrderActionKind.Refund,
            Reason = $"Cancellation {cancellation.Number}",
            RequestedBy = "sue",
            Lines =
            [
                .. invoice.Lines.Select(static l => new OrderActionLine
                {
                    Sku = new Sku(l.StockCode),
                    Quantity = new Quantity(l.Quantity),
                }),
            ],
        };
        Assert.Empty(request.Check());
        var record = new OrderActionRecord
        {
            Id = new ActionId($"act-{cancellation.Number}-{invoice.Invoice}"),
            OrderId = order.Document.OrderId,
            Number = order.Actions.Count + 1,
            Request = request,
            RequestedAt = at,
        };
        var facts = new OrderActionFacts
        {
            Order = order.Document,
            Now = at,
            Earlier = [.. order.Actions.Select(static a => a.AsEarlier()).OfType<EarlierAction>()],
        };
        var review = OrderActionReview.Of(request, facts, Policy);
        record = Once(record, r => r.Reviewed(review, at));
        record = Once(record, r => r.Checked(review, order.Document, Limits, at));
        Assert.Equal(OrderActionState.Executing, record.State);
        var message = record.Message!;
        // As the order management system reports it, units and money apart; heard twice.
        for (var times = 0; times < 2; times++)
            order.Document = order.Document.Apply(
                new EventHeader(new ChannelId("oms"), "oms", $"{message.Id}.effect-1", at, 0),
                new OrderRefunded
                {
                    OrderId = order.Document.OrderId,
                    RefundId = message.ActionId.Value,
                    Currency = Gbp,
                    Adjustment = message.Amount ?? 0,
                    Lines =
                    [
                        .. message.Lines.Select(static l => new OrderLine
                        {
                            Sku = l.Sku,
                            Description = l.Sku.Value,
                            Quantity = l.Quantity,
                            UnitPrice = 0,
                        }),
                    ],
                }
            );
        order.Actions.Add(Once(record, r => r.Answered(1, true, null, "oms", at)));
        Assert.Equal(OrderActionState.Done, order.Actions[^1].State);
    }

    // A step that is done again after a crash changes nothing.
    private static OrderActionRecord Once(OrderActionRecord record, Func<OrderActionRecord, OrderActionRecord> step)
    {
        var after = step(record);
        Assert.Same(after, step(after));
        return after;
    }
}
