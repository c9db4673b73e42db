using Azure;
using Azure.Data.Tables;

namespace Stockgate.Emulator.Tests.Tables;

/// <summary>What every table service must do with this client: the same behaviours on Azurite and, when a connection string is set, on Azure.</summary>
public abstract partial class TablesCompliance
{
    /// <summary>A client of the service under test.</summary>
    protected abstract TableServiceClient Service { get; }

    /// <summary>An empty table with a name of its own. Dispose deletes it.</summary>
    protected Task<OwnTable> NewTableAsync() => OwnTable.CreateAsync(Service);

    protected static TableEntity Row(string partition, string row, params (string Name, object Value)[] properties)
    {
        var entity = new TableEntity(partition, row);
        foreach (var (name, value) in properties) entity[name] = value;
        return entity;
    }

    protected static async Task<List<T>> AllAsync<T>(AsyncPageable<T> pages) where T : notnull
    {
        var all = new List<T>();
        await foreach (var item in pages) all.Add(item);
        return all;
    }

    protected static async Task<RequestFailedException> FailsAsync(int status, string code, Func<Task> call)
    {
        var error = await Assert.ThrowsAnyAsync<RequestFailedException>(call);
        Assert.Equal((status, code), (error.Status, error.ErrorCode));
        return error;
    }

    protected static Task FillAsync(TableClient table, string partition, int count, Func<int, TableEntity>? entity = null) => Task.WhenAll(
        Enumerable.Range(0, count).Chunk(100).Select(chunk => table.SubmitTransactionAsync(
            chunk.Select(i => new TableTransactionAction(TableTransactionActionType.Add, entity?.Invoke(i) ?? Row(partition, $"{i:D5}", ("Number", i)))))));
}
