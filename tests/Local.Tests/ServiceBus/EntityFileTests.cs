using Azure.Messaging.ServiceBus;
using Stockgate.Local.ServiceBus;

namespace Stockgate.Local.Tests.ServiceBus;

/// <summary>What is wrong in the entity file is said before anything runs, with where and what.</summary>
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
    [InlineData(
        """{ "Name": "t", "Subscriptions": [ { "Name": "s", "Properties": { "MaxDeliveryCount": "ten" } } ] }""",
        "t",
        "s",
        "MaxDeliveryCount"
    )]
    public async Task A_wrong_topic_is_named_with_file_entity_and_property(string topic, params string[] said) =>
        await AssertRefused($$$"""{"UserConfig":{"Namespaces":[{"Name":"n","Topics":[{{{topic}}}]}]}}""", said);

    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("{}", "UserConfig")]
    public async Task A_file_of_another_kind_is_refused(string entities, params string[] said) => await AssertRefused(entities, said);

    [Fact]
    public async Task A_queue_with_messages_keeps_its_kind()
    {
        const string Declared =
            """{"UserConfig":{"Namespaces":[{"Name":"n","Queues":[{"Name":"q","Properties":{"RequiresSession":SESSIONS}}]}]}}""";
        using var folder = new TemporaryFolder(Declared.Replace("SESSIONS", "false"));
        await using (var server = await BrokerServer.StartAsync(folder.Options))
        await using (var client = TestClient.To(server.ConnectionString))
            await client.CreateSender("q").SendMessageAsync(new ServiceBusMessage("1"));
        await File.WriteAllTextAsync(folder.EntityFile, Declared.Replace("SESSIONS", "true"));
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => BrokerServer.StartAsync(folder.Options));
        Assert.Contains("RequiresSession", e.Message);
    }

    private static async Task AssertRefused(string entities, string[] said)
    {
        using var folder = new TemporaryFolder(entities);
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => BrokerServer.StartAsync(folder.Options));
        Assert.All(said.Append(folder.EntityFile), part => Assert.Contains(part, e.Message));
    }
}
