using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Stockgate.Functions;
using Stockgate.Platform;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<ProblemMiddleware>();
builder.Services.AddStockgate(builder.Configuration);
builder.Services.AddTelemetry(builder.Configuration);
builder.Build().Run();
