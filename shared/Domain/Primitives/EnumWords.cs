using System.Text;

namespace Stockgate.Domain;

/// <summary>The name of an enumeration's value as words in a sentence: <c>AwaitingApproval</c> is "awaiting approval".</summary>
public static class EnumWords
{
    public static string Of<T>(T value)
        where T : struct, Enum
    {
        var words = new StringBuilder();
        foreach (var letter in value.ToString())
            _ = char.IsUpper(letter)
                ? words.Append(words.Length > 0 ? " " : "").Append(char.ToLowerInvariant(letter))
                : words.Append(letter);
        return words.ToString();
    }
}
