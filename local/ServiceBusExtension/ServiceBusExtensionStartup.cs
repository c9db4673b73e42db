using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Core;
using Microsoft.Azure.ServiceBus.Grpc;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

[assembly: WorkerExtensionStartup(typeof(ServiceBusExtensionStartup))]

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Registers the client of the host's settlement service.</summary>
public sealed class ServiceBusExtensionStartup : WorkerExtensionStartup
{
    private const string HostEndpoint = "Functions:Worker:HostEndpoint";

    public override void Configure(IFunctionsWorkerApplicationBuilder applicationBuilder) =>
        applicationBuilder.Services.AddGrpcClient<Settlement.SettlementClient>(
            static (services, options) =>
            {
                var endpoint =
                    services.GetRequiredService<IConfiguration>()[HostEndpoint]
                    ?? throw new InvalidOperationException(
                        $"{HostEndpoint} is not set: the Functions host that starts this worker has to set it to its address."
                    );
                options.Address = new Uri(endpoint);
            }
        );
}
