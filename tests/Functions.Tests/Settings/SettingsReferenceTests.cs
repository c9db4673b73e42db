using Microsoft.Extensions.DependencyInjection;
using Stockgate.Platform.Settings;
using Stockgate.Platform.Settings.Reference;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Settings;

/// <summary>docs/settings.md is generated from the options classes.</summary>
public class SettingsReferenceTests
{
    private static readonly IReadOnlyList<SettingSection> Sections = [.. App.Services(App.Configuration()).GetServices<SettingSection>()];

    private static readonly IReadOnlyList<SettingRow> All = [.. SettingGroup.All.SelectMany(static g => SettingsPage.Rows(g, Sections))];

    [Fact]
    public async Task The_settings_page_is_generated_from_the_options_classes()
    {
        var path = Path.Combine(SharedData.RepositoryRoot, "docs", "settings.md");
        if (Environment.GetEnvironmentVariable("STOCKGATE_WRITE_SETTINGS") == "1")
            await File.WriteAllTextAsync(path, SettingsPage.Write(Sections));
        Assert.True(
            await File.ReadAllTextAsync(path) == SettingsPage.Write(Sections),
            "docs/settings.md is not what the options classes say. Write it with STOCKGATE_WRITE_SETTINGS=1 dotnet test tests/Functions.Tests --filter SettingsReferenceTests"
        );
    }

    [Fact]
    public void Every_options_class_is_on_the_page() =>
        Assert.Equal(
            Sections.Select(static s => s.Type.Name).Order(),
            SettingGroup.All.SelectMany(static g => g.Classes).Select(static type => type.Name).Order()
        );

    [Fact]
    public void Each_setting_is_described_once_in_a_cell_of_a_table()
    {
        Assert.Empty(All.GroupBy(static s => s.Name).Where(static g => g.Count() > 1).Select(static g => g.Key));
        Assert.All(All, static s => Assert.DoesNotContain('|', s.Name + s.Values + s.Default + s.Meaning));
        Assert.All(All, static s => Assert.False(s.Meaning.EndsWith('.') || s.Meaning.Length == 0, s.Name));
    }

    [Theory]
    [InlineData("Promotions__StockMaxAge", "04:00:00"), InlineData("Mail__Port", "587"), InlineData("Forecasts__DailyAt", "02:30")]
    [InlineData("Orders__Substitutions__N__MaxDearerPercent", "20"), InlineData("Outbound__NAME__Timeout", "00:00:10")]
    [InlineData("Promotions__Actions__RestorePrice", "Execute"), InlineData("Forecasts__Suppliers__NAME__Pack", "1")]
    [InlineData("Orders__Reconciliation__PostsSales", "false"), InlineData("Outbound__NAME__Kind", "required")]
    public void Defaults_are_those_of_the_options(string name, string value) =>
        Assert.Equal(value, All.Single(s => s.Name == name).Default);

    [Fact]
    public void A_documented_default_can_be_set()
    {
        var defaults = All.Where(static s => !s.Name.Contains("__N", StringComparison.Ordinal) && s.Default is not ("" or "required"))
            .Where(static s => !s.Default.StartsWith('(') && s.Name is not ("Mail__ImplicitTls" or "Mail__FromName"))
            .Where(static s => !SettingsPage.Placeholders.Any(p => s.Name.Contains($"__{p.Placeholder}", StringComparison.Ordinal)));
        Assert.Empty(App.Mistakes(defaults.Select(static s => (s.Name.Replace("__", ":", StringComparison.Ordinal), (string?)s.Default))));
    }
}
