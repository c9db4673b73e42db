namespace Stockgate.Functions.Tests.Settings;

public class SettingsCheckTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static readonly (string, string)[] Good =
    [
        ("Channels:web:Scheme", "StandardWebhooks"),
        ("Channels:web:Secrets:0", Secret),
        ("Channels:shop:Scheme", "Shopify"),
        ("Channels:shop:Secrets:0", "hush"),
        ("Channels:shop:Currency", "GBP"),
        ("Channels:shop:Locations:905684977", "warehouse"),
        ("Outbound:pos:Kind", "Pos"),
        ("Outbound:pos:Url", "https://pos.example/in"),
        ("Outbound:pos:Secrets:0", Secret),
        ("Outbound:pos:Confirm", "Poll"),
        ("People:Mia:Roles", "merchandiser, finance"),
        ("People:Mia:Email", "mia@retailer.example"),
        ("Promotions:Floors:SKU-1", "9.99"),
        ("Promotions:Monitor:FastRatio", "2"),
        ("Mail:PickupFolder", "/tmp/mail"),
        ("Mail:From", "gate@retailer.example"),
        ("Orders:Allocate", "true"),
        ("Buckets", "8"),
        ("Locations:L1:Latitude", "51.5"),
        ("Locations:L1:Longitude", "0.1"),
    ];

    private static IReadOnlyList<string> Check(params (string Name, string? Value)[] changes) =>
        App.Mistakes(Good.Where(g => !changes.Any(c => c.Name == g.Item1)).Select(static g => (g.Item1, (string?)g.Item2)).Concat(changes));

    [Fact]
    public void What_can_be_used_has_no_mistakes() =>
        Assert.Empty(Check(("PATH", "/bin"), ("DOTNET__SOMETHING", "1"), ("VSCODE:GIT", "x")));

    [Theory]
    [InlineData("moderator"), InlineData("plan-reviewer"), InlineData("finance")]
    public void A_role_of_the_retailers_own_keeps_nothing_from_starting(string role) => Assert.Empty(Check(("People:Mia:Roles", role)));

    [Fact]
    public void A_role_of_the_approval_matrix_is_known() =>
        Assert.Empty(Check(("People:Mia:Roles", "planners"), ("Promotions:Approvals:GBP:0:Roles", "planners")));

    [Fact]
    public void Every_mistake_is_listed_and_no_secret_is()
    {
        var mistakes = Check(
            ("Outbound:pos:Secrets:0", "whsec_SECRETSECRET!"),
            ("Forecasts:Horizon", "soon"),
            ("Buckets", "many"),
            ("People:Mia:Email", "nobody")
        );
        Assert.Equal(4, mistakes.Count);
        Assert.All(
            new[] { "Outbound__pos__Secrets__0", "Forecasts__Horizon", "Buckets", "People__Mia__Email" },
            name => Assert.Single(mistakes, m => m.Contains(name, StringComparison.Ordinal))
        );
        Assert.DoesNotContain(mistakes, static m => m.Contains("SECRETSECRET", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Outbound:pos:Secret:0", "x", "Outbound__pos__Secret__0")]
    [InlineData("Outbound:pos:Timout", "00:00:05", "did you mean 'Timeout'?")]
    [InlineData("People:Mia:Rolls", "x", "did you mean 'Roles'?")]
    [InlineData("Mail:PickupFoldr", "x", "did you mean 'PickupFolder'?")]
    [InlineData("Channles:web:Scheme", "Shopify", "did you mean 'Channels__…'?")]
    [InlineData("People:Mia:Roles", "merchandizer", "did you mean 'merchandiser'?")]
    [InlineData("People:Mia:Roles", "policyowner", "did you mean 'policy-owner'?")]
    public void A_name_that_nobody_knows_is_told_with_the_nearest(string name, string value, string says) =>
        Assert.Contains(says, Assert.Single(Check((name, value))), StringComparison.Ordinal);

    [Fact]
    public void An_unknown_name_a_value_that_does_not_bind_and_a_rule_are_told_together()
    {
        var mistakes = Check(
            ("Forecasts:Horizon", "soon"),
            ("Forecasts:Horizn", "7"),
            ("Orders:SplitPenaltyKm", "far"),
            ("Promotions:StokMaxAge", "1"),
            ("Outbound:pos:Url", "http://pos.example/in"),
            ("People:Mia:Roles", "merchandizer"),
            ("People:Mia:Email", "nobody")
        );
        Assert.Equal(7, mistakes.Count);
        Assert.Contains("The setting Forecasts__Horizon is 'soon'; give 1 to 182 days.", mistakes);
        Assert.Contains("The setting Forecasts__Horizn is not known; did you mean 'Horizon'?", mistakes);
        Assert.Contains("The setting Promotions__StokMaxAge is not known; did you mean 'StockMaxAge'?", mistakes);
    }

    [Theory]
    [InlineData("Buckets"), InlineData("Promotions:StockMaxAge"), InlineData("Mail:Port"), InlineData("Mail:FromName")]
    public void An_empty_value_is_as_if_it_were_not_set(string name) => Assert.Empty(Check((name, "")));

    [Theory]
    [InlineData("Forecasts:Suppliers:acme:OrderDays:0", "Noday", "Forecasts__Suppliers__acme__OrderDays__0")]
    [InlineData("Forecasts:DailyAt", "25:00", "Forecasts__DailyAt")]
    [InlineData("Forecasts:Budget:Amount", "100", "Forecasts__Budget__Currency")]
    [InlineData("OrderActions:AskEvery", "00:00:00", "OrderActions__AskEvery")]
    [InlineData("Locations:L1:Latitude", "91", "Locations__L1__Latitude")]
    [InlineData("Locations:L1:Longitude", null, "Locations__L1__Longitude")]
    public void A_value_that_can_t_be_used_is_named(string name, string? value, string setting) =>
        Assert.Contains(setting, Assert.Single(Check((name, value), ("Forecasts:Suppliers:acme:LeadTime", "5"))), StringComparison.Ordinal);

    [Theory]
    [InlineData("MAIL", "/var/mail/root"), InlineData("PEOPLE", "x")]
    public void Another_programs_variable_with_the_name_of_a_section_is_none_of_ours(string name, string value) =>
        Assert.Empty(Check((name, value)));
}
