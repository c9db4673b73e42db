namespace Stockgate.Platform.Signatures;

/// <summary>The result of a signature check.</summary>
public enum SignatureVerdict
{
    Valid,

    /// <summary>A header that the scheme needs is missing or misformed.</summary>
    Missing,

    /// <summary>No signature in it fits the body and any secret of the channel.</summary>
    Wrong,

    /// <summary>The timestamp is outside the window: an old delivery sent again, or a wrong clock.</summary>
    Expired,
}
