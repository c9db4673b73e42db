using Azure.Data.Tables;

namespace Stockgate.Emulator.Tests.Tables;

public sealed class ConnectionStringTests
{
    private const string Key = "c2VjcmV0";

    [Theory]
    [InlineData("UseDevelopmentStorage=true", "http://127.0.0.1:10002/devstoreaccount1", "devstoreaccount1")]
    [InlineData("UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://azurite", "http://azurite:10002/devstoreaccount1", "devstoreaccount1")]
    [InlineData($"DefaultEndpointsProtocol=https;AccountName=shop;AccountKey={Key};EndpointSuffix=core.windows.net", "https://shop.table.core.windows.net/", "shop")]
    [InlineData($"AccountName=shop;AccountKey={Key}", "https://shop.table.core.windows.net/", "shop")]
    [InlineData($"defaultendpointsprotocol=http; accountname=shop; accountkey={Key}; endpointsuffix=core.chinacloudapi.cn;", "http://shop.table.core.chinacloudapi.cn/", "shop")]
    [InlineData($"AccountName=devstoreaccount1;AccountKey={Key};TableEndpoint=http://localhost:1/devstoreaccount1", "http://localhost:1/devstoreaccount1", "devstoreaccount1")]
    [InlineData("TableEndpoint=https://shop.table.core.windows.net/;SharedAccessSignature=sv=2020&sig=abc%3D", "https://shop.table.core.windows.net/", "shop")]
    [InlineData("AccountName=shop;SharedAccessSignature=?sv=2020&sig=abc%3D", "https://shop.table.core.windows.net/", "shop")]
    public void Endpoint_and_account_are_found(string connectionString, string endpoint, string account)
    {
        var service = new TableServiceClient(connectionString);
        Assert.Equal((endpoint, account), (service.Uri.ToString(), service.AccountName));
        var table = new TableClient(connectionString, "orders");
        Assert.Equal((endpoint.TrimEnd('/') + "/orders", account), (table.Uri.ToString(), table.AccountName));
    }

    [Theory]
    [InlineData("AccountKey=c2VjcmV0", "'AccountName' is missing", "TableEndpoint")]
    [InlineData("AccountName=shop", "'AccountKey' is missing", "SharedAccessSignature")]
    [InlineData("TableEndpoint=https://shop.table.core.windows.net", "'AccountName' is missing", "SharedAccessSignature")]
    [InlineData("AccountName=shop;AccountKey=not base64!", "'AccountKey'", "copy the whole key")]
    [InlineData("AccountName=shop;AccountKey=", "'AccountKey'", "give it a value")]
    [InlineData("AccountName=shop;AccountName=shop;AccountKey=c2VjcmV0", "'AccountName' appears twice", "remove one")]
    [InlineData("TableEndpoint=nowhere;AccountName=shop;AccountKey=c2VjcmV0", "'TableEndpoint'", "absolute")]
    [InlineData("DefaultEndpointsProtocol=ftp;AccountName=shop;AccountKey=c2VjcmV0", "'DefaultEndpointsProtocol'", "https")]
    [InlineData("UseDevelopmentStorage=false", "'UseDevelopmentStorage'", "remove it")]
    [InlineData("c2VjcmV0", "'name=value'", "separated by ';'")]
    public void Mistake_is_named_with_what_to_do(string connectionString, string problem, string remedy)
    {
        var message = Assert.Throws<FormatException>(() => new TableServiceClient(connectionString)).Message;
        Assert.Contains(problem, message);
        Assert.Contains(remedy, message);
        Assert.DoesNotContain("c2VjcmV0", message);
        Assert.DoesNotContain("not base64!", message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void Nothing_is_no_connection_string(string? connectionString) => Assert.ThrowsAny<ArgumentException>(() => new TableServiceClient(connectionString!));

    [Theory]
    [InlineData("https://shop.table.core.windows.net/orders?sv=1&sig=x", "https://shop.table.core.windows.net/orders", "shop")]
    [InlineData("http://127.0.0.1:10002/devstoreaccount1/orders?sv=1&sig=x", "http://127.0.0.1:10002/devstoreaccount1/orders", "devstoreaccount1")]
    public void Table_is_found_in_the_endpoint(string endpoint, string uri, string account)
    {
        var table = new TableClient(new Uri(endpoint));
        Assert.Equal(("orders", uri, account), (table.Name, table.Uri.ToString(), table.AccountName));
    }

    [Fact]
    public void Endpoint_without_a_table_is_refused() => Assert.Contains("names no table", Assert.Throws<ArgumentException>(() => new TableClient(new Uri("https://shop.table.core.windows.net/?sig=x"))).Message);
}
