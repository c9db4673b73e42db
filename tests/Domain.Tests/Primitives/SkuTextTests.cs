using System.Text.Json;

namespace Stockgate.Domain.Tests.Primitives;

public class SkuTextTests
{
    public static TheoryData<string, string> Skus =>
        new()
        {
            { "85123A", "85123A" },
            { "a b/c|d%e", "a b/c|d%e" },
            { "TASSE-☕-🎈", "TASSE-☕-🎈" },
            { "カップ／青", "カップ／青" },
            { "كوب-٧", "كوب-٧" },
            { "...", "..." },
            { "~tilde~", "~tilde~" },
            { "  A 1\t", "A 1" },
            { "\ufeffA-1", "A-1" },
            { "A\u200b-\u200d1\u2060", "A-1" },
            { "\u200b A \u200b", "A" },
            { "cafe\u0301", "caf\u00e9" },
            { "\u212b", "\u00c5" },
            { new string('x', 255), new string('x', 255) },
            { string.Concat(Enumerable.Repeat("🎈", 255)), string.Concat(Enumerable.Repeat("🎈", 255)) },
        };

    public static TheoryData<string?, string> Mistakes =>
        new()
        {
            { null, "empty" },
            { "", "empty" },
            { "  ", "empty" },
            { "\u200b\ufeff", "empty" },
            { "A\nB", "U+000A" },
            { "A\0", "U+0000" },
            { "A\u202eB", "U+202E" },
            { "A\u00adB", "U+00AD" },
            { "A\u2028B", "U+2028" },
            { new string('x', 256), "256" },
            { string.Concat(Enumerable.Repeat("🎈", 256)), "256" },
            { ".", "'.'" },
            { "..", "'..'" },
            { "A%2fB", "%2F" },
        };

    [Theory, MemberData(nameof(Skus))]
    public void A_sku_of_any_script_is_taken_and_what_looks_the_same_is_the_same(string text, string sku)
    {
        Assert.Null(Sku.Mistake(text, out var taken));
        Assert.Equal(sku, taken.Value);
        Assert.Equal(taken, JsonSerializer.Deserialize<Sku>(JsonSerializer.Serialize(text)));
        Assert.Equal(taken, JsonSerializer.Deserialize<Sku>(JsonSerializer.Serialize(taken)));
        Assert.InRange(Bucket.Of(taken, 64).Number, 0, 63);
    }

    [Theory, MemberData(nameof(Mistakes))]
    public void What_is_wrong_with_a_sku_is_said(string? text, string said) =>
        Assert.Contains(said, Sku.Mistake(text, out _), StringComparison.Ordinal);

    [Fact]
    public void Half_of_a_character_is_no_sku() => Assert.Equal("has an unpaired surrogate", Sku.Mistake("A\ud83d", out _));

    [Fact]
    public void Cleaning_a_clean_sku_changes_nothing() =>
        Prop.ForAll<NonNull<string>>(static text =>
                Sku.Mistake(text.Get, out var sku) is not null || (Sku.Mistake(sku.Value, out var again) is null && again == sku)
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void A_text_that_is_no_sku_is_one_that_nobody_knows() =>
        Assert.Equal(("caf\u00e9", ".."), (Sku.Asked(" cafe\u0301 ").Value, Sku.Asked("..").Value));
}
