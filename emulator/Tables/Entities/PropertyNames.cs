using System.Text.Json;

namespace Stockgate.Emulator.Tables.Entities;

/// <summary>The names of a page of entities. They recur in the same order, so that each is made a string once and not once per entity.</summary>
internal sealed class PropertyNames
{
    private const int MostKnown = 512;

    private readonly List<(byte[] Utf8, string Text)> known = [];
    private int next;

    /// <summary>A new entity begins.</summary>
    public void Restart() => next = 0;

    public string Read(ref Utf8JsonReader reader)
    {
        for (var i = 0; i < known.Count; i++)
        {
            var index = next + i < known.Count ? next + i : next + i - known.Count;
            if (!reader.ValueTextEquals(known[index].Utf8)) continue;
            next = index + 1;
            return known[index].Text;
        }

        var text = reader.GetString()!;
        if (known.Count < MostKnown && !reader.ValueIsEscaped)
        {
            known.Add((reader.ValueSpan.ToArray(), text));
            next = known.Count;
        }

        return text;
    }
}
