using System.Diagnostics;
using Azure.Messaging.ServiceBus;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Hosting;

namespace Stockgate.Emulator.Tests.Worker;

public sealed class MiddlewareTests
{
    private sealed class Functions(Probe probe)
    {
        [Function("Inner")]
        public string Page([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, FunctionContext context)
        {
            probe.Saw("page");
            return $"{(context.Items.TryGetValue("item", out var item) ? item : null)}{context.Features.Get<string>()}";
        }

        [Function("Other")]
        public string Other([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request)
        {
            probe.Saw("other");
            return "other";
        }

        [Function("InnerFault")]
        public string Throws([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => throw new ArgumentException("no");

        [Function("Message")]
        public void Message([ServiceBusTrigger("plain", Connection = WorkerHost.Connection)] string text, FunctionContext context) =>
            probe.Saw($"{text} {Activity.Current?.TraceId} {context.TraceContext.TraceParent == Activity.Current?.Id}");
    }

    private sealed class Typed(Probe probe) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            probe.Saw("typed in");
            await next(context);
            probe.Saw("typed out");
        }
    }

    private static Task<WorkerHost> StartAsync(Action<FunctionsApplicationBuilder> configure) => WorkerHost.StartAsync([typeof(Functions)], configure);

    [Fact]
    public async Task Middleware_runs_in_the_order_of_registration_around_the_function()
    {
        await using var host = await StartAsync(builder => builder.UseMiddleware<Typed>().UseMiddleware(async (context, next) =>
        {
            Probe(context).Saw("inline in");
            context.Items["item"] = "item and ";
            context.Features.Set("feature");
            await next();
            Probe(context).Saw("inline out");
        }));
        Assert.Equal("\"item and feature\"", await host.Http.GetStringAsync("/api/inner"));
        foreach (var expected in new[] { "typed in", "inline in", "page", "inline out", "typed out" }) Assert.Equal(expected, await host.Probe.NextAsync());
    }

    [Fact]
    public async Task Use_when_runs_only_where_its_condition_holds()
    {
        await using var host = await StartAsync(builder => builder
            .UseWhen<Typed>(context => context.FunctionDefinition.Name == "Inner")
            .UseWhen(context => context.FunctionDefinition.Name == "Other", async (context, next) =>
            {
                Probe(context).Saw("inline");
                await next();
            }));
        await host.Http.GetAsync("/api/inner");
        await host.Http.GetAsync("/api/other");
        foreach (var expected in new[] { "typed in", "page", "typed out", "inline", "other" }) Assert.Equal(expected, await host.Probe.NextAsync());
        Assert.True(host.Probe.IsQuiet);
    }

    [Fact]
    public async Task Middleware_may_answer_in_the_functions_place()
    {
        await using var host = await StartAsync(builder => builder.UseMiddleware(async (context, _) =>
        {
            context.GetHttpContext()!.Response.StatusCode = 403;
            await context.GetHttpContext()!.Response.WriteAsync("closed");
        }));
        var answer = await host.Http.GetAsync("/api/inner");
        Assert.Equal((403, "closed"), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        Assert.True(host.Probe.IsQuiet);
    }

    [Fact]
    public async Task Middleware_sees_the_exception_that_the_function_threw()
    {
        await using var host = await StartAsync(builder => builder.UseMiddleware(async (context, next) =>
        {
            try
            {
                await next();
            }
            catch (ArgumentException)
            {
                context.GetHttpContext()!.Response.StatusCode = 422;
            }
        }));
        Assert.Equal(422, (int)(await host.Http.GetAsync("/api/innerfault")).StatusCode);
    }

    [Fact]
    public async Task Every_invocation_is_one_activity_with_the_functions_name()
    {
        var ended = new List<Activity>();
        using var listener = Listen(ended);
        await using (var host = await StartAsync(_ => { }))
        {
            await host.Http.GetAsync("/api/inner");
            await host.Http.GetAsync("/api/innerfault");
            await host.StopAsync();
        }
        var (page, throws) = (Assert.Single(ended, a => a.OperationName == "Inner"), Assert.Single(ended, a => a.OperationName == "InnerFault"));
        Assert.Equal((ActivityStatusCode.Unset, "Inner"), (page.Status, page.GetTagItem("faas.name")));
        Assert.Equal(ActivityStatusCode.Error, throws.Status);
        Assert.NotEqual(page.GetTagItem("faas.invocation_id"), throws.GetTagItem("faas.invocation_id"));
    }

    [Fact]
    public async Task Message_continues_the_trace_of_its_sender()
    {
        using var listener = Listen([]);
        await using var host = await StartAsync(_ => { });
        await using var client = new ServiceBusClient(host.Folder.ConnectionString);
        var trace = ActivityTraceId.CreateRandom();
        await client.CreateSender("plain").SendMessageAsync(new ServiceBusMessage("x") { ApplicationProperties = { ["Diagnostic-Id"] = $"00-{trace}-{ActivitySpanId.CreateRandom()}-01" } });
        Assert.Equal($"x {trace} True", await host.Probe.NextAsync());
    }

    private static Probe Probe(FunctionContext context) => (Probe)context.InstanceServices.GetService(typeof(Probe))!;

    // Other tests run at the same time; no function of theirs has the names that are looked for.
    private static ActivityListener Listen(List<Activity> ended)
    {
        var own = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.Azure.Functions.Worker",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (ended) ended.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(own);
        return own;
    }
}
