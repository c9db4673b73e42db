namespace Stockgate.Platform.Signatures;

/// <summary>The rule for a signing secret of the settings.</summary>
internal static class SigningSecret
{
    /// <returns>What is wrong, without a part of the secret; null if it can be used.</returns>
    public static string? Mistake(string secret)
    {
        try
        {
            StandardWebhooksSignature.ParseSecret(secret);
            return null;
        }
        catch (FormatException wrong)
        {
            // The framework's message may repeat a part of the text; only ours is passed on.
            return wrong.Message.StartsWith("it ", StringComparison.Ordinal)
                ? $"is not a signing secret: {wrong.Message}"
                : "is not base64 behind whsec_";
        }
    }
}
