using System.Text.Json;

namespace Stockgate.Domain.Ingest;

/// <summary>Cuts a body into its records: the elements of an array, or the one object it is.</summary>
public static class JsonRecords
{
    /// <returns>Where each record stands in the body.</returns>
    /// <exception cref="JsonException">The body is not JSON, or neither an object nor an array of at most
    /// <see cref="Limits.BatchRecords"/>.</exception>
    public static IReadOnlyList<Range> Split(ReadOnlySpan<byte> body)
    {
        var records = new List<Range>();
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = Limits.JsonDepth });
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (records.Count == Limits.BatchRecords)
                    throw new JsonException($"a batch has at most {Limits.BatchRecords} records");
                records.Add(Next(ref reader));
            }
            if (records.Count == 0)
                throw new JsonException("the batch is empty");
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
            records.Add(Next(ref reader));
        else
            throw new JsonException("a body is one event (an object) or a batch of them (an array)");
        while (reader.Read()) { }
        return records;
    }

    private static Range Next(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return start..(int)reader.BytesConsumed;
    }
}
