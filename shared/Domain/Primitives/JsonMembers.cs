using System.Text.Json;

namespace Stockgate.Domain;

/// <summary>Reads one JSON object and collects every mistake with its path.</summary>
internal sealed class JsonMembers
{
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly string _path;
    private readonly List<Rejection> _mistakes;

    public JsonMembers(JsonElement element, string path, List<Rejection> mistakes)
    {
        (_path, _mistakes) = (path, mistakes);
        if (element.ValueKind != JsonValueKind.Object)
            mistakes.Add(new(path, "must be an object"));
        else
            foreach (var member in element.EnumerateObject())
                if (!_members.TryAdd(member.Name, member.Value))
                    Add(Shown(member.Name), "duplicate property");
    }

    public void Add(string member, string reason) => _mistakes.Add(new($"{_path}.{member}", reason));

    public bool Has(string member) => _members.TryGetValue(member, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>Whether the member is null, which removes the default.</summary>
    public bool IsNull(string member) => _members.TryGetValue(member, out var value) && value.ValueKind == JsonValueKind.Null;

    public void Only(IReadOnlyCollection<string> known)
    {
        foreach (var name in _members.Keys.Except(known))
            Add(Shown(name), $"is not known; {NearestName.Hint(name, known)}");
    }

    public string? Text(string member, bool required)
    {
        if (!Has(member))
        {
            if (required)
                Add(member, "is missing");
            return null;
        }
        return Text(member, _members[member]);
    }

    /// <summary>The SKU that has to stand there.</summary>
    public Sku? Sku(string member)
    {
        if (!Has(member))
            Add(member, "is missing");
        else if (_members[member].ValueKind != JsonValueKind.String)
            Add(member, "must be a text");
        else if (Domain.Sku.Mistake(_members[member].GetString(), out var sku) is { } mistake)
            Add(member, mistake);
        else
            return sku;
        return null;
    }

    public decimal? Number(string member, decimal lowest, decimal highest, bool whole = false, bool required = false)
    {
        if (!Has(member))
        {
            if (required)
                Add(member, "is missing");
            return null;
        }
        if (
            _members[member] is { ValueKind: JsonValueKind.Number } value
            && value.TryGetDecimal(out var number)
            && number >= lowest
            && number <= highest
            && (!whole || number == decimal.Truncate(number))
        )
            return number;
        Add(member, $"must be a {(whole ? "whole " : "")}number from {lowest} to {highest}");
        return null;
    }

    public bool? Bool(string member)
    {
        if (!Has(member))
            return null;
        if (_members[member].ValueKind is JsonValueKind.True or JsonValueKind.False)
            return _members[member].GetBoolean();
        Add(member, "must be true or false");
        return null;
    }

    public T? Enum<T>(string member)
        where T : struct, Enum => Text(member, required: true) is { } text ? Named<T>(member, text) : null;

    /// <summary>At least one, none twice.</summary>
    public IReadOnlyList<T> Enums<T>(string member)
        where T : struct, Enum
    {
        var named = Items(member, required: true, System.Enum.GetNames<T>().Length)
            .Select(i => Text(i.Member, i.Value) is { } text ? Named<T>(i.Member, text) : null)
            .OfType<T>()
            .ToList();
        if (named.Distinct().Count() != named.Count)
            Add(member, "has a duplicate");
        return named;
    }

    public IReadOnlyList<string> Texts(string member, int most) =>
        [.. Items(member, required: false, most).Select(i => Text(i.Member, i.Value)).OfType<string>()];

    public JsonMembers? Object(string member) => Has(member) ? new JsonMembers(_members[member], $"{_path}.{member}", _mistakes) : null;

    public IReadOnlyList<decimal> Numbers(string member, decimal lowest, decimal highest, int most)
    {
        var read = new List<decimal>();
        foreach (var (name, value) in Items(member, required: false, most))
            if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number >= lowest && number <= highest)
                read.Add(number);
            else
                Add(name, $"must be a number from {lowest} to {highest}");
        return read;
    }

    /// <summary>A sentence of a person's: longer than an id, of one line.</summary>
    public string? Sentence(string member)
    {
        if (!Has(member))
            Add(member, "is missing");
        else if (_members[member].ValueKind != JsonValueKind.String)
            Add(member, "must be a text");
        else if (
            _members[member].GetString() is var text
            && (string.IsNullOrWhiteSpace(text) || text.Length > Limits.Text || text.Any(char.IsControl))
        )
            Add(member, $"must be one line of 1 to {Limits.Text} characters");
        else
            return text;
        return null;
    }

    /// <summary>An object whose members are objects by names that the writer chose.</summary>
    public IReadOnlyList<(string Name, JsonMembers Members)> Named(string member, int most)
    {
        if (!Has(member))
            return [];
        if (_members[member].ValueKind != JsonValueKind.Object)
        {
            Add(member, "must be an object");
            return [];
        }
        var (read, names) = (new List<(string, JsonMembers)>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var named in _members[member].EnumerateObject())
            if (read.Count == most)
            {
                Add(member, $"has more than {most} members");
                return [];
            }
            else if (Identifier.Mistake(named.Name) is { } mistake)
                Add($"{member}.{Shown(named.Name)}", mistake);
            else if (!names.Add(named.Name))
                Add($"{member}.{Shown(named.Name)}", "duplicate property");
            else
                read.Add((named.Name, new JsonMembers(named.Value, $"{_path}.{member}.{Shown(named.Name)}", _mistakes)));
        return read;
    }

    /// <summary>At least one, where they are required.</summary>
    public IEnumerable<JsonMembers> Objects(string member, int most, bool required = true) =>
        Items(member, required, most).Select(i => new JsonMembers(i.Value, $"{_path}.{i.Member}", _mistakes));

    private List<(string Member, JsonElement Value)> Items(string member, bool required, int most)
    {
        if (!Has(member))
        {
            if (required)
                Add(member, "is missing");
            return [];
        }
        if (_members[member].ValueKind != JsonValueKind.Array)
            Add(member, "must be a list");
        else if (_members[member].GetArrayLength() is var count && (count > most || (required && count == 0)))
            Add(member, $"has {count}; give {(required ? 1 : 0)} to {most}");
        else
            return [.. _members[member].EnumerateArray().Select((value, i) => ($"{member}[{i}]", value))];
        return [];
    }

    private string? Text(string member, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            Add(member, "must be a text");
        else if (Identifier.Mistake(value.GetString()) is { } mistake)
            Add(member, mistake);
        else
            return value.GetString();
        return null;
    }

    // By name only: a number, or several names with commas, would be taken for a value that nobody chose.
    private T? Named<T>(string member, string text)
        where T : struct, Enum
    {
        if (System.Enum.GetNames<T>().Contains(text, StringComparer.Ordinal))
            return System.Enum.Parse<T>(text);
        Add(member, $"must be one of {string.Join(", ", System.Enum.GetNames<T>())}");
        return null;
    }

    private static string Shown(string name) => name.Length <= 40 ? name : name[..40] + "…";
}
