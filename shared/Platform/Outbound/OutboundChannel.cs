using Stockgate.Domain;

namespace Stockgate.Platform.Outbound;

/// <summary>The kind of a channel, which decides when it takes part in a promotion.</summary>
public enum ChannelKind
{
    Erp,
    Pos,
    Ecommerce,
    Oms,
    Wms,
    Marketplace,
}

/// <summary>How a channel confirms a step.</summary>
public enum ConfirmBy
{
    /// <summary>It posts <c>stockgate.promotion.channel-answered.v1</c> to our ingest endpoint.</summary>
    Callback,

    /// <summary>It is polled.</summary>
    Poll,
}

/// <summary>
/// A system that prices are sent to. Below its <paramref name="Url"/> everything else is found: messages are POSTed to <c>{Url}</c>
/// itself, a step is polled at <c>GET {Url}/promotions/{promotion}/{revision}/{prepare|activate|revert}</c>, and <c>GET {Url}/health</c>
/// says whether it is up.
/// </summary>
/// <param name="Secrets">Keys of our signatures; the first one signs.</param>
/// <param name="AnswersFrom">The ingest channel whose word counts for this one.</param>
/// <param name="LeadTime">How long before a launch it needs the prices, 0 or more.</param>
/// <param name="Needs">What being ready means there: <c>waves and labour planned</c>.</param>
/// <param name="ReadyMaxAge">How long its word that it is ready is good for.</param>
/// <param name="AsksReadiness">Whether a promotion waits until it said that it is ready.</param>
/// <param name="Timeout">Of one attempt to send or to ask.</param>
/// <param name="OrdersOf">The ingest channels whose orders it carries actions out for.</param>
public sealed record OutboundChannel(
    SalesChannelId Id,
    ChannelKind Kind,
    Uri Url,
    IReadOnlyList<byte[]> Secrets,
    ConfirmBy Confirm,
    ChannelId AnswersFrom,
    TimeSpan LeadTime,
    string Needs,
    TimeSpan ReadyMaxAge,
    bool AsksReadiness,
    TimeSpan Timeout,
    IReadOnlyList<ChannelId> OrdersOf
)
{
    /// <summary>True if every promotion concerns it (ERP, OMS, WMS); false if it takes part only in promotions that name it.</summary>
    public bool AlwaysTakesPart => Kind is ChannelKind.Erp or ChannelKind.Oms or ChannelKind.Wms;

    /// <summary>An address below <see cref="Url"/>; each segment may hold any text.</summary>
    public Uri Below(params IEnumerable<string> segments) =>
        new($"{Url.AbsoluteUri.TrimEnd('/')}/{string.Join('/', segments.Select(Uri.EscapeDataString))}");
}
