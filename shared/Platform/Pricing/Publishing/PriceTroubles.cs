using Stockgate.Domain;
using Stockgate.Domain.Access;
using Stockgate.Domain.Operations;
using Stockgate.Domain.Pricing;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Pricing.Facts;
using Stockgate.Platform.Pricing.Writing;

namespace Stockgate.Platform.Pricing.Publishing;

/// <summary>Opens exceptions about prices and closes resolved ones.</summary>
public sealed class PriceTroubles(ExceptionLog exceptions)
{
    public const string Stopped = "price-stopped",
        Breaker = "price-breaker",
        NotConfirmed = "price-not-confirmed",
        Mismatch = "price-mismatch";

    /// <summary>How the items that have no category are named in an address.</summary>
    public const string NoCategory = "-";

    private const string Owner = Role.PricingLead,
        Channels = "channel operations";

    public static string SubjectOf(PriceKey key) => $"price {key}";

    internal Task StoppedAsync(PriceKey key, string rule, string reason, DateTimeOffset now, CancellationToken cancellationToken) =>
        RaiseAsync(
            Stopped,
            SubjectOf(key),
            $"{rule}: {reason}",
            $"Check the odd figure and have its source correct it, then POST /api/v1/pricing/items/{Uri.EscapeDataString(key.Sku.Value)}/resume.",
            Owner,
            TimeSpan.FromHours(8),
            now,
            cancellationToken
        );

    internal Task ResumedAsync(PriceKey key, DateTimeOffset now, CancellationToken cancellationToken) =>
        exceptions.ResolveAsync(Stopped, SubjectOf(key), now, cancellationToken);

    internal Task TrippedAsync(string category, string reason, DateTimeOffset now, CancellationToken cancellationToken) =>
        RaiseAsync(
            Breaker,
            PriceCategories.SubjectOf(category),
            reason,
            $"Check the common cause, such as a cost file or a stock feed. If it is right, POST /api/v1/pricing/categories/{Uri.EscapeDataString(category.Length > 0 ? category : NoCategory)}/resume.",
            Owner,
            TimeSpan.FromHours(2),
            now,
            cancellationToken
        );

    internal Task CategoryResumedAsync(string category, DateTimeOffset now, CancellationToken cancellationToken) =>
        exceptions.ResolveAsync(Breaker, PriceCategories.SubjectOf(category), now, cancellationToken);

    internal Task OverdueAsync(PriceKey key, PricePublication publication, DateTimeOffset now, CancellationToken cancellationToken) =>
        RaiseAsync(
            NotConfirmed,
            SubjectOf(key),
            $"{publication.Price}, revision {publication.Revision}, is not confirmed: {publication.Detail ?? (publication.SentAt is null ? "not sent yet" : "accepted, no answer")}",
            $"Check that {key.Channel} is running. The price is resent automatically until the channel answers; until then the price that customers pay there is unknown.",
            Channels,
            TimeSpan.FromHours(1),
            now,
            cancellationToken
        );

    internal Task ConfirmedAsync(PriceKey key, DateTimeOffset now, CancellationToken cancellationToken) =>
        exceptions.ResolveAsync(NotConfirmed, SubjectOf(key), now, cancellationToken);

    internal Task ShownWrongAsync(
        PriceKey key,
        PricePublication publication,
        Money shown,
        bool again,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        RaiseAsync(
            Mismatch,
            SubjectOf(key),
            $"{key.Channel} shows {shown} where it confirmed {publication.Price}",
            again
                ? "It is resent as the next revision. If the channel shows a wrong price again, find out what overwrites it there."
                : "It was resent several times today and the channel still shows a wrong price: find out what overwrites it there.",
            Channels,
            TimeSpan.FromHours(1),
            now,
            cancellationToken
        );

    internal Task ShownRightAsync(PriceKey key, DateTimeOffset now, CancellationToken cancellationToken) =>
        exceptions.ResolveAsync(Mismatch, SubjectOf(key), now, cancellationToken);

    private Task RaiseAsync(
        string type,
        string subject,
        string failure,
        string action,
        string owner,
        TimeSpan sla,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        exceptions.RaiseAsync(
            new OperationException
            {
                Type = type,
                Subject = subject,
                Failure = failure,
                RecommendedAction = action,
                Owner = owner,
                Sla = sla,
                FirstSeenAt = now,
                LastSeenAt = now,
            },
            cancellationToken
        );
}
