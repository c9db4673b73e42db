using Stockgate.Domain.Orders.Accuracy;

namespace Stockgate.Domain.Tests.Orders.Accuracy;

public class SubstitutionRulesTests
{
    private static readonly SubstitutionRules Rules = new([
        new SubstitutionRule
        {
            Name = "no medicine",
            Category = "medicine",
            Allowed = false,
        },
        new SubstitutionRule
        {
            Name = "milk freely",
            Category = "milk",
            Channel = new("web"),
            NeedsConsent = false,
            With = ["milk", "oat drink"],
        },
        new SubstitutionRule { Name = "mugs", Category = "mugs" },
    ]);

    private static readonly SubstituteOffer[] Offers =
    [
        new(new("A"), "mugs", 10, new(9)),
        new(new("B"), "mugs", 12, new(9)),
        new(new("C"), "mugs", 12.01m, new(9)),
        new(new("D"), "mugs", 7, new(9)),
        new(new("E"), "mugs", 6.99m, new(9)),
        new(new("F"), "mugs", 10.5m, new(1)),
        new(new("G"), "milk", 10, new(9)),
        new(new("H"), "oat drink", 9, new(9)),
        new(new("I"), null, 10, new(9)),
        new(new("J"), "mugs", 8, new(2)),
    ];

    private static SubstitutionChoice Choose(string? category, bool consent = true, string channel = "web") =>
        Rules.Choose(new(new("A"), category, 10, new(2), new(channel), consent), Offers);

    [Fact]
    public void The_nearest_in_price_comes_first_the_cheaper_of_two() =>
        Assert.Equal(["J", "B", "D"], Choose("mugs").Substitutes.Select(static s => s.Sku.Value));

    [Fact]
    public void What_is_passed_over_says_why() =>
        Assert.Equal(
            ["C price", "E price", "F stock", "G category", "H category", "I category"],
            Choose("mugs")
                .Checks.Where(static c => !c.Passed)
                .Select(static c =>
                    $"{Offers.Single(o => o.Sku.Value != "A" && c.Reason.Contains($"{o.Sku} is", StringComparison.Ordinal) || c.Reason.Contains($"{o.Sku} costs", StringComparison.Ordinal) || c.Reason.Contains($"of {o.Sku} are", StringComparison.Ordinal)).Sku} {c.Rule}"
                )
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Another_category_only_where_the_rule_names_it() =>
        Assert.Equal(["G", "H"], Choose("milk").Substitutes.Select(static s => s.Sku.Value));

    [Theory]
    [InlineData("mugs", false, "web", "consent")]
    [InlineData("milk", false, "web", null)]
    [InlineData("medicine", true, "web", "rule")]
    [InlineData("milk", true, "pos", "rule")]
    [InlineData("shoes", true, "web", "rule")]
    [InlineData(null, true, "web", "rule")]
    public void Without_a_rule_or_consent_nothing_takes_its_place(string? category, bool consent, string channel, string? fails)
    {
        var choice = Choose(category, consent, channel);
        Assert.Equal(fails is not null, choice.Substitutes.Count == 0);
        if (fails is not null)
            Assert.Equal(fails, Assert.Single(choice.Checks).Rule);
    }
}
