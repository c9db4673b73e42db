using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;

namespace Stockgate.Emulator.Tables.Wire;

/// <summary>
/// Signs each attempt with Shared Key Lite ("Authorize with Shared Key", Table service and Shared Key Lite). Per attempt, because the service refuses a date that
/// is older than 15 minutes.
/// </summary>
internal sealed class SharedKeyPolicy(TableSharedKeyCredential credential, TimeProvider time) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        var date = time.GetUtcNow().ToString("R");
        message.Request.Headers.SetValue("x-ms-date", date);
        var signature = credential.Sign(StringToSign(credential.AccountName, date, message.Request.Uri.ToUri()));
        message.Request.Headers.SetValue("Authorization", $"SharedKeyLite {credential.AccountName}:{signature}");
    }

    /// <summary>The date, then the account and the path as it goes over the wire, escapes included; of the query only <c>comp</c> counts.</summary>
    internal static string StringToSign(string account, string date, Uri uri)
    {
        foreach (var pair in uri.Query.AsSpan().TrimStart('?').ToString().Split('&', StringSplitOptions.RemoveEmptyEntries))
            if (pair.StartsWith("comp=", StringComparison.OrdinalIgnoreCase)) return $"{date}\n/{account}{uri.AbsolutePath}?comp={Uri.UnescapeDataString(pair[5..])}";
        return $"{date}\n/{account}{uri.AbsolutePath}";
    }
}
