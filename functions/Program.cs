using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Stockgate.Functions;
using Stockgate.Functions.Access;
using Stockgate.Functions.Agents;
using Stockgate.Functions.Api;
using Stockgate.Functions.Ingest;
using Stockgate.Functions.Orchestrations;
using Stockgate.Functions.Pricing;
using Stockgate.Platform;
using Stockgate.Platform.Settings;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<ClientAddress>();
builder.UseMiddleware<ProblemMiddleware>();
builder.UseMiddleware<DeprecationHeaders>();
builder.UseMiddleware<StorageGate>();
builder.UseMiddleware<AccessGate>();
builder.UseMiddleware<IdempotencyGate>();

// A line for each request of the web server below the worker, and of the Azure clients, would cost a message to the host each.
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Azure", LogLevel.Warning);
builder.Services.AddStockgate(builder.Configuration);
builder.Services.AddSingleton<DampedSignals>().AddSingleton<ChannelEventBatch>().AddSingleton<PriceBatch>();
builder.Services.AddSingleton<ReadingTools>().AddSingleton<AskingTools>();
builder.Services.AddTelemetry(builder.Configuration);
using var app = builder.Build();
if (SettingsCheck.MistakesIn(app.Services, builder.Configuration) is { Count: > 0 } mistakes)
{
    // All mistakes at once, without a stack trace, so that the operator can correct them together.
    await Console.Error.WriteLineAsync(
        $"{(mistakes.Count == 1 ? "1 setting is" : $"{mistakes.Count} settings are")} invalid:{string.Concat(mistakes.Select(static m => $"{Environment.NewLine}  {m}"))}"
    );
    return 1;
}
app.Run();
return 0;
