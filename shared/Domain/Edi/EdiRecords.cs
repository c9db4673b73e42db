using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stockgate.Domain.Ingest.Files;

namespace Stockgate.Domain.Edi;

/// <summary>
/// Makes records of a supplier's interchanges: a canonical event for each line, written as it would be posted. So it is held to the same
/// rules, and can be corrected where it breaks one.
/// </summary>
public static class EdiRecords
{
    /// <summary>Bytes of a file: interchanges are checked as a whole before anything of them is taken.</summary>
    public const int MostBytes = 8 * 1024 * 1024;

    private const int LongestId = 240;

    /// <exception cref="FileBrokenException">An interchange is not what it says of itself; nothing of the file is taken.</exception>
    public static IEnumerable<FileRecord> Read(ReadOnlySpan<byte> file, Encoding encoding, EdiTerms terms)
    {
        string text;
        try
        {
            text = encoding.GetString(file);
        }
        catch (DecoderFallbackException)
        {
            throw new FileBrokenException(1, $"it is not text in {encoding.WebName}; set the encoding that the file is written in");
        }
        // All of it once, for its checks alone.
        foreach (var _ in EdiInterchanges.Read(text)) { }
        return EdiInterchanges.Read(text).SelectMany(message => Of(message, terms));
    }

    private static IEnumerable<FileRecord> Of(EdiMessage message, EdiTerms terms)
    {
        if (message.Envelope.IsTest)
            return [Ignored(message.Header, "is of a test interchange")];
        var document = EdifactDocuments.Read(message) ?? X12Documents.Read(message);
        if (document is null)
            return [Ignored(message.Header, $"is a message of the type {Clip.To(message.Type, 20)}, which is not used")];
        if (document.Lines.Count == 0)
            return [Ignored(message.Header, $"has no lines ({message.Type})")];
        return document.Lines.Select((line, i) => Of(message, document, line, i + 1, terms));
    }

    private static FileRecord Of(EdiMessage message, EdiDocument document, EdiLine line, int number, EdiTerms terms)
    {
        if (line.IgnoredBecause is { } reason)
            return Ignored(line.At, reason);
        var at = document.At ?? message.Envelope.PreparedAt;
        var made = new JsonObject
        {
            ["specversion"] = "1.0",
            ["type"] = TypeOf(document.Subject),
            ["source"] = $"edi/{Clip.To(message.Envelope.Sender, 100)}",
            ["id"] = IdOf(message, document, number),
            ["time"] = at?.ToString("O", CultureInfo.InvariantCulture),
            ["data"] = DataOf(document, line, terms),
        };
        if (long.TryParse(message.Envelope.Control, NumberStyles.None, CultureInfo.InvariantCulture, out var control))
            made["sequence"] = control;
        var broken = EdiItems.IsUnit(line.Unit)
            ? null
            : new Rejection(
                "data.quantity",
                $"is in {Clip.To(line.Unit, 10)}, and how many units one holds is not said; have the supplier send units"
            );
        return Record(line.At, Encoding.UTF8.GetBytes(made.ToJsonString())) with { Broken = broken };
    }

    // The same for the same line of the same document, in whichever interchange it comes.
    private static string IdOf(EdiMessage message, EdiDocument document, int line)
    {
        var what = document.IsCancelled ? "cancelled/" : "";
        var at = document.At ?? message.Envelope.PreparedAt;
        return Clip.To(
            string.Create(CultureInfo.InvariantCulture, $"{message.Type}/{document.Number}/{what}{at:yyyyMMddHHmmss}/{line}"),
            LongestId
        );
    }

    private static string TypeOf(EdiSubject subject) =>
        subject switch
        {
            EdiSubject.Confirmation => "stockgate.supplier.confirmed.v1",
            EdiSubject.Shipment => "stockgate.supplier.shipped.v1",
            EdiSubject.Stock => "stockgate.stock.counted.v1",
            _ => "stockgate.supplier.cost.v1",
        };

    private static JsonObject DataOf(EdiDocument document, EdiLine line, EdiTerms terms)
    {
        var data = new JsonObject();
        Put(data, "sku", line.Sku);
        if (document.Subject != EdiSubject.Stock)
            Put(data, "supplier", terms.Supplier.Value);
        if (document.Subject != EdiSubject.Cost)
            Put(data, "location", LocationOf(line, document.Subject, terms));
        Put(data, "purchaseOrder", line.Order);
        // A shipment that is called off is one of nothing.
        Put(data, "quantity", document.IsCancelled ? 0 : line.Units);
        Put(data, "dueAt", line.DueAt ?? (line.Answer == "Rejected" ? document.At : null));
        Put(data, "answer", line.Answer);
        switch (document.Subject)
        {
            case EdiSubject.Shipment:
                Put(data, "shipment", document.Number);
                Put(data, "shippedAt", line.From);
                break;
            case EdiSubject.Stock:
                Put(data, "basis", line.IsAvailable ? "Available" : "OnHand");
                break;
            case EdiSubject.Cost:
                Put(data, "unitCost", line.Price);
                Put(data, "currency", line.Currency.Length > 0 ? line.Currency : terms.Currency);
                Put(data, "from", line.From);
                break;
        }
        return data;
    }

    // Stock of a supplier stands at the supplier where no place is named.
    private static string? LocationOf(EdiLine line, EdiSubject subject, EdiTerms terms) =>
        line.Location.Length > 0
            ? terms.Locations.GetValueOrDefault(line.Location, line.Location)
            : terms.DefaultLocation ?? (subject == EdiSubject.Stock ? terms.Supplier.Value : null);

    private static void Put(JsonObject data, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            data[name] = value;
    }

    private static void Put(JsonObject data, string name, decimal? value)
    {
        if (value is { } number)
            data[name] = number;
    }

    private static void Put(JsonObject data, string name, DateTimeOffset? value)
    {
        if (value is { } moment)
            data[name] = moment.ToString("O", CultureInfo.InvariantCulture);
    }

    private static FileRecord Ignored(EdiSegment at, string reason) => Record(at, "{}"u8.ToArray()) with { IgnoredBecause = reason };

    private static FileRecord Record(EdiSegment at, byte[] content) => new(at.Number, new FilePosition(at.End, at.Number + 1), content);
}
