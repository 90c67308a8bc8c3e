using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Data.SqlClient;

namespace GridCases.Web.Tests.Outages;

/// <summary>Stands between the application and its SQL Server, and can be cut (connections are reset and refused) or fall silent (they stand, and nothing comes).</summary>
internal sealed class TcpRelay : IDisposable
{
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private readonly CancellationTokenSource _end = new();
    private readonly int _port;
    private TcpListener? _listener;
    private volatile bool _isSilent;
    private string _host = "";
    private int _hostPort;

    public TcpRelay()
    {
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        _port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync(_listener);
    }

    /// <summary>How the server is reached through here.</summary>
    public string Through(string connectionString)
    {
        var builder = new SqlConnectionStringBuilder(connectionString);
        var place = builder.DataSource.Replace("tcp:", "", StringComparison.OrdinalIgnoreCase).Split(',');
        (_host, _hostPort) = (place[0], place.Length > 1 ? int.Parse(place[1]) : 1433);
        builder.DataSource = $"127.0.0.1,{_port}";
        // Long enough for a new session's first statements on a slow machine, and short enough to wait for.
        builder.CommandTimeout = 8;
        return builder.ConnectionString;
    }

    /// <summary>As when the server is stopped.</summary>
    public void Cut()
    {
        _listener?.Stop();
        _listener = null;
        foreach (var socket in _open.Keys)
            Reset(socket);
    }

    /// <summary>As when a firewall forgets its connections.</summary>
    public void FallSilent() => _isSilent = true;

    /// <summary>As when it is back.</summary>
    public void Restore()
    {
        if (_isSilent)
        {
            foreach (var socket in _open.Keys)
                Reset(socket);
        }

        _isSilent = false;
        if (_listener is not null)
            return;
        _listener = new TcpListener(IPAddress.Loopback, _port);
        _listener.Start();
        _ = AcceptAsync(_listener);
    }

    public void Dispose()
    {
        _end.Cancel();
        Cut();
        _end.Dispose();
    }

    private void Reset(Socket socket)
    {
        _open.TryRemove(socket, out _);
        socket.Close(0);
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptSocketAsync(_end.Token);
                _open[client] = true;
                _ = ServeAsync(client);
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // cut
        }
    }

    private async Task ServeAsync(Socket client)
    {
        var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        _open[server] = true;
        try
        {
            await server.ConnectAsync(_host, _hostPort, _end.Token);
            await Task.WhenAny(PumpAsync(client, server), PumpAsync(server, client));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // cut
        }

        Reset(client);
        Reset(server);
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReceiveAsync(buffer, _end.Token) is > 0 and var read)
        {
            if (!_isSilent)
                await to.SendAsync(buffer.AsMemory(0, read), _end.Token);
        }
    }
}
