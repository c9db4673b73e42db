using Azure.Data.Tables;

namespace Stockgate.Emulator.Tests.Tables;

public abstract partial class TablesCompliance
{
    private static readonly DateTimeOffset Moment = new(2026, 11, 21, 3, 4, 5, 678, TimeSpan.Zero);

    public static TheoryData<object> Values => new()
    {
        "text", "", "O'Brien \"quoted\" \\ / # ? <&> \t\r\n", "Grüße 東京 🎉 \u2028\u2029", new string('x', 30_000),
        new byte[] { 0, 1, 254, 255 }, Array.Empty<byte>(), true, false, Moment, Moment.AddTicks(1234), new DateTimeOffset(1601, 1, 1, 0, 0, 0, TimeSpan.Zero),
        0d, 1.5, -3d, 1e-7, 1.7976931348623157e300, double.NaN, double.PositiveInfinity, double.NegativeInfinity,
        Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"), 0, int.MaxValue, int.MinValue, 0L, long.MaxValue, long.MinValue,
    };

    [ServiceTheory]
    [MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public async Task Value_comes_back_in_a_dictionary_as_it_went(object value)
    {
        await using var table = await NewTableAsync();
        await table.Client.AddEntityAsync(Row("p", "add", ("Value", value)));
        await table.Client.UpsertEntityAsync(Row("p", "merge", ("Value", value)));
        await table.Client.UpsertEntityAsync(Row("p", "replace", ("Value", value)), TableUpdateMode.Replace);
        await table.Client.SubmitTransactionAsync([new(TableTransactionActionType.Add, Row("p", "transaction", ("Value", value)))]);
        var read = await AllAsync(table.Client.QueryAsync<TableEntity>());
        Assert.Equal(4, read.Count);
        Assert.All(read, entity => Assert.Equal(value, entity["Value"]));
        Assert.All(read, entity => Assert.IsType(value.GetType(), entity["Value"]));
    }

    [ServiceFact]
    public async Task Entity_class_comes_back_as_it_went()
    {
        await using var table = await NewTableAsync();
        var id = Guid.NewGuid();
        var full = new Product
        {
            Text = "Grüße 'n' 東京 🎉", Bytes = [1, 2, 255], Data = BinaryData.FromBytes(new byte[] { 9, 8 }), Flag = true, MaybeFlag = false, Offset = Moment, MaybeOffset = Moment.AddDays(1),
            Time = Moment.UtcDateTime, MaybeTime = Moment.UtcDateTime.AddTicks(7), Double = double.NaN, MaybeDouble = 2, Id = id, MaybeId = Guid.Empty, Int = -5, MaybeInt = 6,
            Long = long.MaxValue, MaybeLong = long.MinValue, Season = Season.Autumn, MaybeSeason = Season.Spring, Renamed = "other name", Ignored = 3.5m,
        };
        await table.Client.SubmitTransactionAsync([new(TableTransactionActionType.UpsertReplace, full)]);
        var read = (await table.Client.GetEntityAsync<Product>("p", "r")).Value;

        full.ETag = read.ETag;
        full.Timestamp = read.Timestamp;
        Assert.Equal(full.Data.ToArray(), read.Data!.ToArray());
        read.Data = full.Data;
        read.Ignored = full.Ignored;
        Assert.Equivalent(full, read, strict: true);
        Assert.NotEqual(default, read.ETag);
        Assert.NotNull(read.Timestamp);

        var stored = table.Client.GetEntity<TableEntity>("p", "r").Value;
        Assert.Equal("other name", stored["renamed"]);
        Assert.Equal("Autumn", stored["Season"]);
        Assert.Equal("Grüße 'n' 東京 🎉!", stored["Computed"]);
        Assert.DoesNotContain("Ignored", stored.Keys);
        Assert.DoesNotContain("ETag", stored.Keys);
    }

    [ServiceFact]
    public async Task Nulls_are_not_stored_and_come_back_as_nulls()
    {
        await using var table = await NewTableAsync();
        await table.Client.AddEntityAsync(new Product());
        var read = (await table.Client.GetEntityAsync<Product>("p", "r")).Value;
        Assert.Null(read.Text);
        Assert.Null(read.Bytes);
        Assert.Null(read.MaybeLong);
        Assert.Null(read.MaybeSeason);
        Assert.DoesNotContain("MaybeLong", table.Client.GetEntity<TableEntity>("p", "r").Value.Keys);
    }

    [ServiceFact]
    public async Task Null_in_a_merge_leaves_the_property_alone()
    {
        await using var table = await NewTableAsync();
        await table.Client.AddEntityAsync(Row("p", "r", ("A", 1)));
        await table.Client.UpsertEntityAsync(Row("p", "r", ("A", null!), ("B", 2)));
        var read = table.Client.GetEntity<TableEntity>("p", "r").Value;
        Assert.Equal((1, 2), (read.GetInt32("A"), read.GetInt32("B")));
    }

    [ServiceFact]
    public async Task System_properties_come_with_every_entity()
    {
        await using var table = await NewTableAsync();
        var etag = (await table.Client.AddEntityAsync(Row("p", "r"))).Headers.ETag;
        var read = (await table.Client.GetEntityAsync<TableEntity>("p", "r")).Value;
        Assert.Equal(etag, read.ETag);
        Assert.Equal(("p", "r"), (read.PartitionKey, read.RowKey));
        Assert.True(read.Timestamp > new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }
}
