using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Stockgate.Emulator.Tables.Connections;

namespace Stockgate.Emulator.Tables.Wire;

/// <summary>An account's endpoint with the pipeline that opens it: makes requests with the headers that all have, sends them, turns errors into exceptions.</summary>
internal sealed class Account
{
    public const string MinimalMetadata = "application/json;odata=minimalmetadata", NoMetadata = "application/json;odata=nometadata";

    private const string Scope = "https://storage.azure.com/.default";

    private readonly HttpPipeline pipeline;
    private readonly string version;

    private Account(Uri endpoint, Azure.Data.Tables.TableClientOptions? options, HttpPipelinePolicy? authorization)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        options ??= new Azure.Data.Tables.TableClientOptions();
        Endpoint = endpoint;
        Name = AccountUri.AccountName(endpoint);
        version = options.VersionHeader;
        Root = endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/');
        var pipelineOptions = new HttpPipelineOptions(options) { RequestFailedDetailsParser = ODataErrors.Instance };
        if (authorization is not null) pipelineOptions.PerRetryPolicies.Add(authorization);
        pipeline = HttpPipelineBuilder.Build(pipelineOptions);
    }

    /// <summary>The endpoint as given, with a SAS in the query where there was one.</summary>
    public Uri Endpoint { get; }

    /// <summary>The endpoint without query and without a slash at the end.</summary>
    public string Root { get; }

    public string Name { get; }

    public static Account Open(Uri endpoint, Azure.Data.Tables.TableClientOptions? options) => new(endpoint, options, null);

    public static Account Open(Uri endpoint, TableSharedKeyCredential credential, Azure.Data.Tables.TableClientOptions? options)
    {
        ArgumentNullException.ThrowIfNull(credential);
        return new(endpoint, options, new SharedKeyPolicy(credential, TimeProvider.System));
    }

    public static Account Open(Uri endpoint, AzureSasCredential credential, Azure.Data.Tables.TableClientOptions? options)
    {
        ArgumentNullException.ThrowIfNull(credential);
        return new(endpoint, options, new SasPolicy(credential));
    }

    public static Account Open(Uri endpoint, TokenCredential credential, Azure.Data.Tables.TableClientOptions? options)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(credential);
        if (endpoint.Scheme != Uri.UriSchemeHttps) throw new ArgumentException("A token is only sent over https. Use an https endpoint, or an account key for Azurite over http.", nameof(endpoint));
        return new(endpoint, options, new BearerTokenAuthenticationPolicy(credential, Scope));
    }

    public static Account Open(string connectionString, Azure.Data.Tables.TableClientOptions? options) => StorageConnectionString.Parse(connectionString) switch
    {
        { Key: { } key, Endpoint: var endpoint } => Open(endpoint, key, options),
        { Sas: { } sas, Endpoint: var endpoint } => Open(endpoint, sas, options),
        var open => Open(open.Endpoint, options),
    };

    /// <summary>A request for a path below the endpoint; the path is escaped already.</summary>
    public HttpMessage Request(RequestMethod method, string path, string accept = MinimalMetadata)
    {
        var message = pipeline.CreateMessage();
        var request = message.Request;
        request.Method = method;
        request.Uri.Reset(Endpoint);
        request.Uri.AppendPath(path, escape: false);
        request.Headers.SetValue("x-ms-version", version);
        request.Headers.SetValue("DataServiceVersion", "3.0");
        request.Headers.SetValue("Accept", accept);
        return message;
    }

    /// <summary>Sends and returns the answer if its status is one of those; otherwise throws what the service said.</summary>
    /// <exception cref="RequestFailedException">Any other status, with the service's code.</exception>
    public async ValueTask<Response> SendAsync(HttpMessage message, bool async, Accepts accepts, CancellationToken cancellationToken)
    {
        if (async) await pipeline.SendAsync(message, cancellationToken);
        else pipeline.Send(message, cancellationToken);
        var response = message.Response;
        return response.Status < 300 || (response.Status == 404 && accepts == Accepts.NotFound) || (response.Status == 409 && accepts == Accepts.Conflict)
            ? response
            : throw new RequestFailedException(response);
    }
}

/// <summary>Which error status the caller takes for an answer.</summary>
internal enum Accepts
{
    Success,
    NotFound,
    Conflict,
}
