using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Stockgate.Functions;
using Stockgate.Functions.Ingest;
using Stockgate.Functions.Orchestrations;
using Stockgate.Functions.Pricing;
using Stockgate.Platform;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<ClientAddress>();
builder.UseMiddleware<ProblemMiddleware>();
builder.UseMiddleware<StorageGate>();
builder.Services.AddStockgate(builder.Configuration);
builder.Services.AddSingleton<DampedSignals>().AddSingleton<ChannelEventBatch>().AddSingleton<PriceBatch>();
builder.Services.AddTelemetry(builder.Configuration);
builder.Build().Run();
