using System.Linq.Expressions;
using System.Text.Json;
using Azure.Core;
using Azure.Data.Tables.Models;
using Stockgate.Emulator.Tables.Connections;
using Stockgate.Emulator.Tables.Filters;
using Stockgate.Emulator.Tables.Wire;

namespace Azure.Data.Tables;

/// <summary>
/// One table of a storage account or of Azurite ("Table service REST API"). Errors are <see cref="RequestFailedException"/> with the service's
/// <see cref="RequestFailedException.ErrorCode"/>; the methods can be called from any number of threads. A write whose answer was lost is retried like any other
/// request, so that an add may report <c>EntityAlreadyExists</c> for the entity it has written itself.
/// </summary>
public partial class TableClient
{
    private readonly Account account;
    private readonly string name;

    /// <summary>Opens the table at an endpoint that ends in its name and carries a shared access signature in its query.</summary>
    public TableClient(Uri endpoint, TableClientOptions? options = null) : this(AccountUri.SplitTable(endpoint), account => Account.Open(account, options))
    {
    }

    /// <summary>Opens the table at an endpoint that ends in its name with a shared access signature.</summary>
    public TableClient(Uri endpoint, AzureSasCredential credential, TableClientOptions? options = null)
        : this(AccountUri.SplitTable(endpoint), account => Account.Open(account, credential, options))
    {
    }

    /// <summary>Opens the table with the account's key.</summary>
    public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential) : this(endpoint, tableName, credential, null)
    {
    }

    /// <inheritdoc cref="TableClient(Uri, string, TableSharedKeyCredential)"/>
    public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential, TableClientOptions? options = null)
        : this(Account.Open(endpoint, credential, options), tableName)
    {
    }

    /// <summary>Opens the table of the account that a connection string names; <c>UseDevelopmentStorage=true</c> is Azurite on this machine.</summary>
    /// <exception cref="FormatException">A setting is missing or malformed; the message names it.</exception>
    public TableClient(string connectionString, string tableName) : this(connectionString, tableName, null)
    {
    }

    /// <inheritdoc cref="TableClient(string, string)"/>
    public TableClient(string connectionString, string tableName, TableClientOptions? options = null) : this(Account.Open(connectionString, options), tableName)
    {
    }

    /// <summary>Opens the table with a Microsoft Entra token; https only.</summary>
    public TableClient(Uri endpoint, string tableName, TokenCredential tokenCredential, TableClientOptions? options = null)
        : this(Account.Open(endpoint, tokenCredential, options), tableName)
    {
    }

    /// <summary>For mocks.</summary>
    protected TableClient() => (account, name) = (null!, null!);

    internal TableClient(Account account, string tableName)
    {
        ArgumentException.ThrowIfNullOrEmpty(tableName);
        this.account = account;
        name = tableName;
    }

    private TableClient((Uri Account, string Table) split, Func<Uri, Account> open) : this(open(split.Account), split.Table)
    {
    }

    /// <summary>The table's name.</summary>
    public virtual string Name => name;

    /// <summary>The account's name.</summary>
    public virtual string AccountName => account.Name;

    /// <summary>The table's URI.</summary>
    public virtual Uri Uri => new($"{account.Root}/{name}");

    /// <inheritdoc cref="TableServiceClient.CreateTable"/>
    public virtual Response<TableItem> Create(CancellationToken cancellationToken = default) => Completed.Get(CreateCore(Accepts.Success, async: false, cancellationToken));

    /// <inheritdoc cref="TableServiceClient.CreateTable"/>
    public virtual async Task<Response<TableItem>> CreateAsync(CancellationToken cancellationToken = default) => await CreateCore(Accepts.Success, async: true, cancellationToken);

    /// <inheritdoc cref="TableServiceClient.CreateTableIfNotExists"/>
    public virtual Response<TableItem> CreateIfNotExists(CancellationToken cancellationToken = default) => Completed.Get(CreateCore(Accepts.Conflict, async: false, cancellationToken));

    /// <inheritdoc cref="TableServiceClient.CreateTableIfNotExists"/>
    public virtual async Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default) =>
        await CreateCore(Accepts.Conflict, async: true, cancellationToken);

    /// <inheritdoc cref="TableServiceClient.DeleteTable"/>
    public virtual Response Delete(CancellationToken cancellationToken = default) => Completed.Get(DeleteCore(async: false, cancellationToken));

    /// <inheritdoc cref="TableServiceClient.DeleteTable"/>
    public virtual async Task<Response> DeleteAsync(CancellationToken cancellationToken = default) => await DeleteCore(async: true, cancellationToken);

    /// <summary>The filter text of a condition on entities.</summary>
    /// <exception cref="NotSupportedException">The service has no such condition.</exception>
    public static string CreateQueryFilter<T>(Expression<Func<T, bool>> filter) => Filter.Of(filter) ?? "";

    /// <summary>Filter text whose interpolated values are quoted and escaped: <c>$"PartitionKey eq {key} and Price lt {5L}"</c>. Do not write quotes around them.</summary>
    /// <exception cref="ArgumentException">A value's type has no literal.</exception>
    public static string CreateQueryFilter(FormattableString filter) => Filter.Of(filter);

    private async ValueTask<Response<TableItem>> CreateCore(Accepts accepts, bool async, CancellationToken cancellationToken)
    {
        using var message = account.Request(RequestMethod.Post, "/Tables");
        var content = new PooledContent(128);
        using (var json = new Utf8JsonWriter(content))
        {
            json.WriteStartObject();
            json.WriteString("TableName"u8, name);
            json.WriteEndObject();
        }

        message.Request.Content = content;
        message.Request.Headers.SetValue("Content-Type", Account.NoMetadata);
        message.Request.Headers.SetValue("Prefer", "return-no-content");
        var response = await account.SendAsync(message, async, accepts, cancellationToken);
        // 409 is also what a table gives that is just being deleted; that one is not there afterwards.
        if (response.Status == 409 && new RequestFailedException(response) is { ErrorCode: not "TableAlreadyExists" } error) throw error;
        return Response.FromValue(new TableItem(name), response);
    }

    private async ValueTask<Response> DeleteCore(bool async, CancellationToken cancellationToken)
    {
        using var message = account.Request(RequestMethod.Delete, $"/Tables('{name}')");
        return await account.SendAsync(message, async, Accepts.NotFound, cancellationToken);
    }
}
