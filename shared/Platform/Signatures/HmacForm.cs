using System.Text.Json.Serialization;
using Stockgate.Domain;

namespace Stockgate.Platform.Signatures;

/// <summary>The hash of an HMAC.</summary>
[JsonConverter(typeof(NamedEnumConverter<HmacAlgorithm>))]
public enum HmacAlgorithm
{
    Sha256,
    Sha512,

    /// <summary>Older systems only.</summary>
    Sha1,
}

/// <summary>How a signature is written.</summary>
[JsonConverter(typeof(NamedEnumConverter<SignatureEncoding>))]
public enum SignatureEncoding
{
    Hex,
    Base64,
}

/// <summary>What is signed.</summary>
[JsonConverter(typeof(NamedEnumConverter<SignedContent>))]
public enum SignedContent
{
    /// <summary>The raw body.</summary>
    Body,

    /// <summary>The timestamp's text, a dot and the raw body.</summary>
    TimestampBody,
}

/// <summary>How a system signs with an HMAC of its own design.</summary>
/// <param name="Header">Holds the signature.</param>
/// <param name="Algorithm">The hash.</param>
/// <param name="Encoding">How the signature is written.</param>
/// <param name="Prefix">Before the signature, such as <c>sha256=</c>; or nothing.</param>
/// <param name="Signs">What is signed.</param>
/// <param name="TimestampHeader">Holds Unix seconds; null where there is none.</param>
/// <param name="Window">How far the sender's clock may be from ours, either way.</param>
public sealed record HmacForm(
    string Header,
    HmacAlgorithm Algorithm,
    SignatureEncoding Encoding,
    string Prefix,
    SignedContent Signs,
    string? TimestampHeader,
    TimeSpan Window
);
