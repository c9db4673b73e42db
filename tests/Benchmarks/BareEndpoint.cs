using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Stockgate.Benchmarks;

/// <summary>
/// The ceiling of accepting: Kestrel, the body read, its HMAC computed, 202. Nothing parsed, nothing stored. A process of its own, as the
/// app is.
/// </summary>
internal sealed class BareEndpoint : IAsyncDisposable
{
    public const string Argument = "bare-endpoint";

    private readonly Process process;

    private BareEndpoint(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    public static Task ServeAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.AddServerHeader = false);
        var app = builder.Build();
        var secret = new byte[32];
        app.MapPost(
            "/events",
            async (HttpContext http) =>
            {
                var buffer = new byte[(int)http.Request.ContentLength!.Value];
                await http.Request.Body.ReadExactlyAsync(buffer);
                HMACSHA256.HashData(secret, buffer);
                http.Response.StatusCode = StatusCodes.Status202Accepted;
            }
        );
        return app.RunAsync();
    }

    public static async Task<BareEndpoint> StartAsync(int port)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(BareEndpoint).Assembly.Location, Argument, $"{port}"]))!;
        var address = new Uri($"http://127.0.0.1:{port}/events");
        using var http = new HttpClient();
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var _ = await http.GetAsync(address);
                return new BareEndpoint(process, address);
            }
            catch (HttpRequestException) when (tries < 200)
            {
                await Task.Delay(50);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
