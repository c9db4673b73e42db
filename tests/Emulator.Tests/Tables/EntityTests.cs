using System.Net;
using Azure;
using Azure.Data.Tables;

namespace Stockgate.Emulator.Tests.Tables;

public sealed class EntityTests
{
    [Fact]
    public async Task Types_that_json_does_not_tell_apart_are_annotated()
    {
        var entity = new TableEntity("p", "r")
        {
            ["Text"] = "ü", ["Int"] = 1, ["Long"] = 2L, ["Double"] = 3d, ["None"] = null, ["Id"] = Guid.Empty, ["Time"] = DateTimeOffset.UnixEpoch, ["Bytes"] = new byte[] { 1 }, ["Nan"] = double.NaN,
            ETag = new ETag("x"), Timestamp = DateTimeOffset.UnixEpoch,
        };
        Assert.Equal(
            """{"PartitionKey":"p","RowKey":"r","Text":"\u00FC","Int":1,"Long@odata.type":"Edm.Int64","Long":"2","Double@odata.type":"Edm.Double","Double":3,"Id@odata.type":"Edm.Guid","Id":"00000000-0000-0000-0000-000000000000","Time@odata.type":"Edm.DateTime","Time":"1970-01-01T00:00:00.0000000Z","Bytes@odata.type":"Edm.Binary","Bytes":"AQ==","Nan@odata.type":"Edm.Double","Nan":"NaN"}""",
            await SentAsync(entity));
    }

    [Fact]
    public async Task Time_that_is_not_utc_is_refused() =>
        Assert.Contains("'Time'", (await Assert.ThrowsAsync<NotSupportedException>(() => SentAsync(new TableEntity("p", "r") { ["Time"] = new DateTime(2026, 1, 1) }))).Message);

    [Fact]
    public async Task Value_without_a_type_in_the_service_is_refused()
    {
        Assert.Contains("System.Decimal", (await Assert.ThrowsAsync<NotSupportedException>(() => SentAsync(new TableEntity("p", "r") { ["Price"] = 1.5m }))).Message);
        Assert.Contains("enum", (await Assert.ThrowsAsync<NotSupportedException>(() => SentAsync(new TableEntity("p", "r") { ["Season"] = Season.Autumn }))).Message);
        Assert.Contains("[IgnoreDataMember]", (await Assert.ThrowsAsync<NotSupportedException>(() => SentAsync(new Priced()))).Message);
    }

    [Fact]
    public async Task Keys_are_required()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(() => SentAsync(new TableEntity { PartitionKey = "p" }));
        await Assert.ThrowsAsync<ArgumentNullException>(() => SentAsync(new TableEntity { RowKey = "r" }));
    }

    [Fact]
    public async Task Keys_that_a_class_implements_explicitly_are_sent() => Assert.Equal("""{"PartitionKey":"p","RowKey":"r"}""", await SentAsync(new Explicit()));

    [Fact]
    public void Dictionary_tells_its_types()
    {
        var entity = new TableEntity("p", "r") { ["Number"] = 1, ["Time"] = DateTimeOffset.UnixEpoch, ["Bytes"] = new byte[] { 1 } };
        Assert.Null(entity["Nothing"]);
        Assert.Null(entity.GetInt64("Nothing"));
        Assert.Throws<InvalidOperationException>(() => entity.GetInt64("Number"));
        Assert.Equal(DateTime.UnixEpoch, entity.GetDateTime("Time"));
        Assert.Equal([1], entity.GetBinaryData("Bytes").ToArray());
        entity["Number"] = 5L;
        entity["Number"] = 6;
        Assert.Equal(6L, entity.GetInt64("Number"));
        Assert.Throws<InvalidOperationException>(() => entity["Number"] = "text");
        entity["Number"] = null;
        Assert.Equal(entity.Count, new TableEntity(entity).Count);
    }

    [Fact]
    public async Task Value_that_does_not_fit_the_class_is_named()
    {
        var captured = new Captured(HttpStatusCode.OK) { Answer = """{"odata.etag":"W/\"1\"","PartitionKey":"p","RowKey":"r","Int":"text"}""" };
        var options = new TableClientOptions { Transport = captured.Transport };
        var table = new TableClient(new Uri("https://shop.table.core.windows.net"), "orders", new TableSharedKeyCredential("shop", "a2V5"), options);
        Assert.Contains("'Int'", (await Assert.ThrowsAsync<InvalidOperationException>(() => table.GetEntityAsync<Product>("p", "r"))).Message);
    }

    private static async Task<string> SentAsync<T>(T entity) where T : ITableEntity
    {
        var captured = new Captured(HttpStatusCode.NoContent);
        var options = new TableClientOptions { Transport = captured.Transport };
        await new TableClient(new Uri("https://shop.table.core.windows.net"), "orders", new TableSharedKeyCredential("shop", "a2V5"), options).AddEntityAsync(entity);
        return captured.Requests.Single().Body;
    }

    private class Explicit : ITableEntity
    {
        string ITableEntity.PartitionKey { get; set; } = "p";
        string ITableEntity.RowKey { get; set; } = "r";
        DateTimeOffset? ITableEntity.Timestamp { get; set; }
        ETag ITableEntity.ETag { get; set; }
    }

    private sealed class Priced : Explicit
    {
        public decimal Price { get; set; } = 1;
    }
}
