using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Stockgate.Emulator.Tests.Tables;

public abstract partial class TablesCompliance
{
    [ServiceFact]
    public async Task Adding_what_exists_is_a_conflict()
    {
        await using var table = await NewTableAsync();
        Assert.Equal(204, (await table.Client.AddEntityAsync(Row("p", "r"))).Status);
        var error = await FailsAsync(409, "EntityAlreadyExists", () => table.Client.AddEntityAsync(Row("p", "r")));
        Assert.True(error.ErrorCode == TableErrorCode.EntityAlreadyExists);
        Assert.Contains("already exists", error.Message);
    }

    [ServiceFact]
    public async Task Getting_what_is_not_there_fails_or_has_no_value()
    {
        await using var table = await NewTableAsync();
        await FailsAsync(404, "ResourceNotFound", () => table.Client.GetEntityAsync<TableEntity>("p", "none"));
        Assert.False((await table.Client.GetEntityIfExistsAsync<TableEntity>("p", "none")).HasValue);
        Assert.Equal(404, table.Client.GetEntityIfExists<TableEntity>("p", "none").GetRawResponse().Status);
        await table.Client.AddEntityAsync(Row("p", "r", ("A", 1)));
        Assert.Equal(1, table.Client.GetEntityIfExists<TableEntity>("p", "r").Value!.GetInt32("A"));
    }

    [ServiceFact]
    public async Task Merge_keeps_other_properties_and_replace_drops_them()
    {
        await using var table = await NewTableAsync();
        await table.Client.UpsertEntityAsync(Row("p", "r", ("A", 1), ("B", 1L)));
        await table.Client.UpsertEntityAsync(Row("p", "r", ("B", 2L), ("C", 2)));
        var merged = table.Client.GetEntity<TableEntity>("p", "r").Value;
        Assert.Equal((1, 2L, 2), (merged.GetInt32("A"), merged.GetInt64("B"), merged.GetInt32("C")));
        await table.Client.UpdateEntityAsync(Row("p", "r", ("B", "text")), merged.ETag, TableUpdateMode.Replace);
        var replaced = table.Client.GetEntity<TableEntity>("p", "r").Value;
        Assert.Equal("text", replaced.GetString("B"));
        Assert.False(replaced.ContainsKey("A"));
    }

    [ServiceTheory]
    [InlineData(TableUpdateMode.Merge)]
    [InlineData(TableUpdateMode.Replace)]
    public async Task Update_needs_the_version_that_is_there(TableUpdateMode mode)
    {
        await using var table = await NewTableAsync();
        var old = (await table.Client.AddEntityAsync(Row("p", "r"))).Headers.ETag!.Value;
        await Task.Delay(2);
        var current = (await table.Client.UpdateEntityAsync(Row("p", "r", ("A", 1)), old, mode)).Headers.ETag!.Value;
        Assert.NotEqual(old, current);
        await FailsAsync(412, "UpdateConditionNotSatisfied", () => table.Client.UpdateEntityAsync(Row("p", "r", ("A", 2)), old, mode));
        table.Client.UpdateEntity(Row("p", "r", ("A", 3)), current, mode);
        await table.Client.UpdateEntityAsync(Row("p", "r", ("A", 4)), ETag.All, mode);
        Assert.Equal(4, table.Client.GetEntity<TableEntity>("p", "r").Value.GetInt32("A"));
    }

    [ServiceTheory]
    [InlineData(TableUpdateMode.Merge)]
    [InlineData(TableUpdateMode.Replace)]
    public async Task Update_of_what_is_not_there_fails(TableUpdateMode mode)
    {
        await using var table = await NewTableAsync();
        await FailsAsync(404, "ResourceNotFound", () => table.Client.UpdateEntityAsync(Row("p", "r"), ETag.All, mode));
    }

    [ServiceFact]
    public async Task Update_without_a_version_is_refused_before_it_is_sent()
    {
        await using var table = await NewTableAsync();
        Assert.Equal("ifMatch", (await Assert.ThrowsAsync<ArgumentException>(() => table.Client.UpdateEntityAsync(Row("p", "r"), default))).ParamName);
    }

    [ServiceFact]
    public async Task Delete_needs_the_version_that_is_there_when_one_is_given()
    {
        await using var table = await NewTableAsync();
        var old = (await table.Client.AddEntityAsync(Row("p", "r"))).Headers.ETag!.Value;
        await Task.Delay(2);
        await table.Client.UpsertEntityAsync(Row("p", "r", ("A", 1)));
        await FailsAsync(412, "UpdateConditionNotSatisfied", () => table.Client.DeleteEntityAsync("p", "r", old));
        Assert.Equal(204, (await table.Client.DeleteEntityAsync(table.Client.GetEntity<TableEntity>("p", "r").Value)).Status);
        Assert.False(table.Client.GetEntityIfExists<TableEntity>("p", "r").HasValue);
    }

    [ServiceFact]
    public async Task Deleting_what_is_not_there_is_no_error()
    {
        await using var table = await NewTableAsync();
        Assert.Equal(404, (await table.Client.DeleteEntityAsync("p", "none")).Status);
        Assert.Equal(404, table.Client.DeleteEntity(Row("p", "none")).Status);
    }

    [ServiceTheory]
    [InlineData("O'Brien", "it''s")]
    [InlineData("東京", "Grüße 🎉")]
    [InlineData("a b+c&d=e%20f", "x,y;z:(1)[2]{3}|@!$*\"<>")]
    [InlineData("", "")]
    [InlineData("%", "100%25")]
    [InlineData("..", ".")]
    public async Task Keys_of_any_letters_find_their_entity(string partition, string row)
    {
        await using var table = await NewTableAsync();
        await table.Client.AddEntityAsync(Row(partition, row, ("A", 1)));
        var read = (await table.Client.GetEntityAsync<TableEntity>(partition, row)).Value;
        Assert.Equal((partition, row), (read.PartitionKey, read.RowKey));
        await table.Client.UpdateEntityAsync(Row(partition, row, ("A", 2)), read.ETag);
        await table.Client.SubmitTransactionAsync([new(TableTransactionActionType.UpsertMerge, Row(partition, row, ("B", 3)))]);
        var found = Assert.Single(await AllAsync(table.Client.QueryAsync<TableEntity>(e => e.PartitionKey == partition && e.RowKey == row)));
        Assert.Equal((2, 3), (found.GetInt32("A"), found.GetInt32("B")));
        await table.Client.SubmitTransactionAsync([new(TableTransactionActionType.Delete, found, found.ETag)]);
        Assert.Empty(table.Client.Query<TableEntity>());
    }

    [ServiceFact]
    public async Task Entity_over_a_megabyte_is_refused()
    {
        await using var table = await NewTableAsync();
        var large = Row("p", "r");
        for (var i = 0; i < 36; i++) large[$"P{i}"] = new string('x', 32_000);
        await FailsAsync(400, "EntityTooLarge", () => table.Client.UpsertEntityAsync(large));
        await FailsAsync(400, "PropertyValueTooLarge", () => table.Client.UpsertEntityAsync(Row("p", "r", ("A", new string('x', 33_000)))));
    }

    [ServiceFact]
    public async Task Everything_works_synchronously_as_well()
    {
        await using var table = await NewTableAsync();
        table.Client.AddEntity(Row("p", "r", ("A", 1)));
        table.Client.UpsertEntity(Row("p", "r", ("B", 2)));
        table.Client.SubmitTransaction([new(TableTransactionActionType.UpsertMerge, Row("p", "r", ("C", 3)))]);
        var read = table.Client.Query<TableEntity>(maxPerPage: 1).Single();
        Assert.Equal((1, 2, 3), (read.GetInt32("A"), read.GetInt32("B"), read.GetInt32("C")));
        Assert.Equal(204, table.Client.DeleteEntity("p", "r", read.ETag).Status);
    }
}
