using Azure.Data.Tables;

namespace Stockgate.Emulator.Tests.Tables;

/// <summary>A table that lives as long as its test.</summary>
public sealed class OwnTable(TableClient client) : IAsyncDisposable
{
    public TableClient Client => client;

    public static async Task<OwnTable> CreateAsync(TableServiceClient service)
    {
        var client = service.GetTableClient($"t{Guid.NewGuid():N}");
        await client.CreateAsync();
        return new OwnTable(client);
    }

    public async ValueTask DisposeAsync() => await client.DeleteAsync();
}
