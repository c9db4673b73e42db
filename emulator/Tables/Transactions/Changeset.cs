using System.Buffers;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Stockgate.Emulator.Tables.Entities;
using Stockgate.Emulator.Tables.Wire;

namespace Stockgate.Emulator.Tables.Transactions;

/// <summary>
/// Writes actions as a batch of one changeset ("Performing entity group transactions", Table service REST API). Azurite reads it with regular expressions and is
/// stricter than the service: boundaries are named <c>batch_…</c> and <c>changeset_…</c> without quotes, URIs are absolute, each entity is one line.
/// </summary>
internal sealed class Changeset
{
    private const int BytesPerAction = 768;

    private readonly string table;
    private readonly string changeset = $"changeset_{Guid.NewGuid():D}", batch = $"batch_{Guid.NewGuid():D}";

    public Changeset(string tableUri, IReadOnlyList<TableTransactionAction> actions)
    {
        table = tableUri;
        Content = new PooledContent(BytesPerAction * (actions.Count + 1));
        using var json = EntityWriter.ForTransaction(Content);
        Text($"--{batch}\r\nContent-Type: multipart/mixed; boundary={changeset}\r\n\r\n");
        foreach (var action in actions)
        {
            Head(action);
            if (action.ActionType != TableTransactionActionType.Delete)
            {
                EntityWriter.Write(json, action.Entity);
                json.Reset();
            }

            Content.Write("\r\n"u8);
        }

        Text($"--{changeset}--\r\n--{batch}--\r\n");
    }

    public PooledContent Content { get; }

    public string ContentType => $"multipart/mixed; boundary={batch}";

    private void Head(TableTransactionAction action)
    {
        Content.Write("--"u8);
        Text(changeset);
        Content.Write("\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"u8);
        Content.Write(Method(action.ActionType));
        Text(table);
        if (action.ActionType == TableTransactionActionType.Add)
        {
            Content.Write(" HTTP/1.1\r\nPrefer: return-no-content\r\n"u8);
        }
        else
        {
            EntityPath.WriteKeys(Content, action.Entity.PartitionKey, action.Entity.RowKey);
            Content.Write(" HTTP/1.1\r\n"u8);
            if (Condition(action) is { } etag)
            {
                Content.Write("If-Match: "u8);
                Text(etag);
                Content.Write("\r\n"u8);
            }
        }

        Content.Write(action.ActionType == TableTransactionActionType.Delete
            ? "Accept: application/json;odata=minimalmetadata\r\nDataServiceVersion: 3.0\r\n\r\n"u8
            : "Accept: application/json;odata=minimalmetadata\r\nContent-Type: application/json;odata=nometadata\r\nDataServiceVersion: 3.0\r\n\r\n"u8);
    }

    private static ReadOnlySpan<byte> Method(TableTransactionActionType type) => type switch
    {
        TableTransactionActionType.Add => "POST "u8,
        TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpsertMerge => "PATCH "u8,
        TableTransactionActionType.UpdateReplace or TableTransactionActionType.UpsertReplace => "PUT "u8,
        TableTransactionActionType.Delete => "DELETE "u8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No such action."),
    };

    /// <summary>An update without a condition says so with a star; without the header it would be an upsert.</summary>
    private static string? Condition(TableTransactionAction action) => action.ActionType switch
    {
        TableTransactionActionType.UpsertMerge or TableTransactionActionType.UpsertReplace => null,
        _ => action.ETag == default ? ETag.All.ToString() : action.ETag.ToString("H"),
    };

    private void Text(string text) => Content.Advance(Encoding.UTF8.GetBytes(text, Content.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length))));
}
