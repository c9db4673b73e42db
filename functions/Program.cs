using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
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
// A line for each request of the web server below the worker would cost a message to the host each.
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
builder.Services.AddStockgate(builder.Configuration);
builder.Services.AddSingleton<DampedSignals>().AddSingleton<ChannelEventBatch>().AddSingleton<PriceBatch>();
builder.Services.AddTelemetry(builder.Configuration);
builder.Build().Run();
