using System.Text;
using System.Text.Json;
using Stockgate.Platform.Signatures;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Signatures;

public class SignatureVectorTests
{
    private const string Vectors = "signatures/vectors.json";

    [SharedDataFact(Vectors)]
    public void Every_vector_of_the_vendors_has_its_verdict()
    {
        using var vectors = JsonDocument.Parse(File.ReadAllText(SharedData.Find(Vectors)!));
        var verdicts = vectors
            .RootElement.EnumerateArray()
            .Select(v => (Expected: v.GetProperty("valid").GetBoolean(), Verdict: Verify(v)))
            .ToList();
        Assert.Equal(verdicts.Select(v => v.Expected ? SignatureVerdict.Valid : SignatureVerdict.Wrong), verdicts.Select(v => v.Verdict));
        Assert.Contains(verdicts, v => v.Expected);
        Assert.Contains(verdicts, v => !v.Expected);
    }

    private static SignatureVerdict Verify(JsonElement vector)
    {
        var (secret, signature, body) = (
            vector.GetProperty("secret").GetString()!,
            vector.GetProperty("signature").GetString(),
            Encoding.UTF8.GetBytes(vector.GetProperty("body").GetString()!)
        );
        if (vector.GetProperty("scheme").GetString() != "standard-webhooks")
            return ShopifySignature.Verify([Encoding.UTF8.GetBytes(secret)], signature, body);
        var at = vector.GetProperty("timestamp").GetInt64();
        return StandardWebhooksSignature.Verify(
            [StandardWebhooksSignature.ParseSecret(secret)],
            vector.GetProperty("id").GetString(),
            $"{at}",
            signature,
            body,
            DateTimeOffset.FromUnixTimeSeconds(at)
        );
    }
}
