using System.Net;
using System.Net.Http.Json;
using System.Text;
using Azure.Messaging.ServiceBus;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Stockgate.Emulator.Tests.Worker;

public sealed class ManualRunTests
{
    private sealed class Functions(Probe probe)
    {
        [Function("Nightly")]
        public void Nightly([TimerTrigger("0 0 3 1 1 *")] TimerInfo timer) => probe.Saw($"nightly {timer.IsPastDue}");

        [Function("Message")]
        public void Message([ServiceBusTrigger("plain", Connection = WorkerHost.Connection)] string text) => probe.Saw(text);

        [Function("Batch")]
        public async Task Batch(
            [ServiceBusTrigger("sessions", Connection = WorkerHost.Connection, IsSessionsEnabled = true, IsBatched = true)] ServiceBusReceivedMessage[] messages,
            ServiceBusMessageActions actions, ServiceBusSessionMessageActions session)
        {
            await session.SetSessionStateAsync(BinaryData.FromString("kept"));
            await session.RenewSessionLockAsync();
            await actions.CompleteMessageAsync(messages[0]);
            probe.Saw($"{messages.Single().Body} {await session.GetSessionStateAsync()}");
        }

        [Function("Failing")]
        public void Failing([TimerTrigger("0 0 3 1 1 *")] TimerInfo timer)
        {
            probe.Saw("failing");
            throw new InvalidOperationException("no");
        }

        [Function("Blocking")]
        public void Blocking([TimerTrigger("0 0 3 1 1 *")] TimerInfo timer)
        {
            probe.Saw("blocking");
            // A function without an await: the answer must not wait for it.
            probe.Gate.Task.GetAwaiter().GetResult();
            probe.Saw("done");
        }

        [Function("Page")]
        public string Page([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => "page";
    }

    private static async Task<HttpResponseMessage> RunAsync(WorkerHost host, string function, HttpContent? body = null, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/admin/functions/{function}") { Content = body ?? JsonContent.Create(new { }) };
        request.Headers.Add("x-functions-key", key ?? host.MasterKey);
        return await host.Http.SendAsync(request);
    }

    [Theory]
    [InlineData("nightly", "{}", "nightly False")]
    [InlineData("Message", """{"input":"hello"}""", "hello")]
    [InlineData("batch", """{"input":"hello"}""", "hello kept")]
    public async Task Function_runs_by_hand_with_the_master_key(string function, string body, string seen)
    {
        await using var host = await WorkerHost.StartAsync(typeof(Functions));
        Assert.Equal(HttpStatusCode.Accepted, (await RunAsync(host, function, new StringContent(body, Encoding.UTF8, "application/json"))).StatusCode);
        Assert.Equal(seen, await host.Probe.NextAsync());
    }

    [Fact]
    public async Task Answer_does_not_wait_for_the_run_and_a_shutdown_does()
    {
        await using var host = await WorkerHost.StartAsync(typeof(Functions));
        Assert.Equal(HttpStatusCode.Accepted, (await RunAsync(host, "blocking")).StatusCode);
        Assert.Equal("blocking", await host.Probe.NextAsync());
        var (stopping, probe) = (host.StopAsync(), host.Probe);
        Assert.False(stopping.IsCompleted);
        probe.Gate.SetResult();
        await stopping;
        Assert.False(probe.IsQuiet);
    }

    [Fact]
    public async Task Failure_of_a_run_by_hand_is_in_the_log()
    {
        await using var host = await WorkerHost.StartAsync(typeof(Functions));
        Assert.Equal(HttpStatusCode.Accepted, (await RunAsync(host, "failing")).StatusCode);
        Assert.Equal("failing", await host.Probe.NextAsync());
        await host.StopAsync();
        Assert.Contains(host.Log.Lines, line => line.Level == LogLevel.Error && line.Text.Contains("failing, run by hand"));
    }

    [Fact]
    public async Task Other_keys_do_not_run_functions()
    {
        await using var host = await WorkerHost.StartAsync(typeof(Functions));
        Assert.Equal(HttpStatusCode.Unauthorized, (await RunAsync(host, "nightly", key: host.DefaultKey)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Http.PostAsJsonAsync("/admin/functions/nightly", new { })).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Http.GetAsync("/admin/servicebus")).StatusCode);
        Assert.True(host.Probe.IsQuiet);
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("page")]
    public async Task What_does_not_run_by_hand_is_not_found_and_the_answer_lists_what_does(string function)
    {
        await using var host = await WorkerHost.StartAsync(typeof(Functions));
        var answer = await RunAsync(host, function);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("Batch, Blocking, Failing, Message, Nightly", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("", "application/json")]
    [InlineData("hello", "text/plain")]
    [InlineData("[1]", "application/json")]
    public async Task Unreadable_body_is_a_bad_request(string body, string type)
    {
        await using var host = await WorkerHost.StartAsync(typeof(Functions));
        Assert.Equal(HttpStatusCode.BadRequest, (await RunAsync(host, "nightly", new StringContent(body, Encoding.UTF8, type))).StatusCode);
    }

    [Fact]
    public async Task Ping_needs_no_key_and_queues_are_counted_for_the_master_key()
    {
        await using var host = await WorkerHost.StartAsync(typeof(Functions));
        Assert.Equal(HttpStatusCode.OK, (await host.Http.GetAsync("/admin/host/ping")).StatusCode);
        var counts = await host.Http.GetStringAsync($"/admin/servicebus?code={host.MasterKey}");
        Assert.Contains("""{"entity":"plain","function":"Message","waiting":0,"deadLettered":0}""", counts);
    }
}
