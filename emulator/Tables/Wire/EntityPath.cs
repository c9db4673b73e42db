using System.Buffers;
using System.Text;

namespace Stockgate.Emulator.Tables.Wire;

/// <summary>The part of a URI that names an entity: <c>table(PartitionKey='…',RowKey='…')</c>, quotes doubled, the rest percent-encoded.</summary>
internal static class EntityPath
{
    /// <summary>What a key may consist of to need no escape. Most keys do.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~");

    public static string Of(string table, string partitionKey, string rowKey) => $"/{table}(PartitionKey='{Escape(partitionKey)}',RowKey='{Escape(rowKey)}')";

    public static void WriteKeys(IBufferWriter<byte> output, string partitionKey, string rowKey)
    {
        output.Write("(PartitionKey='"u8);
        Write(output, partitionKey);
        output.Write("',RowKey='"u8);
        Write(output, rowKey);
        output.Write("')"u8);
    }

    private static void Write(IBufferWriter<byte> output, string key)
    {
        var escaped = Escape(key);
        output.Advance(Encoding.ASCII.GetBytes(escaped, output.GetSpan(escaped.Length)));
    }

    private static string Escape(string key) => key.AsSpan().ContainsAnyExcept(Plain) ? Uri.EscapeDataString(key.Replace("'", "''", StringComparison.Ordinal)) : key;
}
