namespace Stockgate.Domain;

/// <summary>The rule that every id of a retailer's or partner's obeys: 1 to 128 characters, none of them a control
/// character, no space at either end, nor <c>.</c> or <c>..</c>. SKUs have a wider one (<see
/// cref="SkuText"/>).</summary>
internal static class Identifier
{
    public const int MaxLength = 128;

    /// <returns>What is wrong with the text, to be shown to the sender; null if it is an id.</returns>
    public static string? Mistake(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "is empty";
        if (text.Length > MaxLength)
            return $"has {text.Length} characters; at most {MaxLength} are allowed";
        if (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]))
            return "begins or ends with a space";
        if (text is "." or "..")
            return $"is '{text}', which is a relative path segment in a URL";
        foreach (var c in text)
            if (char.IsControl(c) || char.IsSurrogate(c))
                return "has a control character or one outside Unicode's basic plane";
        return null;
    }
}
