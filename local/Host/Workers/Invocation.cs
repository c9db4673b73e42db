using Stockgate.Local.Host.Protocol;

namespace Stockgate.Local.Host.Workers;

/// <summary>A call in flight.</summary>
internal sealed class Invocation(string id, string function, long deadline)
    : TaskCompletionSource<InvocationResponse>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public string Id => id;

    public string Function => function;

    /// <summary>When functionTimeout is over, as a timestamp of the clock; long.MaxValue for never.</summary>
    public long Deadline { get; set; } = deadline;

    public bool TimedOut { get; set; }

    /// <summary>The result, or the exception that it stands for.</summary>
    /// <exception cref="FunctionFailedException">The function threw.</exception>
    /// <exception cref="FunctionTimeoutException">It was cancelled by functionTimeout.</exception>
    /// <exception cref="WorkerProcessExitException">The worker ended.</exception>
    public async Task<InvocationResponse> ResultAsync()
    {
        var response = await Task;
        if (TimedOut)
            throw new FunctionTimeoutException($"{function} did not end within functionTimeout and was cancelled");
        if (response.Result?.Status != StatusResult.Types.Status.Success)
            throw new FunctionFailedException(response.Result ?? new StatusResult());
        return response;
    }
}
