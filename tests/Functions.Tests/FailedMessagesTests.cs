using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace Stockgate.Functions.Tests;

public class FailedMessagesTests
{
    private readonly FakeTime time = new();
    private readonly Mock<ServiceBusMessageActions> actions = new();
    private readonly List<string> settled = [];

    public FailedMessagesTests()
    {
        actions
            .Setup(static a => a.AbandonMessageAsync(It.IsAny<ServiceBusReceivedMessage>(), null, It.IsAny<CancellationToken>()))
            .Callback(
                (ServiceBusReceivedMessage message, IDictionary<string, object> _, CancellationToken _) =>
                    settled.Add($"again {message.MessageId}")
            )
            .Returns(Task.CompletedTask);
        actions
            .Setup(static a =>
                a.DeadLetterMessageAsync(
                    It.IsAny<ServiceBusReceivedMessage>(),
                    null,
                    It.IsAny<string>(),
                    It.IsAny<string>(),
                    It.IsAny<CancellationToken>()
                )
            )
            .Callback(
                (ServiceBusReceivedMessage message, Dictionary<string, object> _, string reason, string why, CancellationToken _) =>
                    settled.Add($"{reason} {message.MessageId}: {why}")
            )
            .Returns(Task.CompletedTask);
    }

    [Theory]
    [InlineData(1, 250)]
    [InlineData(2, 500)]
    [InlineData(4, 2_000)]
    [InlineData(5, 4_000)]
    [InlineData(200, 4_000)]
    public async Task The_pause_grows_with_the_deliveries_and_never_beyond_four_seconds(int deliveries, int milliseconds)
    {
        var settling = SettleAsync(new FailedMessage(Message("a", deliveries), "no", false));
        time.Advance(TimeSpan.FromMilliseconds(milliseconds - 1));
        Assert.Empty(settled);
        time.Advance(TimeSpan.FromMilliseconds(1));
        await settling;
        Assert.Equal(["again a"], settled);
    }

    [Fact]
    public async Task The_last_try_goes_to_the_dead_letters_with_its_reason_and_waits_for_nothing()
    {
        await SettleAsync(new FailedMessage(Message("a", 5), "its price is no number", true));
        Assert.Equal(["ProjectionFailed a: its price is no number"], settled);
    }

    [Fact]
    public async Task They_go_back_in_the_order_in_which_they_came()
    {
        var settling = SettleAsync([.. "abc".Select(static id => new FailedMessage(Message($"{id}", 1), "no", false))]);
        time.Advance(TimeSpan.FromSeconds(1));
        await settling;
        Assert.Equal(["again a", "again b", "again c"], settled);
    }

    private Task SettleAsync(params FailedMessage[] failed) =>
        FailedMessages.SettleAsync(failed, "ProjectionFailed", actions.Object, time, NullLogger.Instance, CancellationToken.None);

    private static ServiceBusReceivedMessage Message(string id, int deliveries) =>
        ServiceBusModelFactory.ServiceBusReceivedMessage(messageId: id, sessionId: "0001", deliveryCount: deliveries);
}
