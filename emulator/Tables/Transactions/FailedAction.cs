using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Stockgate.Emulator.Tables.Wire;

namespace Stockgate.Emulator.Tables.Transactions;

/// <summary>The service's refusal of a transaction as an exception.</summary>
internal static class FailedAction
{
    /// <summary>Where the index stands in <see cref="Exception.Data"/>.</summary>
    public const string IndexKey = "FailedEntity";

    public static TableTransactionFailedException From(Response part) => From(new RequestFailedException(part, null, ODataErrors.Instance));

    /// <summary>A refusal of the client's own, in the service's words.</summary>
    public static TableTransactionFailedException Refuse(int index, int status, string code, string message) =>
        From(new RequestFailedException(status, string.Create(CultureInfo.InvariantCulture, $"{index}:{message}"), code, null));

    private static TableTransactionFailedException From(RequestFailedException error)
    {
        if (Index(error.Message) is { } index) error.Data[IndexKey] = index.ToString(CultureInfo.InvariantCulture);
        return new TableTransactionFailedException(error);
    }

    /// <summary>The message begins with the index and a colon ("Performing entity group transactions", sample error response).</summary>
    private static int? Index(string message) =>
        message.IndexOf(':') is > 0 and < 4 and var colon && int.TryParse(message.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
}
