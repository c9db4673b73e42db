using Azure.Messaging.ServiceBus;

namespace Stockgate.Local.Tests.ServiceBus;

/// <summary>The real client, as the tests want it: a failure is reported at once and not tried again.</summary>
internal static class TestClient
{
    public static ServiceBusClient To(string connectionString, int retries = 0) =>
        new(
            connectionString,
            new ServiceBusClientOptions
            {
                RetryOptions = new ServiceBusRetryOptions
                {
                    MaxRetries = retries,
                    TryTimeout = TimeSpan.FromSeconds(20),
                    Delay = TimeSpan.FromMilliseconds(50),
                },
            }
        );

    public static Task CompleteAll(this ServiceBusReceiver receiver, IEnumerable<ServiceBusReceivedMessage> messages) =>
        Task.WhenAll(messages.Select(message => receiver.CompleteMessageAsync(message)));
}
