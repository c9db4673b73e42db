using Azure.Data.Tables;

namespace Stockgate.Platform.Storage;

/// <summary>Maps a document to a table row.</summary>
/// <param name="Write">Puts the document's properties on a row that has its keys already.</param>
/// <param name="Read">Makes the document of a row.</param>
public sealed record RowForm<T>(Action<T, TableEntity> Write, Func<TableEntity, T> Read)
    where T : class;
