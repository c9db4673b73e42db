using System.Text.Json.Nodes;

namespace Stockgate.Domain.Tests.Ingest;

/// <summary>
/// Damages a delivery as senders do: fields that are missing, null, of another type, empty, huge, negative, or deeply nested.
/// </summary>
internal static class MutatedJson
{
    private const int MostChanges = 3;

    public static string Of(string body, int seed)
    {
        var random = new Random(seed);
        var root = JsonNode.Parse(body)!;
        for (var change = random.Next(1, MostChanges + 1); change > 0; change--)
            Change(root, random);
        return root.ToJsonString();
    }

    private static void Change(JsonNode root, Random random)
    {
        var holders = Holders(root).ToList();
        if (holders.Count == 0)
            return;
        switch (holders[random.Next(holders.Count)])
        {
            case JsonObject record:
                var name = record.ElementAt(random.Next(record.Count)).Key;
                if (random.Next(4) == 0)
                    record.Remove(name);
                else
                    record[name] = Value(random);
                break;
            case JsonArray list:
                if (random.Next(4) == 0)
                    list.RemoveAt(random.Next(list.Count));
                else
                    list[random.Next(list.Count)] = Value(random);
                break;
        }
    }

    private static IEnumerable<JsonNode> Holders(JsonNode? node) =>
        node switch
        {
            JsonObject { Count: > 0 } record => record.SelectMany(static field => Holders(field.Value)).Prepend(record),
            JsonArray { Count: > 0 } list => list.SelectMany(Holders).Prepend(list),
            _ => [],
        };

    private static JsonNode? Value(Random random) =>
        random.Next(16) switch
        {
            0 => null,
            1 => "",
            2 => "   ",
            3 => "not a number",
            4 => -1,
            5 => 0,
            6 => 1e300,
            7 => JsonNode.Parse("79228162514264337593543950335"),
            8 => "-0.0000001",
            9 => true,
            10 => new JsonArray(),
            11 => new JsonObject { ["a"] = new JsonArray(1, "x", null) },
            12 => new string('x', 5_000),
            13 => "\ud83d\ude00\u0000\u202e",
            14 => "2026-13-45T99:99:99",
            _ => "1e5",
        };
}
