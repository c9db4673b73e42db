using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Stockgate.Emulator.Worker.Functions;
using Stockgate.Emulator.Worker.Hosting;
using Stockgate.Emulator.Worker.Http;

namespace Microsoft.Azure.Functions.Worker.Builder
{
    /// <summary>Where an isolated-worker program begins.</summary>
    public class FunctionsApplication
    {
        public FunctionsApplication() { }

        public static FunctionsApplicationBuilder CreateBuilder(string[] args) =>
            CreateBuilder(args, new FunctionSource(Assembly.GetEntryAssembly() ?? throw new InvalidOperationException("No entry assembly: the functions could not be found.")));

        /// <summary>For tests, whose entry assembly is the test host.</summary>
        internal static FunctionsApplicationBuilder CreateBuilder(string[] args, Assembly functions) => CreateBuilder(args, new FunctionSource(functions));

        /// <summary>For tests that bring functions and host.json of their own.</summary>
        internal static FunctionsApplicationBuilder CreateBuilder(string[] args, FunctionSource functions) => new(new LocalHostBuilder(args, functions));
    }

    /// <summary>Builds the host that runs the functions of this assembly on this machine.</summary>
    public class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
    {
        private readonly LocalHostBuilder local;

        internal FunctionsApplicationBuilder(LocalHostBuilder local) => this.local = local;

        public IDictionary<object, object> Properties => ((IHostApplicationBuilder)local.Web).Properties;

        public ConfigurationManager Configuration => local.Web.Configuration;

        public IHostEnvironment Environment => local.Web.Environment;

        public ILoggingBuilder Logging => local.Web.Logging;

        public IMetricsBuilder Metrics => local.Web.Metrics;

        public IServiceCollection Services => local.Web.Services;

        IConfigurationManager IHostApplicationBuilder.Configuration => local.Web.Configuration;

        /// <exception cref="InvalidOperationException">A function's signature or setting is wrong; the message names each.</exception>
        public IHost Build() => local.Build();

        public void ConfigureContainer<TContainerBuilder>(IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
            where TContainerBuilder : notnull => ((IHostApplicationBuilder)local.Web).ConfigureContainer(factory, configure);

        public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
        {
            local.Middleware.Add(middleware);
            return this;
        }

        internal void ServeHttp() => local.ServesHttp = true;
    }

    /// <summary>Turns on HTTP functions on ASP.NET Core's request and result types.</summary>
    public static class FunctionsApplicationBuilderAspNetCoreExtensions
    {
        public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder)
        {
            builder.ServeHttp();
            return builder;
        }
    }
}

namespace Microsoft.Azure.Functions.Worker
{
    /// <summary>The HTTP side of an invocation.</summary>
    public static class FunctionContextExtensions
    {
        /// <returns>The request's context; null where the function was not started by HTTP.</returns>
        public static HttpContext? GetHttpContext(this FunctionContext context) => (context as HttpInvocation)?.HttpContext;
    }
}
