using Azure;
using Azure.Data.Tables;

namespace Stockgate.Emulator.Tests.Tables;

public abstract partial class TablesCompliance
{
    private static TableTransactionAction Do(TableTransactionActionType type, TableEntity entity, ETag etag = default) => new(type, entity, etag);

    [ServiceFact]
    public async Task Transaction_answers_every_action_with_its_etag()
    {
        await using var table = await NewTableAsync();
        var actions = Enumerable.Range(0, 100).Select(i => Do((TableTransactionActionType)(i % 2 == 0 ? 0 : 5), Row("p", $"{i}", ("A", i)))).ToList();
        var answer = await table.Client.SubmitTransactionAsync(actions);
        Assert.Equal(202, answer.GetRawResponse().Status);
        Assert.Equal(100, answer.Value.Count);
        var stored = (await AllAsync(table.Client.QueryAsync<TableEntity>())).ToDictionary(entity => entity.RowKey);
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(204, answer.Value[i].Status);
            Assert.Equal(stored[$"{i}"].ETag, answer.Value[i].Headers.ETag);
        }
    }

    [ServiceFact]
    public async Task Transaction_does_all_kinds_of_action()
    {
        await using var table = await NewTableAsync();
        var etag = (await table.Client.AddEntityAsync(Row("p", "merge", ("A", 1)))).Headers.ETag!.Value;
        await table.Client.AddEntityAsync(Row("p", "replace", ("A", 1)));
        await table.Client.AddEntityAsync(Row("p", "delete"));
        await table.Client.AddEntityAsync(Row("p", "upsert", ("A", 1)));
        var answer = await table.Client.SubmitTransactionAsync(
        [
            Do(TableTransactionActionType.Add, Row("p", "add")),
            Do(TableTransactionActionType.UpdateMerge, Row("p", "merge", ("B", 2)), etag),
            Do(TableTransactionActionType.UpdateReplace, Row("p", "replace", ("B", 2))),
            Do(TableTransactionActionType.Delete, Row("p", "delete")),
            Do(TableTransactionActionType.UpsertMerge, Row("p", "upsert", ("B", 2))),
            Do(TableTransactionActionType.UpsertReplace, Row("p", "new", ("B", 2))),
        ]);
        Assert.Equal(6, answer.Value.Count);
        var stored = table.Client.Query<TableEntity>().ToDictionary(entity => entity.RowKey);
        Assert.Equal(["add", "merge", "new", "replace", "upsert"], stored.Keys.Order());
        Assert.Equal((1, 2), (stored["merge"].GetInt32("A"), stored["merge"].GetInt32("B")));
        Assert.False(stored["replace"].ContainsKey("A"));
        Assert.Equal((1, 2), (stored["upsert"].GetInt32("A"), stored["upsert"].GetInt32("B")));
    }

    [ServiceTheory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(99)]
    public async Task Refused_action_is_named_and_nothing_is_written(int refused)
    {
        await using var table = await NewTableAsync();
        await table.Client.AddEntityAsync(Row("p", $"{refused:D3}", ("A", "before")));
        var error = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.Client.SubmitTransactionAsync(
            Enumerable.Range(0, 100).Select(i => Do(TableTransactionActionType.Add, Row("p", $"{i:D3}", ("A", "after"))))));
        Assert.Equal((409, "EntityAlreadyExists", refused), (error.Status, error.ErrorCode, error.FailedTransactionActionIndex));
        var only = Assert.Single(await AllAsync(table.Client.QueryAsync<TableEntity>()));
        Assert.Equal("before", only.GetString("A"));
    }

    [ServiceFact]
    public async Task Refused_transaction_gives_back_what_it_had_changed_and_deleted()
    {
        await using var table = await NewTableAsync();
        await table.Client.AddEntityAsync(Row("p", "changed", ("A", 1)));
        await table.Client.AddEntityAsync(Row("p", "deleted", ("A", 1)));
        var error = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.Client.SubmitTransactionAsync(
        [
            Do(TableTransactionActionType.UpsertReplace, Row("p", "changed", ("A", 2))),
            Do(TableTransactionActionType.Delete, Row("p", "deleted")),
            Do(TableTransactionActionType.UpdateMerge, Row("p", "missing", ("A", 2))),
        ]));
        Assert.Equal((404, "ResourceNotFound", 2), (error.Status, error.ErrorCode, error.FailedTransactionActionIndex));
        Assert.Equal([1, 1], table.Client.Query<TableEntity>().Select(entity => entity.GetInt32("A")!.Value));
    }

    [ServiceFact]
    public async Task Old_version_in_a_transaction_is_refused()
    {
        await using var table = await NewTableAsync();
        var old = (await table.Client.AddEntityAsync(Row("p", "r"))).Headers.ETag!.Value;
        await Task.Delay(2);
        await table.Client.UpsertEntityAsync(Row("p", "r", ("A", 1)));
        foreach (var type in new[] { TableTransactionActionType.UpdateMerge, TableTransactionActionType.UpdateReplace, TableTransactionActionType.Delete })
        {
            var error = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.Client.SubmitTransactionAsync([Do(TableTransactionActionType.UpsertMerge, Row("p", "other")), Do(type, Row("p", "r"), old)]));
            Assert.Equal((412, "UpdateConditionNotSatisfied", 1), (error.Status, error.ErrorCode, error.FailedTransactionActionIndex));
        }
    }

    [ServiceFact]
    public async Task More_than_100_actions_are_refused()
    {
        await using var table = await NewTableAsync();
        var error = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.Client.SubmitTransactionAsync(
            Enumerable.Range(0, 101).Select(i => Do(TableTransactionActionType.Add, Row("p", $"{i}")))));
        Assert.Equal((400, "InvalidInput"), (error.Status, error.ErrorCode));
        Assert.Empty(table.Client.Query<TableEntity>());
    }

    [ServiceFact]
    public async Task Entity_twice_in_a_transaction_is_refused()
    {
        await using var table = await NewTableAsync();
        var error = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.Client.SubmitTransactionAsync(
            [Do(TableTransactionActionType.UpsertMerge, Row("p", "r")), Do(TableTransactionActionType.UpsertMerge, Row("p", "r"))]));
        Assert.Equal((400, "InvalidDuplicateRow", 1), (error.Status, error.ErrorCode, error.FailedTransactionActionIndex));
    }

    [ServiceFact]
    public async Task Two_partitions_in_a_transaction_are_refused()
    {
        await using var table = await NewTableAsync();
        var error = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.Client.SubmitTransactionAsync(
            [Do(TableTransactionActionType.Add, Row("p", "r")), Do(TableTransactionActionType.Add, Row("q", "r"))]));
        Assert.Equal((400, "CommandsInBatchActOnDifferentPartitions", 1), (error.Status, error.ErrorCode, error.FailedTransactionActionIndex));
    }

    [ServiceFact]
    public async Task Empty_transaction_is_refused_before_it_is_sent()
    {
        await using var table = await NewTableAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => table.Client.SubmitTransactionAsync([]));
    }

    [ServiceFact]
    public async Task Values_that_look_like_the_protocol_are_only_values()
    {
        await using var table = await NewTableAsync();
        string[] values = ["POST http://x/y/z HTTP/1.1", "--changeset_1\r\n--batch_2--", "boundary=changeset_9", "{\"a\":1}}", "}\n{", "If-Match: *", "DELETE", "https://a/b/c(PartitionKey='x',RowKey='y')"];
        await table.Client.SubmitTransactionAsync(values.Select((value, i) => Do((TableTransactionActionType)(i % 2 == 0 ? 0 : 5), Row("DELETE http: x", $"POST {i} {{}}", ("A", value)))));
        Assert.Equal(values, table.Client.Query<TableEntity>().Select(entity => entity.GetString("A")));
    }

    [ServiceFact]
    public async Task Single_writes_and_transactions_mix()
    {
        await using var table = await NewTableAsync();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => i % 2 == 0
            ? table.Client.UpsertEntityAsync(Row("p", $"{i % 7}", ("A", i)))
            : table.Client.SubmitTransactionAsync(Enumerable.Range(0, 7).Select(row => Do(TableTransactionActionType.UpsertReplace, Row("p", $"{row}", ("A", i))))) as Task));
        Assert.Equal(7, table.Client.Query<TableEntity>().Count());
    }
}
