using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Stockgate.Functions;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseWhen<ProblemMiddleware>(static context => context.FunctionDefinition.Name.StartsWith("Problem", StringComparison.Ordinal));
builder.Build().Run();
