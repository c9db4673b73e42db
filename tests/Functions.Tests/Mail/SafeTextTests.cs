using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Platform.Mail;

namespace Stockgate.Functions.Tests.Mail;

public class SafeTextTests
{
    [Theory]
    [InlineData("a\r\nb\tc  d\0e", "a b c d e")]
    [InlineData("  x  ", "x")]
    [InlineData(null, "")]
    [InlineData("photo\u202Egpj.exe", "photogpj.exe")]
    [InlineData("👩\u200D🚀 ما\u200Cشین", "👩\u200D🚀 ما\u200Cشین")]
    [InlineData("\u2066\u2069\uFEFF\u00AD", "")]
    public void A_line_is_what_can_be_read(string? text, string line) => Assert.Equal(line, SafeText.Line(text, 100));

    [Fact]
    public void Half_a_character_is_shown_as_one_that_is_missing() =>
        Assert.Equal("\uFFFDa\uFFFD", SafeText.Line(new string([(char)0xD800, 'a', (char)0xDC00]), 100));

    [Theory]
    [InlineData("a\r\nb\rc\nd", "a\nb\nc\nd")]
    [InlineData("a\n\n\n\n\nb  c\u2028d", "a\n\nb c d")]
    [InlineData("\n\na\n", "a")]
    public void Lines_keep_their_breaks(string text, string lines) => Assert.Equal(lines, SafeText.Lines(text, 100));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(50)]
    public void A_cut_never_halves_a_character_or_exceeds_its_place(int most)
    {
        foreach (var unit in new[] { "x", "😀", "a b", "\n" })
        {
            var cut = SafeText.Lines("a" + string.Concat(Enumerable.Repeat(unit, 100_000)), most);
            Assert.True(cut.Length <= most, $"{unit}: {cut.Length}");
            Assert.DoesNotContain(cut.EnumerateRunes(), static rune => rune.Value == 0xFFFD);
        }
    }
}
