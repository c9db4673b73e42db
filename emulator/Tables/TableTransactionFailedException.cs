using System.ComponentModel;
using System.Runtime.Serialization;
using Stockgate.Emulator.Tables.Transactions;

namespace Azure.Data.Tables;

/// <summary>A transaction was refused as a whole; nothing of it was written.</summary>
public class TableTransactionFailedException : RequestFailedException
{
    /// <summary>Wraps the service's error and takes the failed index from its data.</summary>
    public TableTransactionFailedException(RequestFailedException requestFailedException)
        : base(requestFailedException.Status, requestFailedException.Message, requestFailedException.ErrorCode, requestFailedException.InnerException)
    {
        foreach (var key in requestFailedException.Data.Keys) Data[key] = requestFailedException.Data[key];
        if (Data[FailedAction.IndexKey] is string text && int.TryParse(text, out var index)) FailedTransactionActionIndex = index;
    }

    /// <summary>Deserialization of old runtimes.</summary>
    [Obsolete("Formatter-based serialization is obsolete.", DiagnosticId = "SYSLIB0051")]
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected TableTransactionFailedException(SerializationInfo info, StreamingContext context) : base(info, context)
    {
    }

    /// <summary>The position, from 0, of the action that the service refused; null when it named none.</summary>
    public int? FailedTransactionActionIndex { get; }
}
