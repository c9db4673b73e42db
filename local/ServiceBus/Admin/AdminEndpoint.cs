using System.Net;
using System.Text.Json;
using Stockgate.Local.ServiceBus.Engine;

namespace Stockgate.Local.ServiceBus.Admin;

/// <summary>An HTTP endpoint on the loopback address: <c>GET /health</c>, and <c>GET /entities</c> with the counts of each queue.</summary>
internal sealed class AdminEndpoint : IDisposable
{
    private const int Attempts = 20;

    private readonly HttpListener _listener;
    private readonly Broker _broker;

    private AdminEndpoint(Broker broker, HttpListener listener, int port)
    {
        _broker = broker;
        _listener = listener;
        Port = port;
        _ = Serve();
    }

    public int Port { get; }

    /// <param name="port">0 for any free one.</param>
    public static AdminEndpoint Listen(Broker broker, int port)
    {
        for (var attempt = 1; ; attempt++)
        {
            var chosen = port == 0 ? FreePort.Find() : port;
            var listener = new HttpListener();
            listener.Prefixes.Add($"http://127.0.0.1:{chosen}/");
            try
            {
                listener.Start();
                return new AdminEndpoint(broker, listener, chosen);
            }
            catch (HttpListenerException) when (port == 0 && attempt < Attempts)
            {
                // Another process took the port between the check and the call.
            }
        }
    }

    public void Dispose() => _listener.Close();

    private async Task Serve()
    {
        while (_listener.IsListening)
        {
            try
            {
                _ = Answer(await _listener.GetContextAsync());
            }
            catch (Exception) when (!_listener.IsListening)
            {
                return;
            }
            catch (Exception)
            {
                // One caller's broken request is no reason to stop listening.
            }
        }
    }

    private async Task Answer(HttpListenerContext context)
    {
        try
        {
            var (status, body) = await BodyOf(context.Request);
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            await context.Response.OutputStream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body, JsonSerializerOptions.Web));
            context.Response.Close();
        }
        catch (Exception)
        {
            context.Response.Abort();
        }
    }

    private async Task<(int Status, object Body)> BodyOf(HttpListenerRequest request)
    {
        if (request.HttpMethod != "GET")
            return (405, new { error = "This endpoint answers GET only." });
        switch (request.Url?.AbsolutePath)
        {
            case "/health" when _broker.Writer.Fault is { } fault:
                return (503, new { status = fault.Message });
            case "/health":
                return (200, new { status = "healthy" });
            case "/entities":
                return (200, await _broker.Writer.Run(new CountOperation()));
            default:
                return (404, new { error = "The endpoints are /health and /entities." });
        }
    }
}
