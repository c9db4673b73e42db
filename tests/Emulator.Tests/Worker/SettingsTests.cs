using Microsoft.Extensions.Configuration;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Stockgate.Emulator.Tests.ServiceBus;
using Stockgate.Emulator.Worker.Functions;
using Stockgate.Emulator.Worker.Hosting;

namespace Stockgate.Emulator.Tests.Worker;

public sealed class SettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string LocalSettingsFile => Path.Combine(_folder.Path, "local.settings.json");

    private string HostFile => Path.Combine(_folder.Path, "host.json");

    public void Dispose() => _folder.Dispose();

    private FunctionsApplicationBuilder Builder(params string[] args) => FunctionsApplication.CreateBuilder(
        args, new FunctionSource(typeof(SettingsTests).Assembly) { Types = [], HostFolder = _folder.Path, SettingsFolder = _folder.Path });

    [Fact]
    public void Local_settings_are_below_the_environment_and_the_command_line()
    {
        File.WriteAllText(LocalSettingsFile, """
            { // with comments
              "IsEncrypted": false,
              "Values": { "STOCKGATE_TEST_A": "file", "STOCKGATE_TEST_B": "file", "STOCKGATE_TEST_C": "file", "Section__Key": "nested", "Number": 3, },
              "Host": { "CORS": "*" }
            }
            """);
        Environment.SetEnvironmentVariable("STOCKGATE_TEST_B", "environment");
        Environment.SetEnvironmentVariable("STOCKGATE_TEST_C", "environment");
        try
        {
            var settings = Builder("--STOCKGATE_TEST_C=line").Configuration;
            Assert.Equal(("file", "environment", "line"), (settings["STOCKGATE_TEST_A"], settings["STOCKGATE_TEST_B"], settings["STOCKGATE_TEST_C"]));
            Assert.Equal(("nested", "3"), (settings["Section:Key"], settings["Number"]));
        }
        finally
        {
            Environment.SetEnvironmentVariable("STOCKGATE_TEST_B", null);
            Environment.SetEnvironmentVariable("STOCKGATE_TEST_C", null);
        }
    }

    [Theory]
    [InlineData("{ broken")]
    [InlineData("[]")]
    [InlineData("""{ "Values": [] }""")]
    public void Unreadable_local_settings_stop_the_start_and_name_the_file(string text)
    {
        File.WriteAllText(LocalSettingsFile, text);
        Assert.Contains(LocalSettingsFile, Assert.Throws<InvalidOperationException>(() => Builder()).Message);
    }

    [Theory]
    [InlineData("{ broken", "not valid JSON")]
    [InlineData("[]", "object")]
    [InlineData("""{ "functionTimeout": "soon" }""", "functionTimeout")]
    [InlineData("""{ "functionTimeout": "00:00:00" }""", "functionTimeout")]
    [InlineData("""{ "extensions": { "http": { "routePrefix": 3 } } }""", "routePrefix")]
    [InlineData("""{ "extensions": { "serviceBus": { "maxConcurrentCalls": 0 } } }""", "maxConcurrentCalls")]
    [InlineData("""{ "extensions": { "serviceBus": { "maxMessageBatchSize": "many" } } }""", "maxMessageBatchSize")]
    [InlineData("""{ "extensions": { "serviceBus": "none" } }""", "serviceBus")]
    [InlineData("""{ "logging": { "logLevel": { "default": 3 } } }""", "default")]
    public void Wrong_host_json_stops_the_start_and_names_file_and_key(string text, string key)
    {
        File.WriteAllText(HostFile, text);
        var message = Assert.Throws<InvalidOperationException>(() => Builder()).Message;
        Assert.Contains(HostFile, message);
        Assert.Contains(key, message);
    }

    [Fact]
    public void Host_json_is_read_with_the_hosts_defaults_where_it_is_silent()
    {
        File.WriteAllText(HostFile, """
            { "version": "2.0", "functionTimeout": "-1", // no limit
              "extensions": { "http": { "routePrefix": "/v1/" }, "serviceBus": { "maxConcurrentCalls": 4, "sessionIdleTimeout": "00:00:01" } },
              "logging": { "logLevel": { "default": "Warning" } } }
            """);
        var host = HostSettings.Read(HostFile);
        Assert.Equal(("v1", Timeout.InfiniteTimeSpan, 4, 8, 1000), (host.RoutePrefix, host.FunctionTimeout, host.MaxConcurrentCalls, host.MaxConcurrentSessions, host.MaxMessageBatchSize));
        Assert.Equal((TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), "Warning"), (host.SessionIdleTimeout, host.MaxAutoLockRenewalDuration, host.LogLevels["default"]));
        Assert.Equal("api", HostSettings.Read(Path.Combine(_folder.Path, "none.json")).RoutePrefix);
    }
}
