using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Emulator.Tests.ServiceBus;

namespace Stockgate.Emulator.Tests.Worker.Durable;

/// <summary>Who gets to the management endpoints.</summary>
public sealed class ManagementAccessTests : IDisposable
{
    private const string OldKeys = """{ "master": "master-key", "default": "host-key", "functions": { "Echo": "own-key" }, "remark": "mine" }""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private sealed class Page
    {
        [Function("Page")]
        public string Run([HttpTrigger(AuthorizationLevel.Function)] HttpRequest request) => "page";
    }

    /// <summary>Makes every request come from elsewhere.</summary>
    private sealed class From(IPAddress? caller) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, rest) =>
            {
                http.Connection.RemoteIpAddress = caller;
                return rest(http);
            });
            next(app);
        };
    }

    private Task<WorkerHost> StartAsync(params Type[] more) => WorkerHost.StartAsync([typeof(ManagementTests.Functions), .. more], null, _folder);

    private void WriteOldKeys()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(WorkerHost.KeysFile(_folder))!);
        File.WriteAllText(WorkerHost.KeysFile(_folder), OldKeys);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wrong")]
    [InlineData("host-key")]
    [InlineData("own-key")]
    public async Task Other_keys_open_nothing(string? key)
    {
        WriteOldKeys();
        await using var host = await StartAsync();
        foreach (var path in new[] { "/instances", "/instances/one", "/instances/one/history", "/nothing", "" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Managed.Path + path);
            if (key is not null) request.Headers.Add("x-functions-key", key);
            Assert.Contains("keys.json", await (await host.Http.SendAsync(request)).ProblemAsync(HttpStatusCode.Unauthorized));
            await (await host.Http.GetAsync($"{Managed.Path}{path}?code={key}")).ProblemAsync(HttpStatusCode.Unauthorized);
        }
        await (await host.Http.PostAsync($"{Managed.Path}/orchestrators/Echo/one", null)).ProblemAsync(HttpStatusCode.Unauthorized);
        await (await host.Http.DeleteAsync($"{Managed.Path}/instances/one")).ProblemAsync(HttpStatusCode.Unauthorized);
        await (await host.SendAsync(HttpMethod.Get, "/instances/one")).ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Own_key_and_master_key_open_it_and_the_own_key_opens_nothing_else()
    {
        await using var host = await StartAsync(typeof(Page));
        var own = Managed.Key(_folder);
        foreach (var key in new[] { own, host.MasterKey })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{Managed.Path}/instances");
            request.Headers.Add("x-functions-key", key);
            Assert.Equal(HttpStatusCode.OK, (await host.Http.SendAsync(request)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await host.Http.GetAsync($"{Managed.Path}/instances?code={key}")).StatusCode);
        }
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Http.GetAsync($"/api/page?code={own}")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Http.GetAsync($"/admin/servicebus?code={own}")).StatusCode);
    }

    [Fact]
    public async Task Key_is_added_to_keys_that_there_are_once_and_kept_from_others()
    {
        WriteOldKeys();
        string added;
        await using (await StartAsync()) added = Managed.Key(_folder);
        await using (await StartAsync()) Assert.Equal(added, Managed.Key(_folder));
        using var keys = JsonDocument.Parse(File.ReadAllBytes(WorkerHost.KeysFile(_folder)));
        Assert.Equal("own-key", keys.RootElement.GetProperty("functions").GetProperty("Echo").GetString());
        Assert.Equal(("master-key", "host-key", "mine"), (Text("master"), Text("default"), Text("remark")));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(WorkerHost.KeysFile(_folder)));

        string? Text(string name) => keys.RootElement.GetProperty(name).GetString();
    }

    [Fact]
    public async Task App_without_durable_functions_has_neither_key_nor_endpoints()
    {
        await using var host = await WorkerHost.StartAsync([typeof(Page)], null, _folder);
        Assert.DoesNotContain("durabletask", File.ReadAllText(WorkerHost.KeysFile(_folder)));
        Assert.Equal(HttpStatusCode.NotFound, (await host.Http.GetAsync($"{Managed.Path}/instances?code={host.MasterKey}")).StatusCode);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(WorkerHost.KeysFile(_folder))!, "durabletask-*"));
    }

    [Fact]
    public void Key_is_never_shown()
    {
        var shown = new List<string>();
        Stockgate.Emulator.Worker.Http.FunctionKeys.Open(WorkerHost.KeysFile(_folder), shown.Add, durable: true);
        Assert.DoesNotContain(Managed.Key(_folder), Assert.Single(shown));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(WorkerHost.KeysFile(_folder)));
    }

    [Fact]
    public async Task Key_is_in_no_answer_and_no_log()
    {
        await using var host = await StartAsync();
        var answers = new List<string>();
        async Task TellAsync(HttpMethod method, string path)
        {
            var answer = await host.SendAsync(method, path);
            answers.Add(answer.Headers + await answer.Content.ReadAsStringAsync());
            var byQuery = await host.Http.SendAsync(new HttpRequestMessage(method, $"{Managed.Path}{path}?code={Managed.Key(_folder)}"));
            answers.Add(byQuery.Headers + await byQuery.Content.ReadAsStringAsync());
        }

        await TellAsync(HttpMethod.Post, "/orchestrators/Waiting/one");
        await TellAsync(HttpMethod.Get, "/instances/one");
        await TellAsync(HttpMethod.Get, "/instances");
        await TellAsync(HttpMethod.Get, "/instances/one/history");
        await TellAsync(HttpMethod.Post, "/instances/one/terminate");
        await TellAsync(HttpMethod.Delete, "/instances/one");
        await TellAsync(HttpMethod.Get, "/nothing");
        foreach (var key in new[] { Managed.Key(_folder), host.MasterKey, host.DefaultKey })
        {
            Assert.DoesNotContain(answers, answer => answer.Contains(key));
            Assert.DoesNotContain(host.Log.Lines, line => line.Text.Contains(key));
        }
    }

    [Theory]
    [InlineData("203.0.113.9", false)]
    [InlineData("::ffff:203.0.113.9", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("fe80::1", false)]
    [InlineData(null, false)]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.8.9.10", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.2", true)]
    public async Task Only_callers_of_this_machine_are_answered(string? caller, bool answered)
    {
        var from = new From(caller is null ? null : IPAddress.Parse(caller));
        await using var host = await WorkerHost.StartAsync([typeof(ManagementTests.Functions)], builder => builder.Services.AddSingleton<IStartupFilter>(from), _folder);
        var answer = await host.SendAsync(HttpMethod.Get, "/instances");
        Assert.Equal(answered ? HttpStatusCode.OK : HttpStatusCode.NotFound, answer.StatusCode);
        if (!answered) Assert.Empty(await answer.Content.ReadAsStringAsync());
        // Nor does a method or a path that does not fit tell that there is something.
        if (!answered) Assert.Equal(HttpStatusCode.NotFound, (await host.SendAsync(HttpMethod.Put, "/instances")).StatusCode);
    }
}
