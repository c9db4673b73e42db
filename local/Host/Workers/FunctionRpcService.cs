using Grpc.Core;
using Stockgate.Local.Host.Protocol;

namespace Stockgate.Local.Host.Workers;

/// <summary>The gRPC service that a worker connects to.</summary>
internal sealed class FunctionRpcService(WorkerSupervisor supervisor) : FunctionRpc.FunctionRpcBase
{
    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream,
        IServerStreamWriter<StreamingMessage> responseStream,
        ServerCallContext context
    )
    {
        if (!await requestStream.MoveNext(context.CancellationToken))
            return;
        var worker = requestStream.Current.StartStream?.WorkerId ?? "";
        var channel =
            supervisor.Connected(worker)
            ?? throw new Grpc.Core.RpcException(new Status(StatusCode.PermissionDenied, "This worker was not started by this host."));
        await channel.RunAsync(requestStream, responseStream, context.CancellationToken);
    }
}
