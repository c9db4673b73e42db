using System.Linq.Expressions;
using System.Text.Json;
using Azure.Core;
using Azure.Data.Tables.Models;
using Stockgate.Emulator.Tables.Connections;
using Stockgate.Emulator.Tables.Entities;
using Stockgate.Emulator.Tables.Filters;
using Stockgate.Emulator.Tables.Wire;

namespace Azure.Data.Tables;

/// <summary>
/// The tables of a storage account or of Azurite ("Table service REST API"). Errors are <see cref="RequestFailedException"/> with the service's
/// <see cref="RequestFailedException.ErrorCode"/>; the methods can be called from any number of threads.
/// </summary>
public class TableServiceClient
{
    private readonly Account account;

    /// <summary>Opens the account with a shared access signature.</summary>
    public TableServiceClient(Uri endpoint, AzureSasCredential credential) : this(endpoint, credential, null)
    {
    }

    /// <summary>Opens the account that a connection string names; <c>UseDevelopmentStorage=true</c> is Azurite on this machine.</summary>
    /// <exception cref="FormatException">A setting is missing or malformed; the message names it.</exception>
    public TableServiceClient(string connectionString) : this(connectionString, null)
    {
    }

    /// <summary>Opens the account at an endpoint that carries a shared access signature in its query.</summary>
    public TableServiceClient(Uri endpoint, TableClientOptions? options = null) : this(Account.Open(endpoint, options))
    {
    }

    /// <inheritdoc cref="TableServiceClient(Uri, AzureSasCredential)"/>
    public TableServiceClient(Uri endpoint, AzureSasCredential credential, TableClientOptions? options = null) : this(Account.Open(endpoint, credential, options))
    {
    }

    /// <summary>Opens the account with its key.</summary>
    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential) : this(endpoint, credential, null)
    {
    }

    /// <inheritdoc cref="TableServiceClient(Uri, TableSharedKeyCredential)"/>
    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential, TableClientOptions? options) : this(Account.Open(endpoint, credential, options))
    {
    }

    /// <inheritdoc cref="TableServiceClient(string)"/>
    public TableServiceClient(string connectionString, TableClientOptions? options = null) : this(Account.Open(connectionString, options))
    {
    }

    /// <summary>Opens the account with a Microsoft Entra token; https only.</summary>
    public TableServiceClient(Uri endpoint, TokenCredential tokenCredential, TableClientOptions? options = null) : this(Account.Open(endpoint, tokenCredential, options))
    {
    }

    /// <summary>For mocks.</summary>
    protected TableServiceClient() => account = null!;

    private TableServiceClient(Account account) => this.account = account;

    /// <summary>The account's name.</summary>
    public virtual string AccountName => account.Name;

    /// <summary>The account's endpoint.</summary>
    public virtual Uri Uri => account.Endpoint;

    /// <summary>A client of one table, over the same connections. Asks the service nothing.</summary>
    public virtual TableClient GetTableClient(string tableName) => new(account, tableName);

    /// <summary>The account's tables, optionally those whose <c>TableName</c> fits an OData filter.</summary>
    public virtual AsyncPageable<TableItem> QueryAsync(string? filter = null, int? maxPerPage = default, CancellationToken cancellationToken = default) =>
        new AsyncTablePages<TableItem>(Pages(filter), maxPerPage, cancellationToken);

    /// <inheritdoc cref="QueryAsync(string, int?, CancellationToken)"/>
    public virtual Pageable<TableItem> Query(string? filter = null, int? maxPerPage = default, CancellationToken cancellationToken = default) =>
        new TablePages<TableItem>(Pages(filter), maxPerPage, cancellationToken);

    /// <inheritdoc cref="QueryAsync(string, int?, CancellationToken)"/>
    public virtual AsyncPageable<TableItem> QueryAsync(FormattableString filter, int? maxPerPage = default, CancellationToken cancellationToken = default) =>
        QueryAsync(Filter.Of(filter), maxPerPage, cancellationToken);

    /// <inheritdoc cref="QueryAsync(string, int?, CancellationToken)"/>
    public virtual Pageable<TableItem> Query(FormattableString filter, int? maxPerPage = default, CancellationToken cancellationToken = default) =>
        Query(Filter.Of(filter), maxPerPage, cancellationToken);

    /// <inheritdoc cref="QueryAsync(string, int?, CancellationToken)"/>
    public virtual AsyncPageable<TableItem> QueryAsync(Expression<Func<TableItem, bool>> filter, int? maxPerPage = default, CancellationToken cancellationToken = default) =>
        QueryAsync(Filter.Of(filter), maxPerPage, cancellationToken);

    /// <inheritdoc cref="QueryAsync(string, int?, CancellationToken)"/>
    public virtual Pageable<TableItem> Query(Expression<Func<TableItem, bool>> filter, int? maxPerPage = default, CancellationToken cancellationToken = default) =>
        Query(Filter.Of(filter), maxPerPage, cancellationToken);

    /// <summary>Creates a table.</summary>
    /// <exception cref="RequestFailedException">409 <c>TableAlreadyExists</c>.</exception>
    public virtual Response<TableItem> CreateTable(string tableName, CancellationToken cancellationToken = default) => GetTableClient(tableName).Create(cancellationToken);

    /// <inheritdoc cref="CreateTable"/>
    public virtual Task<Response<TableItem>> CreateTableAsync(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).CreateAsync(cancellationToken);

    /// <summary>Creates a table unless it is there; then the response's status is 409.</summary>
    public virtual Response<TableItem> CreateTableIfNotExists(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).CreateIfNotExists(cancellationToken);

    /// <inheritdoc cref="CreateTableIfNotExists"/>
    public virtual Task<Response<TableItem>> CreateTableIfNotExistsAsync(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).CreateIfNotExistsAsync(cancellationToken);

    /// <summary>Deletes a table and what is in it. One that is not there is no error; the response's status is 404 then.</summary>
    public virtual Response DeleteTable(string tableName, CancellationToken cancellationToken = default) => GetTableClient(tableName).Delete(cancellationToken);

    /// <inheritdoc cref="DeleteTable"/>
    public virtual Task<Response> DeleteTableAsync(string tableName, CancellationToken cancellationToken = default) => GetTableClient(tableName).DeleteAsync(cancellationToken);

    /// <summary>The filter text of a condition on tables.</summary>
    public static string CreateQueryFilter(Expression<Func<TableItem, bool>> filter) => Filter.Of(filter) ?? "";

    /// <inheritdoc cref="TableClient.CreateQueryFilter(FormattableString)"/>
    public static string CreateQueryFilter(FormattableString filter) => Filter.Of(filter);

    private FetchPage<TableItem> Pages(string? filter) => async (continuation, size, async, cancellationToken) =>
    {
        using var message = account.Request(RequestMethod.Get, "/Tables");
        var uri = message.Request.Uri;
        if (!string.IsNullOrEmpty(filter)) uri.AppendQuery("$filter", filter);
        if (size is { } top) uri.AppendQuery("$top", $"{top}", escapeValue: false);
        if (continuation is not null) uri.AppendQuery("NextTableName", continuation);
        var response = await account.SendAsync(message, async, Accepts.Success, cancellationToken);
        return Page<TableItem>.FromValues(Tables(response), response.Headers.TryGetValue("x-ms-continuation-NextTableName", out var next) ? next : null, response);
    };

    private static List<TableItem> Tables(Response response)
    {
        using var document = JsonDocument.Parse(response.Content.ToMemory());
        return [.. document.RootElement.GetProperty("value").EnumerateArray().Select(table => new TableItem(table.GetProperty("TableName").GetString()!))];
    }
}
