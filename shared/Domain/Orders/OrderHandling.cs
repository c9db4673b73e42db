using Stockgate.Domain.Events;

namespace Stockgate.Domain.Orders;

/// <summary>
/// The handling events of an order: picks, holds, addresses, substitutes, money, books, answers to actions. Apart from the document's own
/// members, so that an order of which nothing of it is said costs nothing.
/// </summary>
public sealed record OrderHandling
{
    internal static readonly OrderHandling None = new();

    // Set, not init: see OrderRefunded.Lines.
    public IReadOnlyList<Fact<OrderPicked>> Picks { get; set; } = [];

    public Fact<OrderHeld>? Held { get; init; }

    public Fact<OrderAddressChanged>? AddressChanged { get; init; }

    public IReadOnlyList<Fact<OrderSubstituted>> Substitutions { get; set; } = [];

    public IReadOnlyList<Fact<OrderPaid>> Payments { get; set; } = [];

    public IReadOnlyList<Fact<OrderPosted>> Postings { get; set; } = [];

    /// <summary>One for each action and revision.</summary>
    public IReadOnlyList<Fact<OrderActionAnswered>> Answers { get; set; } = [];

    internal OrderHandling Apply(EventHeader header, OrderEvent said) =>
        said switch
        {
            OrderPicked picked => this with { Picks = OrderDocument.Add(Picks, header, picked, static p => p.PickId) },
            OrderHeld held => this with { Held = OrderDocument.Newer(Held, header, held) },
            OrderAddressChanged changed => this with { AddressChanged = OrderDocument.Newer(AddressChanged, header, changed) },
            OrderSubstituted substituted => this with
            {
                Substitutions = OrderDocument.Add(Substitutions, header, substituted, static s => s.SubstitutionId),
            },
            OrderPaid paid => this with { Payments = OrderDocument.Add(Payments, header, paid, static p => p.PaymentId) },
            OrderPosted posted => this with { Postings = OrderDocument.Add(Postings, header, posted, static p => p.PostingId) },
            // The revision stands first and has no slash: no two pairs are one text.
            OrderActionAnswered answered => this with
            {
                Answers = OrderDocument.Add(Answers, header, answered, static a => $"{a.Revision:000000}/{a.ActionId}"),
            },
            _ => throw new ArgumentException($"{said.GetType().Name} is not a known order event.", nameof(said)),
        };
}
