using Microsoft.Extensions.Options;
using Stockgate.Domain;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Gates;
using Stockgate.Domain.Promotions.Live;
using Stockgate.Functions.Tests.Settings;

namespace Stockgate.Functions.Tests.Promotions;

public class PromotionSettingsTests
{
    private static T Read<T>(params IEnumerable<(string Name, string? Value)> settings)
        where T : notnull => App.Made<T>(settings.Select(static s => ($"Promotions:{s.Name}", s.Value)));

    private static PromotionPolicy Read(params (string Name, string? Value)[] settings) => Read<PromotionPolicy>(settings);

    [Fact]
    public void What_is_not_set_is_on_the_safe_side()
    {
        var (read, safe) = (Read(), new PromotionPolicy());
        Assert.Empty(read.Approvals);
        Assert.Null(
            read.MatrixOf(Currency.Parse("GBP"))
                .RowFor(new PromotionSize(new Money(1, Currency.Parse("GBP")), 1, new Money(0, Currency.Parse("GBP"))))
        );
        Assert.Equal((ShortRegionPolicy.None, false), (read.ShortRegion.Policy, read.ShortRegion.Handles));
        Assert.Equal(safe.StoreTasks, read.StoreTasks);
        Assert.Equal(
            (
                safe.StockMaxAge,
                safe.MinimumCoverPercent,
                safe.MinimumMarginPercent,
                safe.MinimumItemMarginPercent,
                safe.FundingRedBefore,
                safe.PrepareLead,
                safe.FinalCheckLead,
                safe.ClaimTerm
            ),
            (
                read.StockMaxAge,
                read.MinimumCoverPercent,
                read.MinimumMarginPercent,
                read.MinimumItemMarginPercent,
                read.FundingRedBefore,
                read.PrepareLead,
                read.FinalCheckLead,
                read.ClaimTerm
            )
        );
    }

    public static TheoryData<string> Spans =>
        [.. typeof(PromotionPolicy).GetProperties().Where(static p => p.PropertyType == typeof(TimeSpan)).Select(static p => p.Name)];

    [Theory, MemberData(nameof(Spans))]
    public void Every_time_of_the_policy_is_a_setting_and_a_mistake_names_it(string name)
    {
        Assert.Equal(new TimeSpan(3, 4, 5, 6), typeof(PromotionPolicy).GetProperty(name)!.GetValue(Read((name, "3.04:05:06"))));
        foreach (var wrong in new[] { "soon", "-00:00:01" })
            Assert.Contains(
                $"Promotions__{name}",
                Assert.Throws<OptionsValidationException>(() => Read((name, wrong))).Message,
                StringComparison.Ordinal
            );
    }

    public static TheoryData<string> Numbers =>
        [
            .. typeof(PromotionPolicy)
                .GetProperties()
                .Where(static p => p.PropertyType == typeof(decimal) || p.PropertyType == typeof(decimal?))
                .Select(static p => p.Name),
        ];

    [Theory, MemberData(nameof(Numbers))]
    public void Every_number_of_the_policy_is_a_setting_and_a_mistake_names_it(string name)
    {
        Assert.Equal(7.5m, typeof(PromotionPolicy).GetProperty(name)!.GetValue(Read((name, "7.5"))));
        Assert.Equal(
            typeof(PromotionPolicy).GetProperty(name)!.GetValue(new PromotionPolicy()),
            typeof(PromotionPolicy).GetProperty(name)!.GetValue(Read((name, "")))
        );
        Assert.Contains(
            $"Promotions__{name}",
            Assert.Throws<OptionsValidationException>(() => Read((name, "much"))).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [
        InlineData("MinimumCoverPercent", "0"),
        InlineData("MinimumCoverPercent", "101"),
        InlineData("Elasticity", "0"),
        InlineData("ColdStartUnitsPerDay", "-1"),
        InlineData("MinimumMarginPercent", "101")
    ]
    public void A_number_that_would_switch_a_gate_off_is_refused(string name, string value) =>
        Assert.Contains(
            $"Promotions__{name}",
            Assert.Throws<OptionsValidationException>(() => Read((name, value))).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Lists_go_by_index_and_none_is_an_empty_one()
    {
        var read = Read(
            ("StoreTasks:0", "cleaning"),
            ("ExcludedItems:0", "A"),
            ("ExcludedCategories:0", "knives"),
            ("RecalledItems:0", "B"),
            ("RecalledItems:1", "C"),
            ("Floors:A", "9.99"),
            ("Blackouts:0:Name", "stocktaking"),
            ("Blackouts:0:From", "2026-12-24T00:00:00Z"),
            ("Blackouts:0:To", "2026-12-27")
        );
        Assert.Equal(["cleaning"], read.StoreTasks);
        Assert.Equal((1, 1, 2), (read.ExcludedItems.Count, read.ExcludedCategories.Count, read.RecalledItems.Count));
        Assert.Equal(9.99m, read.Floors[new Sku("A")]);
        Assert.Equal(
            (
                "stocktaking",
                new DateTimeOffset(2026, 12, 24, 0, 0, 0, TimeSpan.Zero),
                new DateTimeOffset(2026, 12, 27, 0, 0, 0, TimeSpan.Zero)
            ),
            (read.Blackouts[0].Name, read.Blackouts[0].From, read.Blackouts[0].To)
        );
        Assert.Empty(Read(("StoreTasks", "none")).StoreTasks);
    }

    [Fact]
    public void A_short_regions_policy_has_what_it_needs()
    {
        var read = Read(("ShortRegion:Policy", "limitchannels"), ("ShortRegion:Channels:0", "web")).ShortRegion;
        Assert.Equal((ShortRegionPolicy.LimitChannels, true, "web"), (read.Policy, read.Handles, read.Channels![0].Value));
        Assert.True(Read(("ShortRegion:Policy", "Stagger"), ("ShortRegion:Delay", "1.00:00:00")).ShortRegion.Handles);
        Assert.True(Read(("ShortRegion:Policy", "HoldLocations"), ("ShortRegion:Locations:0", "S1")).ShortRegion.Handles);
    }

    [Fact]
    public void An_approval_matrix_is_read_row_by_row_from_the_smallest()
    {
        var rows = Read(
                ("Approvals:GBP:10:Roles", "finance, commercial-director"),
                ("Approvals:GBP:2:MaxAmount", "100"),
                ("Approvals:GBP:2:MaxDepthPercent", "20"),
                ("Approvals:GBP:2:MaxMarginImpact", "50"),
                ("Approvals:GBP:2:Roles", "none"),
                ("Approvals:GBP:2:Accounting", "supplierfunded")
            )
            .MatrixOf(Currency.Parse("GBP"))
            .Rows;
        Assert.Equal(
            (100m, 20m, 50m, 0, DiscountAccounting.SupplierFunded),
            (rows[0].MaxAmount, rows[0].MaxDepthPercent, rows[0].MaxMarginImpact, rows[0].Roles.Length, rows[0].Accounting)
        );
        Assert.Equal(["finance", "commercial-director"], rows[1].Roles);
        Assert.Null(rows[1].MaxAmount);
    }

    [Theory]
    [
        InlineData("Approvals:GBX:0:Roles", "finance", "Promotions__Approvals__GBX"),
        InlineData("Approvals:GBP:0:Roles", ",", "Promotions__Approvals__GBP__0__Roles"),
        InlineData("Approvals:GBP:0:Roles:0", "", "Promotions__Approvals__GBP__0__Roles__0"),
        InlineData("Approvals:GBP:0:MaxAmount", "lots", "Promotions__Approvals__GBP__0__MaxAmount")
    ]
    [
        InlineData("Approvals:GBP:0:Accounting", "cash", "Promotions__Approvals__GBP__0__"),
        InlineData("Approvals:GBP:0:MaxDepthPercent", "50", "Promotions__Approvals__GBP__0__Roles"),
        InlineData("ShortRegion:Policy", "Pray", "Promotions__ShortRegion__Policy")
    ]
    [
        InlineData("ShortRegion:Delay", "later", "Promotions__ShortRegion__Delay"),
        InlineData("Blackouts:0:From", "x-mas", "Promotions__Blackouts__0__From"),
        InlineData("Floors:A", "", "Promotions__Floors__A")
    ]
    public void A_mistake_names_its_setting(string name, string value, string setting) =>
        Assert.Contains(setting, Assert.Throws<OptionsValidationException>(() => Read((name, value))).Message, StringComparison.Ordinal);

    [Fact]
    public void The_monitors_thresholds_and_what_it_may_do_by_itself_are_settings_and_a_name_that_is_none_is_found()
    {
        Assert.Equal(3m, Read<MonitorLimits>(("Monitor:FastRatio", "3")).FastRatio);
        Assert.Equal(ActionAuthority.Execute, Read<ActionPolicy>(("Actions:EndPromotion", "Execute")).EndPromotion);
        Assert.Equal(ActionAuthority.Approve, Read<ActionPolicy>().EndPromotion);
        Assert.Throws<OptionsValidationException>(() => Read<MonitorLimits>(("Monitor:FasterRatio", "3")));
        Assert.Throws<OptionsValidationException>(() => Read<ActionPolicy>(("Actions:Everything", "Execute")));
    }
}
