using System.Net;
using Azure.Core.Pipeline;

namespace Stockgate.Emulator.Tests.Tables;

/// <summary>Answers every request itself and keeps it: method, URI, headers, body.</summary>
public sealed class Captured(params HttpStatusCode[] answers) : HttpMessageHandler
{
    private int next;

    public List<(string Method, Uri Uri, Dictionary<string, string> Headers, string Body)> Requests { get; } = [];

    /// <summary>The body of each answer.</summary>
    public string Answer { get; init; } = "";

    public HttpPipelineTransport Transport => new HttpClientTransport(this);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var headers = request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? []).ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase);
        Requests.Add((request.Method.Method, request.RequestUri!, headers, request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken)));
        return new HttpResponseMessage(answers[Math.Min(next++, answers.Length - 1)]) { Content = new StringContent(Answer) };
    }
}
