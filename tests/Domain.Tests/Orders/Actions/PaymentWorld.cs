using Stockgate.Domain.Approvals;
using Stockgate.Domain.Orders.Actions;

namespace Stockgate.Domain.Tests.Orders.Actions;

/// <summary>
/// An order, its actions as rows under one head, a channel that pays, and everything that happens at once: each step reads, and writes at
/// any later moment if nobody was there in between, as the store does, or never because its process died.
/// </summary>
internal sealed class PaymentWorld
{
    private static readonly OrderActionLimits Limits = new(TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30));

    private static readonly OrderActionPolicy Policy = OrderActionPolicy.Default with
    {
        Rules =
        [
            new OrderActionRule
            {
                Name = "alone",
                Actions = Enum.GetValues<OrderActionKind>(),
                MaxAmount = 30,
                Level = AutonomyLevel.Act,
            },
            new OrderActionRule
            {
                Name = "asked",
                Actions = Enum.GetValues<OrderActionKind>(),
                Level = AutonomyLevel.AskOne,
                Roles = ["lead"],
                Sla = TimeSpan.FromHours(4),
            },
        ],
    };

    private readonly Random random;
    private readonly Dictionary<ActionId, (OrderActionRecord Record, int Version)> rows = [];
    private readonly List<Action> underWay = [];
    private readonly List<OrderEvent> unread = [];
    private readonly Dictionary<string, bool> taken = [];
    private DateTimeOffset now = Given.Now.AddHours(2);
    private OrderDocument order;
    private int head,
        last,
        said;

    public PaymentWorld(int seed)
    {
        random = new Random(seed);
        var fulfilment = random.Next(2) == 0 ? Fulfilment.Immediate : Fulfilment.Open;
        order = Given.After(
            Given.Placed(Given.Line("A", random.Next(1, 5), 10), Given.Line("B", random.Next(1, 4), 19.99m)) with
            {
                Fulfilment = fulfilment,
            }
        );
        if (fulfilment == Fulfilment.Open && random.Next(2) == 0)
            order = order.Apply(Given.Header("s"), Given.Shipped("S", Given.At("L1", "A", 1)));
        if (random.Next(2) == 0)
            order = order.Apply(Given.Header("p"), Given.Paid("P", Math.Round(order.Gross() * random.Next(1, 5) / 4, 2)));
        PaidIn = Math.Min(order.Gross(), order.Paid() ?? decimal.MaxValue);
    }

    public decimal PaidIn { get; }

    /// <summary>What the channel paid, by the message that it paid for.</summary>
    public List<(OrderActionMessage Message, decimal Amount)> PaidOut { get; } = [];

    public IEnumerable<OrderActionState> States => rows.Values.Select(static r => r.Record.State);

    public void Step()
    {
        now += TimeSpan.FromSeconds(random.Next(120));
        switch (random.Next(10))
        {
            case 0:
                Ask();
                break;
            case 1 when underWay.Count > 0:
                underWay.RemoveAt(random.Next(underWay.Count));
                break;
            case < 5 when underWay.Count > 0:
                Finish(random.Next(underWay.Count));
                break;
            case 5 when unread.Count > 0:
                Hear(random.Next(unread.Count));
                break;
            default:
                Begin();
                break;
        }
    }

    /// <summary>Nothing more is asked for, and nobody dies any more.</summary>
    public void Settle()
    {
        for (var i = 0; i < 400; i++)
        {
            now += TimeSpan.FromMinutes(1);
            Begin();
            while (underWay.Count > 0)
                Finish(0);
            while (unread.Count > 0)
                Hear(0);
        }
    }

    private void Finish(int index)
    {
        var finish = underWay[index];
        underWay.RemoveAt(index);
        finish();
    }

    // A channel's words come in any order, and again.
    private void Hear(int index)
    {
        order = order.Apply(Given.Header($"w{said++}", Given.Now.AddHours(3)), unread[index]);
        if (random.Next(8) > 0)
            unread.RemoveAt(index);
    }

    private void Ask()
    {
        var (seen, all, document) = (head, All(), order);
        var record = new OrderActionRecord
        {
            Id = new ActionId($"act-{rows.Count + underWay.Count}-{random.Next()}"),
            OrderId = Given.Order,
            Number = last + 1,
            Request = Requests.Any(random),
            RequestedAt = now,
        };
        if (!OrderActionReview.Check(record.Request, Facts(document, record, all)).Possible)
            return;
        underWay.Add(() =>
        {
            if (seen != head)
                return;
            (head, last) = (head + 1, record.Number);
            rows[record.Id] = (record, 0);
        });
    }

    private void Begin()
    {
        if (rows.Count == 0)
            return;
        var (record, version) = rows.Values.ElementAt(random.Next(rows.Count));
        switch (record.State)
        {
            case OrderActionState.Asked:
                Promise(record, version, (r, review, _) => r.Reviewed(review, now));
                break;
            case OrderActionState.Approved:
                Promise(record, version, (r, review, document) => r.Checked(review, document, Limits, now));
                break;
            case OrderActionState.Waiting:
                Decide(record);
                break;
            case OrderActionState.Executing or OrderActionState.Compensating or OrderActionState.Unconfirmed:
                Execute(record);
                break;
        }
    }

    private void Promise(
        OrderActionRecord record,
        int version,
        Func<OrderActionRecord, OrderActionReview, OrderDocument, OrderActionRecord> change
    )
    {
        var (seen, document) = (head, order);
        var after = change(record, OrderActionReview.Of(record.Request, Facts(document, record, All()), Policy), document);
        underWay.Add(() =>
        {
            if (seen != head || rows[record.Id].Version != version)
                return;
            (head, rows[record.Id]) = (head + 1, (after, version + 1));
        });
    }

    private void Decide(OrderActionRecord record)
    {
        var revision = OrderActionReview.Of(record.Request, Facts(order, record, All()), Policy).Revision;
        var state = random.Next(8) switch
        {
            0 => CaseState.Rejected,
            1 => CaseState.Expired,
            2 => CaseState.Withdrawn,
            _ => CaseState.Approved,
        };
        var closed = new ApprovalRecord
        {
            Case = Approvals.Cases.One(revision) with { Id = record.Case!.Value },
            State = state,
            OpenedAt = now,
            StageSince = now,
            Outcome = $"{state}",
        };
        underWay.Add(() => Change(record.Id, r => r.Decided(closed, now)));
    }

    private void Execute(OrderActionRecord record)
    {
        if (record.Message is not { } message)
            return;
        if (order.AnswerTo(record.Id, message.Revision) is { } answer && random.Next(2) == 0)
            underWay.Add(() =>
                Change(record.Id, r => r.Answered(answer.Revision, answer.Answer == OrderActionAnswer.Confirmed, null, "oms", now))
            );
        else if (now >= record.ConfirmBy && random.Next(2) == 0)
            underWay.Add(() => Change(record.Id, r => r.Late(Limits, now)));
        else if (record.SendAt(Limits) <= now)
            Send(record, message);
    }

    // The process may die before the channel is called, after it, and before its answer is kept.
    private void Send(OrderActionRecord record, OrderActionMessage message)
    {
        var doubt = record.InDoubt;
        Change(record.Id, r => r.Trying(message.Revision, now));
        var tried = rows[record.Id].Record.Tries;
        underWay.Add(() =>
        {
            var (accepted, refused, doubtful) = Call(message);
            underWay.Add(() => Change(record.Id, r => r.Sent(message.Revision, accepted, refused, tried, doubt || doubtful, "oms", now)));
        });
    }

    private (bool Accepted, string? Refused, bool Doubtful) Call(OrderActionMessage message)
    {
        var fate = random.Next(6);
        if (fate == 0)
            return (false, null, false);
        var again = taken.TryGetValue(message.Id, out var done);
        if (!again)
            taken[message.Id] = done = fate != 1;
        if (!again && done)
            Carry(message);
        if (fate == 3)
            return (false, null, true);
        // It need not know a repetition for one: a month that is closed is closed for every message.
        return !done || (again && fate == 2) ? (false, "the books are closed", false) : (true, null, false);
    }

    private void Carry(OrderActionMessage message)
    {
        if (message.Amount is > 0 and var amount)
            PaidOut.Add((message, amount));
        unread.Add(Given.Answered(message.ActionId.Value, message.Revision));
        var unshipped = message.Action is OrderActionKind.Cancel or OrderActionKind.CancelLines;
        if (message is { Action: OrderActionKind.Refund } || (unshipped && (message.Amount > 0 || message.Lines.Count > 0)))
            unread.Add(
                Given.Refunded(
                    message.ActionId.Value,
                    [.. message.Lines.Select(static l => Given.Line(l.Sku.Value, l.Quantity.Value, 0))]
                ) with
                {
                    Adjustment = message.Amount ?? 0,
                    Unshipped = unshipped,
                }
            );
        if (message.Action == OrderActionKind.Cancel)
            unread.Add(Given.Cancelled());
        if (message is { Action: OrderActionKind.Substitute, Compensates: false })
            foreach (var line in message.Lines)
                unread.Add(
                    Given.Substituted(
                        $"{message.ActionId}-{line.Sku}",
                        line.Sku.Value,
                        line.Substitute!.Value.Value,
                        line.Quantity.Value,
                        line.UnitPrice ?? 0
                    )
                );
    }

    private void Change(ActionId id, Func<OrderActionRecord, OrderActionRecord> change) =>
        rows[id] = (change(rows[id].Record), rows[id].Version + 1);

    private List<OrderActionRecord> All() => [.. rows.Values.Select(static r => r.Record)];

    private static OrderActionFacts Facts(OrderDocument document, OrderActionRecord record, IReadOnlyList<OrderActionRecord> all) =>
        Asked.Facts(document, [.. OrderPromises.Of(all, record.Id, record.Number)]).With("C", "L1", 100);
}
