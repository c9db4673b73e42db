namespace Stockgate.Platform.Http.Idempotency;

/// <summary>An answer that is sent again when its request is.</summary>
/// <param name="Body">Null where it is not kept: it has a secret, or is too large.</param>
public sealed record KeptAnswer(int Status, string? ContentType, string? Location, byte[]? Body)
{
    /// <summary>What a property of a row holds.</summary>
    public const int MostBytes = 64 * 1024;

    /// <summary>Says of an answer that it was not made by this request.</summary>
    public const string ReplayedHeader = "Idempotency-Replayed";
}
