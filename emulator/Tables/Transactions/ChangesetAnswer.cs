using System.Buffers.Text;
using System.Text;
using Azure;

namespace Stockgate.Emulator.Tables.Transactions;

/// <summary>Takes the answer to a batch apart: a multipart body with a changeset in it, and in that one HTTP answer per action, or a single one for the refused action.</summary>
internal static class ChangesetAnswer
{
    /// <exception cref="RequestFailedException">The body is not what the service sends.</exception>
    public static List<Response> Parse(Response batch, int expected)
    {
        var all = batch.Content.ToMemory();
        var parts = new List<Response>(expected);
        var separator = Boundary(all.Span) ?? throw Unreadable(batch);
        var at = all.Span.IndexOf(separator);
        while (at >= 0)
        {
            var start = at + separator.Length;
            var length = all.Span[start..].IndexOf(separator);
            // The last separator ends in "--"; nothing follows it.
            if (length < 0) break;
            parts.Add(Part(all.Slice(start, length), batch));
            at = start + length;
        }

        return parts.Count > 0 ? parts : throw Unreadable(batch);
    }

    /// <summary>The changeset's boundary with the dashes before it, from the only "boundary=" inside the body.</summary>
    private static byte[]? Boundary(ReadOnlySpan<byte> body)
    {
        var start = body.IndexOf("boundary="u8);
        if (start < 0) return null;
        body = body[(start + "boundary="u8.Length)..];
        var end = body.IndexOfAny("\r\n;"u8);
        return end <= 0 ? null : [.. "--"u8, .. body[..end].Trim("\" "u8)];
    }

    private static PartResponse Part(ReadOnlyMemory<byte> part, Response batch)
    {
        // Skip to the status line: Azurite puts a stray line before it when it refuses more than 100 actions.
        var http = part.Span.IndexOf("HTTP/1.1 "u8);
        if (http < 0) throw Unreadable(batch);
        part = part[(http + "HTTP/1.1 "u8.Length)..];
        var lineEnd = part.Span.IndexOf("\r\n"u8);
        if (lineEnd < 3 || !Utf8Parser.TryParse(part.Span[..3], out int status, out _)) throw Unreadable(batch);
        var reason = status == 204 ? "No Content" : Encoding.UTF8.GetString(part.Span[3..lineEnd]).Trim();

        var headEnd = part.Span.IndexOf("\r\n\r\n"u8);
        var head = headEnd > lineEnd ? part[(lineEnd + 2)..headEnd] : headEnd < 0 ? part[(lineEnd + 2)..] : default;
        var body = headEnd < 0 ? default : part[(headEnd + 4)..];
        return new PartResponse(status, reason, head, body[..body.Span.TrimEnd("\r\n"u8).Length], batch.ClientRequestId);
    }

    private static RequestFailedException Unreadable(Response batch) =>
        new(batch.Status, "The answer to the transaction could not be read, so that its outcome is not known: read the entities before sending it again.", null, null);
}
