using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker
{
    /// <summary>Who may call an HTTP function: nobody's key, a function or host key, or only the master key.</summary>
    public enum AuthorizationLevel { Anonymous, User, Function, System, Admin }

    /// <summary>Starts the function on an HTTP request.</summary>
    [AttributeUsage(AttributeTargets.Parameter)]
    public sealed class HttpTriggerAttribute : TriggerBindingAttribute
    {
        public HttpTriggerAttribute() : this(AuthorizationLevel.Function, []) { }

        public HttpTriggerAttribute(params string[] methods) : this(AuthorizationLevel.Function, methods) { }

        public HttpTriggerAttribute(AuthorizationLevel authLevel) : this(authLevel, []) { }

        public HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods) => (AuthLevel, Methods) = (authLevel, methods);

        /// <summary>The route template under host.json's route prefix; the function's name where it is null.</summary>
        public string? Route { get; set; }

        public string[] Methods { get; }

        public AuthorizationLevel AuthLevel { get; }
    }

    /// <summary>Marks the property of a returned object that is the HTTP response.</summary>
    [AttributeUsage(AttributeTargets.Property | AttributeTargets.Method)]
    public sealed class HttpResultAttribute : OutputBindingAttribute
    {
        public HttpResultAttribute() { }
    }
}

namespace Microsoft.Azure.Functions.Worker.Http
{
    /// <summary>Binds a parameter from the request's JSON body.</summary>
    [AttributeUsage(AttributeTargets.Parameter)]
    public class FromBodyAttribute : Attribute
    {
        public FromBodyAttribute() { }
    }
}
