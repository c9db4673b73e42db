using Azure;
using Azure.Messaging.ServiceBus;

namespace Stockgate.Emulator.Tests.ServiceBus;

/// <summary>What is wrong in the entity file or the connection string is said before anything runs, with where and what.</summary>
public sealed class EntityFileTests
{
    [Theory]
    [InlineData("""{ "Name": "q", "Properties": { "LockDuraton": "PT1M" } }""", "q", "LockDuraton")]
    [InlineData("""{ "Name": "q", "Properties": { "LockDuration": "60" } }""", "q", "LockDuration", "ISO 8601")]
    [InlineData("""{ "Name": "q", "Properties": { "LockDuration": "PT6M" } }""", "q", "LockDuration", "PT5M")]
    [InlineData("""{ "Name": "q", "Properties": { "DefaultMessageTimeToLive": "PT0S" } }""", "q", "DefaultMessageTimeToLive")]
    [InlineData("""{ "Name": "q", "Properties": { "MaxDeliveryCount": 0 } }""", "q", "MaxDeliveryCount")]
    [InlineData("""{ "Name": "q", "Properties": { "RequiresSession": "yes" } }""", "q", "RequiresSession")]
    [InlineData("""{ "Name": "q", "Properties": { "ForwardTo": "other" } }""", "q", "ForwardTo", "not supported")]
    [InlineData("""{ "Name": "q", "Properties": { "ForwardDeadLetteredMessagesTo": "other" } }""", "q", "ForwardDeadLetteredMessagesTo")]
    [InlineData("""{ "Name": "q" }, { "Name": "Q" }""", "'q'", "more than once")]
    [InlineData("""{ "Properties": {} }""", "Name", "missing")]
    public async Task A_wrong_queue_is_named_with_file_entity_and_property(string queue, params string[] said) =>
        await AssertRefused($$$"""{"UserConfig":{"Namespaces":[{"Name":"n","Queues":[{{{queue}}}]}]}}""", said);

    [Theory]
    [InlineData("""{ "Name": "t", "Properties": { "RequiresSession": true } }""", "t", "RequiresSession")]
    [InlineData("""{ "Name": "t", "Subscriptions": [ { "Name": "s", "Rules": [ { "Name": "r" } ] } ] }""", "t", "s", "Rules", "TrueFilter")]
    [InlineData("""{ "Name": "t", "Subscriptions": [ { "Name": "s", "Properties": { "MaxDeliveryCount": "ten" } } ] }""", "t", "s", "MaxDeliveryCount")]
    public async Task A_wrong_topic_is_named_with_file_entity_and_property(string topic, params string[] said) =>
        await AssertRefused($$$"""{"UserConfig":{"Namespaces":[{"Name":"n","Topics":[{{{topic}}}]}]}}""", said);

    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("{}", "UserConfig")]
    public async Task A_file_of_another_kind_is_refused(string entities, params string[] said) => await AssertRefused(entities, said);

    [Fact]
    public async Task A_queue_with_messages_keeps_its_kind()
    {
        const string Declared = """{"UserConfig":{"Namespaces":[{"Name":"n","Queues":[{"Name":"q","Properties":{"RequiresSession":SESSIONS}}]}]}}""";
        using var folder = new TemporaryFolder(Declared.Replace("SESSIONS", "false"));
        await using (var client = new ServiceBusClient(folder.ConnectionString)) await client.CreateSender("q").SendMessageAsync(new ServiceBusMessage("1"));
        await File.WriteAllTextAsync(folder.EntityFile, Declared.Replace("SESSIONS", "true"));
        await using var changed = new ServiceBusClient(folder.ConnectionString);
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => changed.CreateSender("q").SendMessageAsync(new ServiceBusMessage("1")));
        Assert.Contains("RequiresSession", e.Message);
    }

    [Theory]
    [InlineData("Endpoint=sb://x.servicebus.windows.net;SharedAccessKeyName=n;SharedAccessKey=k", typeof(InvalidOperationException), "FunctionsRuntime=Azure")]
    [InlineData("UseDevelopmentEmulator=true", typeof(FormatException), "Endpoint")]
    [InlineData("Endpoint=sb://localhost;UseDevelopmentEmulator=true;DataFiel=x", typeof(FormatException), "DataFiel")]
    public void A_connection_string_that_is_not_for_here_is_refused(string connection, Type type, string said) =>
        Assert.Contains(said, Assert.Throws(type, () => new ServiceBusClient(connection)).Message);

    [Fact]
    public void Credentials_are_for_a_real_namespace()
    {
        var e = Assert.Throws<InvalidOperationException>(() => new ServiceBusClient("x.servicebus.windows.net", new AzureSasCredential("sas")));
        Assert.Contains("FunctionsRuntime=Azure", e.Message);
    }

    private static async Task AssertRefused(string entities, string[] said)
    {
        using var folder = new TemporaryFolder(entities);
        await using var client = new ServiceBusClient(folder.ConnectionString);
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => client.CreateSender("q").SendMessageAsync(new ServiceBusMessage("1")));
        Assert.All(said.Append(folder.EntityFile), part => Assert.Contains(part, e.Message));
    }
}
