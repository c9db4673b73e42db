using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Azure.Core.Pipeline;

namespace Stockgate.Emulator.Tests.Tables;

/// <summary>Reads each request to its end and answers as the service answers a transaction that went well.</summary>
public sealed class BatchAnswer(int actions) : HttpMessageHandler
{
    private readonly byte[] body = Encoding.UTF8.GetBytes(
        "--batchresponse_1\r\nContent-Type: multipart/mixed; boundary=changesetresponse_2\r\n\r\n" +
        string.Concat(Enumerable.Range(0, actions).Select(i =>
            "--changesetresponse_2\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nHTTP/1.1 204 No Content\r\nX-Content-Type-Options: nosniff\r\n" +
            $"Cache-Control: no-cache\r\nDataServiceVersion: 3.0;\r\nETag: W/\"datetime'2026-11-21T03%3A04%3A05.{i:D7}Z'\"\r\n\r\n\r\n")) +
        "--changesetresponse_2--\r\n--batchresponse_1--\r\n");

    public HttpPipelineTransport Transport => new HttpClientTransport(this);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
        return new HttpResponseMessage(HttpStatusCode.Accepted)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse("multipart/mixed; boundary=batchresponse_1") } },
        };
    }
}
