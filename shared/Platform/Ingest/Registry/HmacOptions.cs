using Stockgate.Domain;
using Stockgate.Platform.Settings;
using Stockgate.Platform.Signatures;

namespace Stockgate.Platform.Ingest.Registry;

/// <summary>How a system signs that has no scheme of its own.</summary>
public sealed class HmacOptions
{
    [Setting("header", "Hmac: holds the signature; required there"), Name]
    public string? Header { get; set; }

    [Setting("", "Hmac: the hash")]
    public HmacAlgorithm Algorithm { get; set; } = HmacAlgorithm.Sha256;

    [Setting("", "Hmac: how the signature is written")]
    public SignatureEncoding Encoding { get; set; } = SignatureEncoding.Hex;

    [Setting("text", "Hmac: stands before the signature, such as `sha256=`")]
    public string? Prefix { get; set; }

    [Setting("header", "Hmac: holds the time of signing, in Unix seconds"), Name]
    public string? TimestampHeader { get; set; }

    [Setting("", "Hmac: how far that time may be from ours, either way")]
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(5);

    [Setting("", "Hmac: what is signed: the body, or the timestamp, a dot and the body", Default = "(by TimestampHeader)")]
    public SignedContent? Signs { get; set; }

    internal HmacForm Form() =>
        new(
            Header!,
            Algorithm,
            Encoding,
            Prefix ?? "",
            Signs ?? (string.IsNullOrEmpty(TimestampHeader) ? SignedContent.Body : SignedContent.TimestampBody),
            string.IsNullOrEmpty(TimestampHeader) ? null : TimestampHeader,
            Window
        );
}
