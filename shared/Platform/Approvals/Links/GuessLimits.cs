using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Stockgate.Platform.Approvals.Links;

/// <summary>
/// Limits guessing of links. Only misses count: <see cref="MissesPerMinute"/> of an address, and where all addresses together have
/// <see cref="AllMissesPerMinute"/>, a single one. An address that never missed is therefore never turned away, whatever others do.
/// Addresses are counted in this process; a token of 256 bits needs no more, and storage is spared.
/// </summary>
public sealed class GuessLimits : IDisposable
{
    /// <summary>Of one address (IPv6: of one /64), in a window of a minute.</summary>
    public const int MissesPerMinute = 20;

    /// <summary>Of all addresses together, in a window of a minute.</summary>
    public const int AllMissesPerMinute = 600;

    /// <summary>The wait after a refused attempt.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromMinutes(1);

    private readonly string? header;
    private readonly PartitionedRateLimiter<string> each,
        once;
    private readonly RateLimiter all;

    public GuessLimits(LinkSettings settings)
        : this(settings, Wait) { }

    internal GuessLimits(LinkSettings settings, TimeSpan window, int missesOfAddress = MissesPerMinute)
    {
        header = settings.ClientAddressHeader;
        (each, once) = (Of(missesOfAddress), Of(1));
        all = new SlidingWindowRateLimiter(Options(AllMissesPerMinute));

        PartitionedRateLimiter<string> Of(int misses) =>
            PartitionedRateLimiter.Create<string, string>(address =>
                RateLimitPartition.GetSlidingWindowLimiter(address, _ => Options(misses))
            );
        SlidingWindowRateLimiterOptions Options(int misses) =>
            new()
            {
                PermitLimit = misses,
                Window = window,
                SegmentsPerWindow = 4,
                QueueLimit = 0,
                AutoReplenishment = true,
            };
    }

    /// <summary>Whether this request may look up a link.</summary>
    public bool Allows(HttpContext http)
    {
        var address = AddressOf(http);
        // Checks the remaining permits without taking one.
        return Left(each.AttemptAcquire(address, 0)) && (Left(all.AttemptAcquire(0)) || Left(once.AttemptAcquire(address, 0)));
    }

    /// <summary>Counts a miss.</summary>
    public void Missed(HttpContext http)
    {
        var address = AddressOf(http);
        each.AttemptAcquire(address).Dispose();
        once.AttemptAcquire(address).Dispose();
        all.AttemptAcquire().Dispose();
    }

    public void Dispose()
    {
        each.Dispose();
        once.Dispose();
        all.Dispose();
    }

    private static bool Left(RateLimitLease lease)
    {
        using (lease)
            return lease.IsAcquired;
    }

    internal string AddressOf(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress;
        // Only the last address is set by the nearest proxy; the earlier ones can be forged.
        if (
            header is not null
            && http.Request.Headers[header].LastOrDefault()?.Split(',')[^1].Trim() is { } said
            && (
                IPAddress.TryParse(said, out var parsed)
                || (IPEndPoint.TryParse(said, out var point) && (parsed = point.Address) is not null)
            )
        )
            address = parsed;
        if (address is null)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        // A home connection has a whole /64, so addresses are counted by /64.
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }
}
