using Azure.Data.Tables;
using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs;

namespace Stockgate.Functions.Tests.Settings;

public class AzureClientsTests
{
    [Fact]
    public void An_endpoint_is_opened_with_the_apps_identity_and_needs_no_connection_string()
    {
        Assert.Equal(
            new Uri("https://stock.table.core.windows.net"),
            App.Made<TableServiceClient>(("Storage:tableServiceUri", "https://stock.table.core.windows.net")).Uri
        );
        Assert.Equal(
            new Uri("https://stock.blob.core.windows.net"),
            App.Made<BlobServiceClient>(("Storage:blobServiceUri", "https://stock.blob.core.windows.net")).Uri
        );
        Assert.Equal(
            "stock.servicebus.windows.net",
            App.Made<ServiceBusClient>(("ServiceBus:fullyQualifiedNamespace", "stock.servicebus.windows.net")).FullyQualifiedNamespace
        );
    }

    [Fact]
    public void A_connection_string_is_taken_as_it_is() =>
        Assert.Equal("devstoreaccount1", App.Made<TableServiceClient>(("Storage", "UseDevelopmentStorage=true")).AccountName);

    [Fact]
    public void Without_either_the_settings_that_are_missing_are_named() =>
        Assert.Contains(
            "ServiceBus (a connection string) or ServiceBus__fullyQualifiedNamespace",
            Assert.Throws<InvalidOperationException>(() => App.Made<ServiceBusClient>()).Message,
            StringComparison.Ordinal
        );
}
