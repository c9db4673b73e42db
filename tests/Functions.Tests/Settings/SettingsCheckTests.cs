using Microsoft.Extensions.Configuration;
using Stockgate.Platform.Settings;

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
        SettingsCheck.MistakesIn(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    Good.Where(g => !changes.Any(c => c.Name == g.Item1))
                        .Select(static g => new KeyValuePair<string, string?>(g.Item1, g.Item2))
                        .Concat(changes.Select(static c => new KeyValuePair<string, string?>(c.Name, c.Value)))
                )
                .Build()
        );

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
            ("Channels:web:Secrets:0", "whsec_SECRETSECRET!"),
            ("Channels:shop:Currency", "Pounds"),
            ("Outbound:pos:Confirm", "fax"),
            ("Buckets", "many"),
            ("People:Mia:Email", "nobody")
        );
        Assert.Equal(5, mistakes.Count);
        Assert.All(
            new[] { "Channels__web__Secrets__0", "Channels__shop__Currency", "Outbound__pos__Confirm", "Buckets", "People__Mia__Email" },
            name => Assert.Single(mistakes, m => m.Contains(name, StringComparison.Ordinal))
        );
        Assert.DoesNotContain(mistakes, static m => m.Contains("SECRETSECRET", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Channels:web:Secret:0", "x", "Channels__web__Secret__0")]
    [InlineData("Outbound:pos:Timout", "00:00:05", "did you mean 'Timeout'?")]
    [InlineData("People:Mia:Rolls", "x", "did you mean 'Roles'?")]
    [InlineData("Mail:PickupFoldr", "x", "did you mean 'PickupFolder'?")]
    [InlineData("Channles:web:Scheme", "Shopify", "did you mean 'Channels__…'?")]
    [InlineData("People:Mia:Roles", "merchandizer", "did you mean 'merchandiser'?")]
    [InlineData("People:Mia:Roles", "policyowner", "did you mean 'policy-owner'?")]
    public void A_name_that_nobody_knows_is_told_with_the_nearest(string name, string value, string says) =>
        Assert.Contains(says, Assert.Single(Check((name, value))), StringComparison.Ordinal);
}
