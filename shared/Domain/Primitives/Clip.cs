namespace Stockgate.Domain;

/// <summary>
/// Shortens texts from outside before they are stored or shown: a row, a key and a mail have less room than a sender's imagination.
/// </summary>
public static class Clip
{
    /// <summary>
    /// The text, or its beginning with an ellipsis in <paramref name="characters"/> characters. No surrogate pair is cut in two.
    /// </summary>
    public static string To(string text, int characters)
    {
        if (text.Length <= characters)
            return text;
        var end = characters - 1;
        if (char.IsHighSurrogate(text[end - 1]))
            end--;
        return text[..end] + "…";
    }
}
