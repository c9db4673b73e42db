using Stockgate.Local.Host.Protocol;

namespace Stockgate.Local.Host.Workers;

/// <summary>A function threw. The message has the form that the Durable extension takes apart into failure details.</summary>
public sealed class FunctionFailedException : Exception
{
    internal FunctionFailedException(StatusResult result)
        : base($"Result: {result.Result}\nException: {Text(result.Exception)}\nStack: {result.Exception?.StackTrace}") =>
        Headline = Text(result.Exception);

    /// <summary>Type and message, one line.</summary>
    public string Headline { get; }

    private static string Text(RpcException? exception)
    {
        if (exception is null)
            return "";
        // Durable's own wrapper: its message is the failure in JSON, which the extension reads as it is.
        if (exception.Type.EndsWith("DurableSerializationException", StringComparison.Ordinal))
            return exception.Message;
        return string.IsNullOrEmpty(exception.Type) || exception.Message.StartsWith(exception.Type, StringComparison.Ordinal)
            ? exception.Message
            : $"{exception.Type}: {exception.Message}";
    }
}

/// <summary>A function did not end within functionTimeout.</summary>
public sealed class FunctionTimeoutException(string message) : Exception(message);

/// <summary>The worker ended with the call in flight. The Durable extension knows the type by its name: it tries the work again.</summary>
public sealed class WorkerProcessExitException(string message) : Exception(message);

/// <summary>There is no worker to run a call, and none came in time.</summary>
public sealed class WorkerUnavailableException(string message) : Exception(message);
