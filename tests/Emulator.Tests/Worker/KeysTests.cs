using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Emulator.Tests.ServiceBus;
using Stockgate.Emulator.Worker.Http;

namespace Stockgate.Emulator.Tests.Worker;

public sealed class KeysTests
{
    private sealed class Functions
    {
        [Function("Open")]
        public string Open([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => "open";

        [Function("Keyed")]
        public string Keyed([HttpTrigger(AuthorizationLevel.Function)] HttpRequest request) => "keyed";

        [Function("Default")]
        public string Default([HttpTrigger("get")] HttpRequest request) => "keyed where no level is said";

        [Function("Admin")]
        public string Admin([HttpTrigger(AuthorizationLevel.Admin)] HttpRequest request) => "admin";
    }

    private const string OwnKeys = """{ "master": "master-key", "default": "host-key", "functions": { "keyed": "own-key" } }""";

    [Theory]
    [InlineData("open", null, true)]
    [InlineData("keyed", null, false)]
    [InlineData("default", null, false)]
    [InlineData("admin", null, false)]
    [InlineData("keyed", "wrong", false)]
    [InlineData("keyed", "host-ke", false)]
    [InlineData("keyed", "host-keyy", false)]
    [InlineData("keyed", "HOST-KEY", false)]
    [InlineData("keyed", "host-key", true)]
    [InlineData("default", "host-key", true)]
    [InlineData("admin", "host-key", false)]
    [InlineData("keyed", "own-key", true)]
    [InlineData("default", "own-key", false)]
    [InlineData("admin", "own-key", false)]
    [InlineData("keyed", "master-key", true)]
    [InlineData("default", "master-key", true)]
    [InlineData("admin", "master-key", true)]
    public async Task Key_opens_what_it_is_for(string function, string? key, bool opens)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.GetDirectoryName(WorkerHost.KeysFile(folder))!);
        File.WriteAllText(WorkerHost.KeysFile(folder), OwnKeys);
        await using var host = await WorkerHost.StartAsync([typeof(Functions)], null, folder);
        var expected = opens ? HttpStatusCode.OK : HttpStatusCode.Unauthorized;

        using var byHeader = new HttpRequestMessage(HttpMethod.Get, $"/api/{function}");
        if (key is not null) byHeader.Headers.Add("x-functions-key", key);
        Assert.Equal(expected, (await host.Http.SendAsync(byHeader)).StatusCode);
        Assert.Equal(expected, (await host.Http.GetAsync($"/api/{function}{(key is null ? "" : $"?code={key}")}")).StatusCode);
    }

    [Fact]
    public async Task Keys_survive_a_restart()
    {
        using var folder = new TemporaryFolder();
        string master, made;
        await using (var first = await WorkerHost.StartAsync([typeof(Functions)], null, folder)) (master, made) = (first.MasterKey, first.DefaultKey);
        await using var second = await WorkerHost.StartAsync([typeof(Functions)], null, folder);
        Assert.Equal((master, made), (second.MasterKey, second.DefaultKey));
        Assert.NotEqual(master, made);
        Assert.Equal(HttpStatusCode.OK, (await second.Http.GetAsync($"/api/keyed?code={made}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await second.Http.GetAsync($"/api/admin?code={master}")).StatusCode);
    }

    [Fact]
    public void Keys_are_shown_once_and_kept_from_others()
    {
        using var folder = new TemporaryFolder();
        var (file, shown) = (WorkerHost.KeysFile(folder), new List<string>());
        FunctionKeys.Open(file, shown.Add);
        FunctionKeys.Open(file, shown.Add);
        Assert.Contains("not shown again", Assert.Single(shown));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{ broken")]
    [InlineData("""{ "master": "only" }""")]
    [InlineData("""{ "master": "", "default": "" }""")]
    public void Unreadable_keys_stop_the_start_and_name_the_file(string text)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "keys.json");
        File.WriteAllText(file, text);
        Assert.Contains(file, Assert.Throws<InvalidOperationException>(() => FunctionKeys.Open(file, _ => { })).Message);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("null")]
    public void Empty_function_key_opens_nothing(string key)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "keys.json");
        File.WriteAllText(file, $$"""{ "master": "master-key", "default": "host-key", "functions": { "keyed": {{key}} } }""");
        var request = new DefaultHttpContext().Request;
        request.Headers[FunctionKeys.HeaderName] = "";
        Assert.False(FunctionKeys.Open(file, _ => { }).Allows(request, "keyed", AuthorizationLevel.Function));
    }
}
