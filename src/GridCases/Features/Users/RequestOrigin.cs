using System.Net;
using System.Net.Sockets;

namespace GridCases.Features.Users;

/// <summary>Where a request came from; there is one per DI scope, and in one without a request it is nowhere.</summary>
public sealed class RequestOrigin
{
    /// <summary>The address as the server sees it; null where there is none.</summary>
    public IPAddress? RemoteAddress { get; set; }

    /// <summary>What the client says it is; empty where it says nothing.</summary>
    public string UserAgent { get; set; } = "";

    /// <summary>The address, without what only this machine knows of it.</summary>
    public string Address => Plain?.ToString() ?? "";

    /// <summary>What counts as one address: of IPv6 the network, since one machine has all the addresses of it.</summary>
    public string Network => NetworkOf(RemoteAddress);

    /// <inheritdoc cref="Network"/>
    public static string NetworkOf(IPAddress? address) => PlainOf(address) switch
    {
        null => "",
        { AddressFamily: AddressFamily.InterNetworkV6 } six => $"{new IPAddress([.. six.GetAddressBytes()[..8], .. new byte[8]])}/64",
        var four => four.ToString(),
    };

    private IPAddress? Plain => PlainOf(RemoteAddress);

    private static IPAddress? PlainOf(IPAddress? address) =>
        address is null ? null : address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : new IPAddress(address.GetAddressBytes());
}
