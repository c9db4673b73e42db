using Microsoft.Extensions.Options;
using Stockgate.Domain;
using Stockgate.Functions.Tests.Settings;
using Stockgate.Platform.Orders.Accuracy;

namespace Stockgate.Functions.Tests.Orders.Accuracy;

public class OrderAccuracySettingsTests
{
    private static OrderAccuracySettings Read(params (string Key, string? Value)[] settings) => App.Made<OrderAccuracySettings>(settings);

    [Fact]
    public void What_is_set_holds_and_rules_stand_in_the_order_of_their_numbers()
    {
        var settings = Read(
            ("Orders:Buffers:north:web", "2.5"),
            ("Orders:SplitPenaltyKm", "80"),
            ("Orders:Reconciliation:Grace", "00:00:30"),
            ("Orders:Reconciliation:PostsSales", "true"),
            ("Orders:Substitutions:10:Name", "last"),
            ("Orders:Substitutions:2:Name", "first"),
            ("Orders:Substitutions:2:With", "lamps, bulbs"),
            ("Orders:Substitutions:2:NeedsConsent", "false")
        );
        Assert.Equal(new Quantity(2.5m), settings.Rules.Buffers[(new("north"), new("web"))]);
        Assert.Equal(
            (80m, TimeSpan.FromSeconds(30), true),
            (settings.Rules.SplitPenaltyKm, settings.Terms.Grace, settings.Terms.PostsSales)
        );
        Assert.Equal(["first", "last"], settings.Substitutions.Rules.Select(static r => r.Name));
        Assert.Equal(["lamps", "bulbs"], settings.Substitutions.Rules[0].With);
        Assert.Equal([false, true], settings.Substitutions.Rules.Select(static r => r.NeedsConsent));
    }

    [Fact]
    public void Without_any_setting_nothing_is_substituted_and_no_posting_is_missed()
    {
        var settings = Read();
        Assert.Empty(settings.Substitutions.Rules);
        Assert.Empty(settings.Rules.Buffers);
        Assert.False(settings.Terms.PostsSales);
        Assert.True(settings.Allocates);
    }

    [Fact]
    public void Two_rules_of_one_name_are_refused() =>
        Assert.Contains(
            "'lamps'",
            Assert
                .Throws<OptionsValidationException>(() =>
                    Read(("Orders:Substitutions:0:Name", "lamps"), ("Orders:Substitutions:1:Name", "lamps"))
                )
                .Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("Orders:SplitPenaltyKm", "-1", "Orders__SplitPenaltyKm")]
    [InlineData("Orders:Buffers:north:web", "many", "Orders__Buffers__north__web")]
    [InlineData("Orders:LookEvery", "0", "Orders__LookEvery")]
    [InlineData("Orders:Allocate", "yes", "Orders__Allocate")]
    [InlineData("Orders:Substitutions:lamps:Name", "x", "Orders__Substitutions__lamps")]
    [InlineData("Orders:Reconciliation:Tolerance", "1,5", "Orders__Reconciliation__Tolerance")]
    public void A_mistake_is_named(string key, string value, string setting) =>
        Assert.Contains(setting, Assert.Throws<OptionsValidationException>(() => Read((key, value))).Message, StringComparison.Ordinal);
}
