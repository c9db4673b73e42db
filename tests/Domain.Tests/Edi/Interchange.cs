using System.Text;
using System.Text.Json;
using Stockgate.Domain.Edi;
using Stockgate.Domain.Ingest.Files;

namespace Stockgate.Domain.Tests.Edi;

/// <summary>Interchanges of one message around its segments, and what is read of them.</summary>
internal static class Interchange
{
    public static readonly EdiTerms Terms = new(
        new SupplierId("acme"),
        new Dictionary<string, string> { ["5412345000020"] = "warehouse" },
        Currency: "EUR"
    );

    /// <summary>An EDIFACT message: a line for each segment, without its end.</summary>
    public static string Edifact(string type, string body)
    {
        var segments = body.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return $"""
            UNA:+.? '
            UNB+UNOC:3+4012345500004:14+5412345000013:14+260301:1005+77'
            UNH+1+{type}:D:96A:UN:EAN005'
            {string.Join('\n', segments.Select(static s => s + "'"))}
            UNT+{segments.Length + 2}+1'
            UNZ+1+77'

            """;
    }

    /// <summary>An X12 transaction set: a line for each segment, without its end.</summary>
    public static string X12(string type, string body)
    {
        var segments = body.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return $"""
            ISA*00*          *00*          *ZZ*ACME           *ZZ*STOCKGATE      *260301*1005*U*00401*000000077*0*P*>~
            GS*PR*ACME*STOCKGATE*20260301*1005*77*X*004010~
            ST*{type}*0001~
            {string.Join('\n', segments.Select(static s => s + "~"))}
            SE*{segments.Length + 2}*0001~
            GE*1*77~
            IEA*1*000000077~

            """;
    }

    public static List<FileRecord> Read(string text, EdiTerms? terms = null) =>
        [.. EdiRecords.Read(Encoding.UTF8.GetBytes(text), TextEncodings.Find("utf-8")!, terms ?? Terms)];

    /// <summary>The event of a record.</summary>
    public static JsonElement EventOf(FileRecord record) => JsonSerializer.Deserialize<JsonElement>(record.Content.Span);

    /// <summary>The data of the only record, as compact JSON.</summary>
    public static string DataOf(string text) => EventOf(Assert.Single(Read(text))).GetProperty("data").GetRawText();

    /// <summary>Why a file is refused.</summary>
    public static string Refusal(string text) => Assert.Throws<FileBrokenException>(() => Read(text)).Message;
}
