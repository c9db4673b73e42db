using System.Diagnostics.CodeAnalysis;
using System.Text;
using Azure;
using Azure.Core;

namespace Stockgate.Emulator.Tables.Transactions;

/// <summary>The answer to one action. It keeps its slice of the batch's bytes and reads headers out of it when they are asked for.</summary>
internal sealed class PartResponse(int status, string reason, ReadOnlyMemory<byte> head, ReadOnlyMemory<byte> body, string requestId) : Response
{
    private Stream? content = body.IsEmpty ? null : new MemoryStream(body.ToArray(), 0, body.Length, writable: false, publiclyVisible: true);

    public override int Status => status;

    public override string ReasonPhrase => reason;

    public override Stream? ContentStream { get => content; set => content = value; }

    public override string ClientRequestId { get; set; } = requestId;

    public override void Dispose()
    {
    }

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
    {
        foreach (var header in EnumerateHeaders())
        {
            if (!header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) continue;
            value = header.Value;
            return true;
        }

        value = null;
        return false;
    }

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = TryGetHeader(name, out var value) ? [value] : null;
        return values is not null;
    }

    protected override bool ContainsHeader(string name) => TryGetHeader(name, out _);

    protected override IEnumerable<HttpHeader> EnumerateHeaders()
    {
        foreach (var line in Encoding.UTF8.GetString(head.Span).Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
            if (line.IndexOf(':') is > 0 and var colon) yield return new HttpHeader(line[..colon], line[(colon + 1)..].Trim());
    }
}
