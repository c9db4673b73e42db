using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Stockgate.Emulator.Tests.Worker;

public sealed class HttpFaultTests
{
    private sealed class Unregistered;

    private sealed class NeedsMore(Unregistered missing)
    {
        [Function("Unmade")]
        public string Unmade([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => missing.ToString()!;
    }

    private sealed class Functions(Probe probe)
    {
        [Function("Throws")]
        public string Throws([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => throw new InvalidOperationException("the secret of the house");

        [Function("ThrowsLate")]
        public async Task ThrowsLate([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request)
        {
            request.HttpContext.Response.Headers["x-half"] = "done";
            await Task.Yield();
            throw new InvalidOperationException("the secret of the house");
        }

        [Function("Waits")]
        public async Task Waits([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, CancellationToken cancellation)
        {
            probe.Saw("started");
            try
            {
                await Task.Delay(Timeout.Infinite, cancellation);
            }
            finally
            {
                probe.Saw("ended");
            }
        }
    }

    [Theory]
    [InlineData("throws")]
    [InlineData("throwslate")]
    [InlineData("unmade")]
    public async Task Fault_is_logged_and_answered_without_details(string function)
    {
        await using var host = await WorkerHost.StartAsync(typeof(Functions), typeof(NeedsMore));
        var answer = await host.Http.GetAsync($"/api/{function}");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
        Assert.False(answer.Headers.Contains("x-half"));
        var line = Assert.Single(host.Log.Lines, line => line.Level == LogLevel.Error);
        Assert.Contains(function, line.Text, StringComparison.OrdinalIgnoreCase);
        Assert.IsType<InvalidOperationException>(line.Fault);
    }

    [Fact]
    public async Task Caller_that_hangs_up_cancels_the_token_and_is_no_fault()
    {
        await using var host = await WorkerHost.StartAsync(typeof(Functions));
        using var hangUp = new CancellationTokenSource();
        var call = host.Http.GetAsync("/api/waits", hangUp.Token);
        Assert.Equal("started", await host.Probe.NextAsync());
        await hangUp.CancelAsync();
        Assert.Equal("ended", await host.Probe.NextAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await host.StopAsync();
        Assert.DoesNotContain(host.Log.Lines, line => line.Level >= LogLevel.Error);
    }
}
