using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Stockgate.Emulator.Tables.Wire;

/// <summary>Appends the shared access signature to the query. It reads the credential per attempt, so that an update takes effect at once.</summary>
internal sealed class SasPolicy(AzureSasCredential credential) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        var signature = credential.Signature.TrimStart('?');
        var query = message.Request.Uri.Query ?? "";
        // A retry finds the signature in place already.
        if (query.Contains(signature, StringComparison.Ordinal)) return;
        message.Request.Uri.Query = query.Length > 1 ? $"{query}&{signature}" : signature;
    }
}
