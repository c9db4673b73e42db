using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Stockgate.Domain;

namespace Stockgate.Platform.Mail;

/// <summary>The delivery status of a mail after the mail server accepted it.</summary>
/// <param name="MessageId">The app's message id, without angle brackets.</param>
/// <param name="Status">Delivered, Expanded, Bounced, Suppressed, Quarantined, FilteredSpam, Failed.</param>
/// <param name="Words">The receiving server's text; null if none.</param>
public sealed record DeliveryReport(string MessageId, string Status, string? Words)
{
    /// <summary>
    /// Whether the mail was not delivered. Expanded: it was to a list, and each of its members has a report of their own.
    /// </summary>
    public bool Failed => Status is not ("Delivered" or "Expanded");
}

/// <summary>
/// Azure Communication Services' reports about mails, as Event Grid posts them in the CloudEvents schema: one event or an array
/// (https://learn.microsoft.com/azure/event-grid/communication-services-email-events).
/// </summary>
public static class DeliveryReports
{
    public const string Type = "Microsoft.Communication.EmailDeliveryReportReceived";

    private const int MostEvents = 1000;

    /// <returns>The reports among the events; events of other types are skipped.</returns>
    /// <exception cref="ProblemException">It is not JSON, or a report lacks what it needs.</exception>
    public static IReadOnlyList<DeliveryReport> Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 16 });
            var events =
                document.RootElement.ValueKind == JsonValueKind.Array
                    ? document.RootElement.EnumerateArray().ToList()
                    : [document.RootElement];
            if (events.Count > MostEvents)
                throw Unfit($"There are {events.Count} events; at most {MostEvents} are taken at once.", "");
            return [.. events.Where(static e => Text(e, "type") == Type).Select(ReadOne)];
        }
        catch (JsonException unreadable)
        {
            throw Unfit($"The body is not JSON: {unreadable.Message} Send CloudEvents 1.0, one or an array.", "");
        }
    }

    private static DeliveryReport ReadOne(JsonElement told)
    {
        if (!told.TryGetProperty("data", out var data))
            throw Unfit("A report without data says nothing.", "data");
        var id = Text(data, "internetMessageId") ?? throw Unfit("A report has to say which mail it is about.", "data.internetMessageId");
        var words = data.TryGetProperty("deliveryStatusDetails", out var details) ? Text(details, "statusMessage") : null;
        return new(
            id.Trim().TrimStart('<').TrimEnd('>'),
            SafeText.Line(Text(data, "status") ?? throw Unfit("A report has to say what became of the mail.", "data.status"), 40),
            words is null ? null : SafeText.Line(words, 300)
        );
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static ProblemException Unfit(string detail, string field) =>
        new(StatusCodes.Status400BadRequest, "unfit-mail-report", "Not a mail report", detail, field);
}
