using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Stockgate.Domain;
using Stockgate.Domain.Ingest.BigCommerce;
using Stockgate.Platform.Ingest.Accepting;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Outbound;

namespace Stockgate.Platform.Ingest.Reading;

/// <summary>
/// Reads what a notification names from the vendor's API and adds it to the body, before anything is kept. Where the API is away the
/// delivery is refused with a 503, and the vendor sends it again: BigCommerce does for two days.
/// </summary>
public sealed class VendorReader(OutboundHttp http, TimeProvider time, ILogger<VendorReader> logger) : IDisposable
{
    private const int AnswerBytes = 4 * 1024 * 1024;

    // BigCommerce waits ten seconds for our answer.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(4);

    private static readonly SendLimits Calls = new()
    {
        Retries = 1,
        Pause = TimeSpan.FromMilliseconds(200),
        LongestRetryAfter = TimeSpan.FromSeconds(1),
        TotalTimeouts = 2,
        AtOnce = 8,
        Waiting = 64,
        // A notification is four calls, each tried twice: a single one must not stop those that follow.
        BreakerAttempts = 32,
    };

    // The answers stand two levels deeper in the body.
    private static readonly JsonDocumentOptions Depth = new() { MaxDepth = Limits.JsonDepth - 2 };

    private readonly ConcurrentDictionary<ChannelId, Lazy<ChannelPipeline>> pipelines = new();

    /// <returns>The body with what was read; the body itself where nothing has to be.</returns>
    /// <exception cref="ProblemException">The API is away.</exception>
    public async Task<ReadOnlyMemory<byte>> FillAsync(Channel channel, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (channel is not { Format: ChannelFormat.BigCommerce, Api: { } api } || PathsOf(body) is not { Count: > 0 } paths)
            return body;
        var read = await Task.WhenAll(paths.Select(path => ReadAsync(channel.Id, api, path.Value, cancellationToken)));
        using var notification = JsonDocument.Parse(body, Depth);
        return Filled(notification.RootElement, [.. paths.Keys.Zip(read)]);
    }

    public void Dispose()
    {
        foreach (var pipeline in pipelines.Values)
            pipeline.Value.Dispose();
    }

    private async Task<Answer> ReadAsync(ChannelId channel, VendorApi api, string path, CancellationToken cancellationToken)
    {
        var pipeline = pipelines
            .GetOrAdd(channel, id => new Lazy<ChannelPipeline>(() => new ChannelPipeline(id.Value, Timeout, Calls, time, static () => { })))
            .Value;
        var answer = await pipeline.RunAsync(token => AttemptAsync(api, path, token), cancellationToken);
        // V2 answers 204 where a list is empty.
        if (answer.Status is 204)
            return new Answer(null, null);
        if (answer.Status is 404)
            return new Answer(null, $"{path} is not there");
        if (answer.Status is not 200)
        {
            logger.LogWarning("Channel {Channel}: {Path} could not be read: it {Detail}", channel, path, answer.Detail);
            throw IngestProblems.SourceAway();
        }
        return Parse(answer.Body, path);
    }

    private async ValueTask<Attempt> AttemptAsync(VendorApi api, string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(api.Address, path));
        request.Headers.Add("X-Auth-Token", api.Token);
        request.Headers.Add("Accept", "application/json");
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var status = (int)response.StatusCode;
            if (response.StatusCode != HttpStatusCode.OK)
                return new Attempt(
                    status,
                    default,
                    $"answered {status}",
                    status is 408 or 429 or >= 500,
                    response.Headers.RetryAfter?.Delta
                );
            var (body, whole) = await OutboundHttp.ReadAsync(response, AnswerBytes, cancellationToken);
            return new Attempt(status, whole ? body : default, "answered", Transient: false);
        }
        catch (HttpRequestException none) when (none.InnerException is PrivateAddressException refused)
        {
            return new Attempt(null, default, refused.Message, Transient: false, Reached: false);
        }
        catch (Exception none) when (none is HttpRequestException or IOException)
        {
            return new Attempt(null, default, $"is unreachable: {Excerpt.Of(none.Message)}", Transient: true, Reached: false);
        }
    }

    // V3 has its answer in "data", beside "meta".
    private static Answer Parse(ReadOnlyMemory<byte> body, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Depth);
            var root = document.RootElement;
            var isWrapped = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("meta", out _);
            return new Answer((isWrapped && root.TryGetProperty("data", out var data) ? data : root).Clone(), null);
        }
        catch (JsonException)
        {
            return new Answer(null, $"the answer to {path} is not JSON, or larger than {AnswerBytes} bytes");
        }
    }

    private static ReadOnlyMemory<byte> Filled(JsonElement notification, IReadOnlyList<(string Name, Answer Answer)> read)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var field in notification.EnumerateObject().Where(static f => f.Name != BigCommerceTranslator.Unread))
                field.WriteTo(writer);
            if (read.Select(static r => r.Answer.Mistake).FirstOrDefault(static m => m is not null) is { } mistake)
                writer.WriteString(BigCommerceTranslator.Unread, mistake);
            else
            {
                writer.WriteStartObject(BigCommerceTranslator.Resources);
                foreach (var (name, answer) in read)
                {
                    writer.WritePropertyName(name);
                    if (answer.Read is { } resource)
                        resource.WriteTo(writer);
                    else
                        writer.WriteNullValue();
                }
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }

    private static IReadOnlyDictionary<string, string> PathsOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Depth);
            return BigCommerceResource.PathsOf(document.RootElement);
        }
        catch (JsonException)
        {
            return new Dictionary<string, string>();
        }
    }

    /// <param name="Read">Null where there is nothing, or a mistake.</param>
    /// <param name="Mistake">Why the answer can't be used.</param>
    private sealed record Answer(JsonElement? Read, string? Mistake);
}
