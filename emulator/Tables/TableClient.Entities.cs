using Azure.Core;
using Stockgate.Emulator.Tables.Entities;
using Stockgate.Emulator.Tables.Wire;

namespace Azure.Data.Tables;

public partial class TableClient
{
    /// <summary>Writes a new entity.</summary>
    /// <exception cref="RequestFailedException">409 <c>EntityAlreadyExists</c>; 404 <c>TableNotFound</c>.</exception>
    public virtual async Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default) where T : ITableEntity =>
        await AddCore(entity, async: true, cancellationToken);

    /// <inheritdoc cref="AddEntityAsync"/>
    public virtual Response AddEntity<T>(T entity, CancellationToken cancellationToken = default) where T : ITableEntity =>
        Completed.Get(AddCore(entity, async: false, cancellationToken));

    /// <summary>Reads one entity, or those of its properties that <paramref name="select"/> names.</summary>
    /// <exception cref="RequestFailedException">404 <c>ResourceNotFound</c>.</exception>
    public virtual Response<T> GetEntity<T>(string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity => Found<T>(Completed.Get(GetCore(partitionKey, rowKey, select, Accepts.Success, async: false, cancellationToken)));

    /// <inheritdoc cref="GetEntity"/>
    public virtual async Task<Response<T>> GetEntityAsync<T>(string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity => Found<T>(await GetCore(partitionKey, rowKey, select, Accepts.Success, async: true, cancellationToken));

    /// <summary>Reads one entity; where it (or the table) is not there, the answer has no value.</summary>
    public virtual NullableResponse<T> GetEntityIfExists<T>(string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity => IfFound<T>(Completed.Get(GetCore(partitionKey, rowKey, select, Accepts.NotFound, async: false, cancellationToken)));

    /// <inheritdoc cref="GetEntityIfExists"/>
    public virtual async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity => IfFound<T>(await GetCore(partitionKey, rowKey, select, Accepts.NotFound, async: true, cancellationToken));

    /// <summary>Writes an entity whether or not it is there.</summary>
    public virtual async Task<Response> UpsertEntityAsync<T>(T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity => await PutCore(entity, null, mode, async: true, cancellationToken);

    /// <inheritdoc cref="UpsertEntityAsync"/>
    public virtual Response UpsertEntity<T>(T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity => Completed.Get(PutCore(entity, null, mode, async: false, cancellationToken));

    /// <summary>Changes an entity that is there in the version <paramref name="ifMatch"/>; <see cref="ETag.All"/> means any version.</summary>
    /// <exception cref="RequestFailedException">412 <c>UpdateConditionNotSatisfied</c>: another version is there; 404 <c>ResourceNotFound</c>.</exception>
    public virtual async Task<Response> UpdateEntityAsync<T>(T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity => await PutCore(entity, Given(ifMatch), mode, async: true, cancellationToken);

    /// <inheritdoc cref="UpdateEntityAsync"/>
    public virtual Response UpdateEntity<T>(T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity => Completed.Get(PutCore(entity, Given(ifMatch), mode, async: false, cancellationToken));

    /// <summary>
    /// Deletes an entity, if it is there in the version <paramref name="ifMatch"/> (default: any). One that is not there is no error; the response's status is 404 then.
    /// </summary>
    /// <exception cref="RequestFailedException">412 <c>UpdateConditionNotSatisfied</c>: another version is there.</exception>
    public virtual async Task<Response> DeleteEntityAsync(string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default) =>
        await DeleteCore(partitionKey, rowKey, ifMatch, async: true, cancellationToken);

    /// <inheritdoc cref="DeleteEntityAsync(string, string, ETag, CancellationToken)"/>
    public virtual Task<Response> DeleteEntityAsync(ITableEntity entity, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return DeleteEntityAsync(entity.PartitionKey, entity.RowKey, ifMatch, cancellationToken);
    }

    /// <inheritdoc cref="DeleteEntityAsync(string, string, ETag, CancellationToken)"/>
    public virtual Response DeleteEntity(string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default) =>
        Completed.Get(DeleteCore(partitionKey, rowKey, ifMatch, async: false, cancellationToken));

    /// <inheritdoc cref="DeleteEntityAsync(string, string, ETag, CancellationToken)"/>
    public virtual Response DeleteEntity(ITableEntity entity, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return DeleteEntity(entity.PartitionKey, entity.RowKey, ifMatch, cancellationToken);
    }

    private async ValueTask<Response> AddCore(ITableEntity entity, bool async, CancellationToken cancellationToken)
    {
        Check(entity);
        using var message = account.Request(RequestMethod.Post, $"/{name}");
        message.Request.Headers.SetValue("Prefer", "return-no-content");
        Fill(message, entity);
        return await account.SendAsync(message, async, Accepts.Success, cancellationToken);
    }

    private async ValueTask<Response> PutCore(ITableEntity entity, ETag? ifMatch, TableUpdateMode mode, bool async, CancellationToken cancellationToken)
    {
        Check(entity);
        var method = mode switch
        {
            TableUpdateMode.Merge => RequestMethod.Patch,
            TableUpdateMode.Replace => RequestMethod.Put,
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Use Merge or Replace."),
        };
        using var message = account.Request(method, EntityPath.Of(name, entity.PartitionKey, entity.RowKey));
        if (ifMatch is { } etag) message.Request.Headers.SetValue("If-Match", etag.ToString("H"));
        Fill(message, entity);
        return await account.SendAsync(message, async, Accepts.Success, cancellationToken);
    }

    private async ValueTask<Response> GetCore(string partitionKey, string rowKey, IEnumerable<string>? select, Accepts accepts, bool async, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        ArgumentNullException.ThrowIfNull(rowKey);
        using var message = account.Request(RequestMethod.Get, EntityPath.Of(name, partitionKey, rowKey));
        Select(message, select);
        return await account.SendAsync(message, async, accepts, cancellationToken);
    }

    private async ValueTask<Response> DeleteCore(string partitionKey, string rowKey, ETag ifMatch, bool async, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        ArgumentNullException.ThrowIfNull(rowKey);
        using var message = account.Request(RequestMethod.Delete, EntityPath.Of(name, partitionKey, rowKey));
        message.Request.Headers.SetValue("If-Match", (ifMatch == default ? ETag.All : ifMatch).ToString("H"));
        return await account.SendAsync(message, async, Accepts.NotFound, cancellationToken);
    }

    private static Response<T> Found<T>(Response response) where T : class, ITableEntity => Response.FromValue(EntityPage.ReadOne<T>(response), response);

    private static NullableResponse<T> IfFound<T>(Response response) where T : class, ITableEntity => response.Status == 404 ? new NoEntity<T>(response) : Found<T>(response);

    private static void Fill(HttpMessage message, ITableEntity entity)
    {
        var content = new PooledContent(1024);
        message.Request.Content = content;
        message.Request.Headers.SetValue("Content-Type", Account.NoMetadata);
        using var json = EntityWriter.ForSingle(content);
        EntityWriter.Write(json, entity);
    }

    private static void Select(HttpMessage message, IEnumerable<string>? select)
    {
        if (select is not null && string.Join(',', select) is { Length: > 0 } names) message.Request.Uri.AppendQuery("$select", names);
    }

    private static void Check(ITableEntity entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        ArgumentNullException.ThrowIfNull(entity.PartitionKey, "entity.PartitionKey");
        ArgumentNullException.ThrowIfNull(entity.RowKey, "entity.RowKey");
    }

    private static ETag Given(ETag ifMatch) =>
        ifMatch == default ? throw new ArgumentException("Give the ETag that was read, or ETag.All to change whatever version is there.", nameof(ifMatch)) : ifMatch;
}
