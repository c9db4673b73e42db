using System.Security.Cryptography;
using System.Text;
using Stockgate.Domain.Unicode;

namespace Stockgate.Domain.Tests.Primitives;

/// <summary>Digests are of what Python's <c>unicodedata.normalize('NFC', …)</c> makes of the same texts, Unicode 14.</summary>
public class CanonicalFormTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("e\u0301", "\u00e9")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")]
    [InlineData("\u2126", "\u03a9")]
    [InlineData("\u1112\u1161\u11ab", "\ud55c")]
    [InlineData("\u0958", "\u0915\u093c")]
    [InlineData("\uf900", "\u8c48")]
    [InlineData("🎁\u0301", "🎁\u0301")]
    public void What_looks_the_same_is_the_same(string text, string form) => Assert.Equal(form, CanonicalForm.Of(text));

    [Fact]
    public void Every_character_has_its_form() =>
        Assert.Equal(
            "1ffc8e6ce9e83df8e49fd62d6abb68f981775aed0b5101b88c213d4653e9b540",
            Digest(
                Enumerable
                    .Range(0, 0x110000)
                    .Where(static rune => rune is < 0xD800 or > 0xDFFF)
                    .Select(static rune => new Rune(rune).ToString())
            )
        );

    [Fact]
    public void Letters_with_two_marks_have_their_form()
    {
        int[] marks = [.. Enumerable.Range(0x300, 0x45), 0x1161, 0x11a8, 0x93c];
        Assert.Equal(
            "196b1710717bbd87867fa277c12a8dec3fd6eee8405e00887a36a186dc33cf86",
            Digest(
                from letter in "aAeouKsS\u03b1\u0915\u1112"
                from first in marks
                from second in marks
                where second != 0x1161
                select $"{letter}{(char)first}{(char)second}"
            )
        );
    }

    [Fact]
    public void A_form_is_its_own_form() =>
        Prop.ForAll<NonNull<string>>(static text => CanonicalForm.Of(text.Get) is var form && CanonicalForm.Of(form) == form)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    private static string Digest(IEnumerable<string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts)
            hash.AppendData(Encoding.UTF8.GetBytes(CanonicalForm.Of(text)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
