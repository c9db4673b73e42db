using System.Net;
using System.Net.Sockets;

namespace Stockgate.Platform.Outbound;

/// <summary>
/// Which addresses belong to the public internet. Everything that is set aside for something else
/// (https://www.iana.org/assignments/iana-ipv4-special-registry and …/iana-ipv6-special-registry) is not: loopback, private, shared
/// (CGNAT), link-local with its metadata services, documentation, multicast, and IPv6 addresses that carry an IPv4 one.
/// </summary>
public static class PublicAddress
{
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            // Azure's own services answer here, on every virtual network
            // (https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16).
            "168.63.129.16/32",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "2620:4f:8000::/48",
            "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    // The only part of IPv6 that is given out for the internet; all else (::1, fc00::/7, fe80::/10, ff00::/8, 64:ff9b::/96 …) lies outside.
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    public static bool Includes(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        // With a scope (fe80::1%eth0) it is not public, and a network would not match it.
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && (address.ScopeId != 0 || !GlobalUnicast.Contains(address)))
            return false;
        foreach (var network in NotPublic)
            if (network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address))
                return false;
        return address.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6;
    }
}
