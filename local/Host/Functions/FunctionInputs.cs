using Stockgate.Local.Host.Durable;
using Stockgate.Local.Host.Protocol;
using Stockgate.Local.Host.Workers;

namespace Stockgate.Local.Host.Functions;

/// <summary>Calls functions whose trigger is not HTTP, and adds the input that a DurableTaskClient parameter needs.</summary>
internal sealed class FunctionInputs(DurableClients clients)
{
    public async ValueTask AddClientsAsync(FunctionDefinition function, InvocationRequest request, CancellationToken cancellationToken)
    {
        foreach (var binding in function.DurableClients)
            request.InputData.Add(
                new ParameterBinding
                {
                    Name = binding.Name,
                    Data = new TypedData { String = await clients.PayloadAsync(binding, cancellationToken) },
                }
            );
    }

    /// <summary>Runs a function with the value of its trigger and waits for its end.</summary>
    /// <exception cref="FunctionFailedException">It threw.</exception>
    /// <exception cref="WorkerProcessExitException">The worker ended.</exception>
    public async Task<InvocationResponse> RunAsync(
        FunctionDefinition function,
        WorkerChannel worker,
        TypedData trigger,
        Action<InvocationRequest>? more,
        CancellationToken cancellationToken
    )
    {
        var request = new InvocationRequest
        {
            InvocationId = Guid.NewGuid().ToString(),
            FunctionId = function.Id,
            TraceContext = new RpcTraceContext(),
            InputData =
            {
                new ParameterBinding { Name = function.Trigger!.Name, Data = trigger },
            },
        };
        more?.Invoke(request);
        await AddClientsAsync(function, request, cancellationToken);
        var invocation = worker.Begin(function, request);
        await using var cancelled = cancellationToken.UnsafeRegister(_ => worker.Cancel(invocation), null);
        return await invocation.ResultAsync();
    }
}
