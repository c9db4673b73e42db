using Stockgate.Emulator.Tests.ServiceBus;

namespace Stockgate.Emulator.Tests.Worker.Durable;

/// <summary>What is wrong with durable functions is said at start.</summary>
public sealed partial class DurableMistakeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Mistakes(Type functions, params string[] args) => Assert.Throws<InvalidOperationException>(() => WorkerHost.Build([functions], _folder, null, args)).Message;

    private void WriteHostJson(string durable) => File.WriteAllText(Path.Combine(_folder.Path, "host.json"), $$"""{ "extensions": { "durableTask": {{durable}} } }""");

    [Theory]
    [InlineData(typeof(ContextOfAnotherType), "parameter 'context' of type String carries [OrchestrationTrigger]; make it a TaskOrchestrationContext")]
    [InlineData(typeof(ReturnsVoid), "an orchestrator that returns void ends with its first await; return Task or Task<T>")]
    [InlineData(typeof(AsyncVoid), "an async method must return Task")]
    [InlineData(typeof(TwoInputs), "parameter 'second' of type String can't be bound; beside its context an orchestrator takes one parameter")]
    [InlineData(typeof(ServiceAsInput), "parameter 'logger' of type ILogger can't be bound")]
    [InlineData(typeof(ClientInOrchestrator), "parameter 'client' has [DurableClient], whose calls no replay could repeat")]
    [InlineData(typeof(ByRef), "parameter 'count' is ref, in or out")]
    [InlineData(typeof(RetriedOrchestrator), "pass TaskOptions with a retry policy")]
    [InlineData(typeof(RetriedActivity), "pass TaskOptions with a retry policy")]
    [InlineData(typeof(InterfaceInput), "parameter 'input' of type IDisposable can't be an activity's input")]
    [InlineData(typeof(DelegateInput), "parameter 'input' of type Action can't be an activity's input")]
    [InlineData(typeof(TokenInput), "parameter 'input' of type CancellationToken can't be an activity's input")]
    [InlineData(typeof(SecondActivityInput), "parameter 'count' of type Int32 can't be bound; beside its input an activity takes")]
    [InlineData(typeof(ClientOfAnotherType), "parameter 'client' of type HttpClient carries [DurableClient]; make it a DurableTaskClient")]
    [InlineData(typeof(OtherHub), "parameter 'client' asks for the task hub 'Elsewhere'; this runtime opens the app's own alone, 'TestHubName'")]
    [InlineData(typeof(MissingHubSetting), "the setting 'Hub' that %Hub% names is not set")]
    [InlineData(typeof(ClientWithoutAttribute), "can't be bound; a timer function takes TimerInfo, [DurableClient] DurableTaskClient")]
    [InlineData(typeof(SameActivity), "has the name 'right' already")]
    [InlineData(typeof(SameOrchestrator), "has the name 'one' already")]
    public void Mistake_stops_the_start_and_names_the_function(Type functions, string mistake)
    {
        var message = Mistakes(functions);
        Assert.Contains(mistake, message);
        Assert.Contains("function 'Wrong' (", message);
        Assert.Equal(1, message.Split('\n').Count(line => line.StartsWith("  - ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("1abc")]
    [InlineData("my-hub")]
    [InlineData("AHubNameThatIsLongerThanTheFortyFiveCharacters")]
    public void Hub_name_that_is_none_stops_the_start(string name)
    {
        WriteHostJson($$"""{ "hubName": "{{name}}" }""");
        Assert.Contains($"extensions.durableTask.hubName is '{name}'; 3 to 45 letters and digits", Mistakes(typeof(Usable), $"--Hub={name}"));
    }

    [Theory]
    [InlineData("""{ "maxConcurrentActivityFunctions": 0 }""", "maxConcurrentActivityFunctions is 0")]
    [InlineData("""{ "maxConcurrentOrchestratorFunctions": "many" }""", "maxConcurrentOrchestratorFunctions is \"many\"")]
    [InlineData("""{ "hubName": 3 }""", "hubName is 3")]
    [InlineData("""[]""", "durableTask is []")]
    public void Limit_that_is_none_stops_the_start(string durable, string mistake)
    {
        WriteHostJson(durable);
        Assert.Contains(mistake, Mistakes(typeof(Usable)));
    }

    [Fact]
    public void Hub_name_comes_from_a_setting_and_what_is_for_the_real_storage_is_ignored()
    {
        WriteHostJson("""
            { "hubName": "%Hub%", "storageProvider": { "type": "azureStorage" }, "tracing": { "traceInputsAndOutputs": false }, "notifications": {}, "maxQueuePollingInterval": "00:00:10",
              "extendedSessionsEnabled": true, "extendedSessionIdleTimeoutInSeconds": 30, "defaultVersion": "1.0" }
            """);
        using var host = WorkerHost.Build([typeof(Usable)], _folder, null, "--Hub=Stock");
    }

    [Fact]
    public void Function_that_a_setting_switches_off_is_not_looked_at()
    {
        using var host = WorkerHost.Build([typeof(ReturnsVoid)], _folder, null, "--AzureWebJobs.Wrong.Disabled=true");
    }
}
