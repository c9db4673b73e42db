using FsCheck;
using FsCheck.Fluent;
using Stockgate.Domain.Events;
using Stockgate.Platform.Storage;

namespace Stockgate.Functions.Tests.Storage;

public class RowKeysTests
{
    // What a key forbids, what separates and escapes its parts, and what an escape is made of.
    private static readonly Gen<string> Part = Gen.Elements(
            '|',
            '%',
            '/',
            '\\',
            '#',
            '?',
            '}',
            '\'',
            ',',
            '0',
            '2',
            '7',
            'C',
            'F',
            'a',
            'é',
            '\n',
            '\u0085',
            ' '
        )
        .NonEmptyListOf()
        .Select(c => new string([.. c]));

    private static readonly Arbitrary<string[]> Parts = Part.NonEmptyListOf().Select(p => p.Take(4).ToArray()).ToArbitrary();

    private static string Of(string[] parts) => RowKeys.Of(parts.AsSpan());

    [Fact]
    public void Different_parts_give_different_keys() =>
        Prop.ForAll(Parts, Parts, (a, b) => a.SequenceEqual(b) == (Of(a) == Of(b))).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Theory]
    [InlineData("a|b", "a", "b")]
    [InlineData("a%007Cb", "a", "b")]
    [InlineData("a%007Cb", "a|b", null)]
    [InlineData("a%002Fb", "a/b", null)]
    public void A_part_never_looks_like_two_or_like_its_own_escape(string one, string first, string? second) =>
        Assert.NotEqual(RowKeys.Of(one), second is null ? RowKeys.Of(first) : RowKeys.Of(first, second));

    [Fact]
    public void No_forbidden_character_is_in_a_key() =>
        Prop.ForAll(Parts, parts => !Of(parts).Any(c => c is '/' or '\\' or '#' or '?' or '\'' || char.IsControl(c)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void A_prefix_range_holds_what_is_under_the_parts_and_nothing_else() =>
        Prop.ForAll(
                Parts,
                Parts,
                (prefix, parts) =>
                {
                    var (from, to) = Range(RowKeys.Under("p", prefix.AsSpan()));
                    var under = parts.Length > prefix.Length && parts.AsSpan(0, prefix.Length).SequenceEqual(prefix);
                    var key = Of(parts);
                    var within = string.CompareOrdinal(key, from) >= 0 && string.CompareOrdinal(key, to) < 0;
                    var child = Of([.. prefix, .. parts]);
                    return within == under && string.CompareOrdinal(child, from) >= 0 && string.CompareOrdinal(child, to) < 0;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Theory]
    [InlineData("ab")]
    [InlineData("a ")]
    [InlineData("a}")]
    [InlineData("a~")]
    [InlineData("aé")]
    [InlineData("a%")]
    public void A_longer_first_part_is_not_under_a_shorter_one(string longer)
    {
        var (from, to) = Range(RowKeys.Under("p", "a"));
        var key = RowKeys.Of(longer, "x");
        Assert.False(string.CompareOrdinal(key, from) >= 0 && string.CompareOrdinal(key, to) < 0);
    }

    [Fact]
    public void No_text_has_the_key_of_a_longer_one()
    {
        var digest = RowKeys.Of(new string('A', 200))[60..];
        Assert.NotEqual(RowKeys.Of(new string('A', 200)), RowKeys.Of(new string('A', 60) + digest));
        Assert.NotEqual(RowKeys.Of(new string('A', 200)), RowKeys.Of(new string('A', 60) + "~" + digest[2..]));
    }

    [Fact]
    public void The_longest_skus_of_any_script_have_keys_that_differ_and_fit()
    {
        foreach (var letter in new[] { "x", "é", "中", "🎈", "/", "%" })
        {
            var (one, other) = (string.Concat(Enumerable.Repeat(letter, 255)), string.Concat(Enumerable.Repeat(letter, 254)) + "1");
            Assert.NotEqual(RowKeys.Of("position", one, "L"), RowKeys.Of("position", other, "L"));
            Assert.InRange(RowKeys.Of("inbound", one, one, one, one).Length, 1, 512);
            // Half of a character can't be stored.
            Assert.True(
                System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(RowKeys.Of("x" + one))) == RowKeys.Of("x" + one)
            );
        }
    }

    [Fact]
    public void Usual_ids_are_readable_in_a_key() => Assert.Equal("position|85123A|store-1", RowKeys.Of("position", "85123A", "store-1"));

    private static (string From, string To) Range(string filter)
    {
        var texts = filter.Split('\'');
        return (texts[3], texts[5]);
    }
}
