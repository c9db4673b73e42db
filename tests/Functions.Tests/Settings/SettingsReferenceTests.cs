using Microsoft.Extensions.Configuration;
using Stockgate.Platform.Settings;
using Stockgate.Platform.Settings.Reference;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Settings;

/// <summary>docs/settings.md says what the code does: its names are those that are read, its text is the descriptions'.</summary>
public class SettingsReferenceTests
{
    private static readonly Dictionary<string, string> Placeholders = SettingsReference.Placeholders.ToDictionary(
        static p => p.Placeholder,
        static p => p.Example
    );

    private static readonly IReadOnlyList<SettingDescription> All = [.. SettingsReference.Groups.SelectMany(static g => g.Settings)];

    [Fact]
    public async Task The_settings_page_is_generated_from_the_descriptions()
    {
        var path = Path.Combine(SharedData.RepositoryRoot, "docs", "settings.md");
        if (Environment.GetEnvironmentVariable("STOCKGATE_WRITE_SETTINGS") == "1")
            await File.WriteAllTextAsync(path, SettingsPage.Write());
        Assert.True(
            await File.ReadAllTextAsync(path) == SettingsPage.Write(),
            "docs/settings.md differs from shared/Platform/Settings/Reference. Write it anew: "
                + "STOCKGATE_WRITE_SETTINGS=1 dotnet test tests/Functions.Tests --filter SettingsReferenceTests"
        );
    }

    [Fact]
    public void What_is_described_is_what_is_read()
    {
        var (asked, mistakes) = Read();
        Assert.Empty(mistakes);
        var described = All.Where(static s => s.CheckedAtStart).Select(KeyOf).ToHashSet(StringComparer.OrdinalIgnoreCase);

        None(described.Where(key => !asked.Contains(key)));
        // A reader may ask for the value of what is a section of others.
        bool IsSection(string key) => described.Any(d => d.StartsWith($"{key}:", StringComparison.OrdinalIgnoreCase));
        None(asked.Where(key => !described.Contains(key) && !IsSection(key)));
    }

    [Fact]
    public void Each_setting_is_described_once_in_a_cell_of_a_table()
    {
        None(All.GroupBy(static s => s.Name).Where(static g => g.Count() > 1).Select(static g => g.Key));
        Assert.All(All, static s => Assert.DoesNotContain('|', s.Name + s.Values + s.Default + s.Meaning));
        Assert.All(All, static s => Assert.False(s.Meaning.EndsWith('.') || s.Meaning.Length == 0, s.Name));
    }

    [Theory]
    [InlineData("Promotions__StockMaxAge", "04:00:00"), InlineData("Mail__Port", "587"), InlineData("Forecasts__DailyAt", "02:30")]
    [InlineData("Orders__Substitutions__N__MaxDearerPercent", "20"), InlineData("Outbound__NAME__Timeout", "00:00:10")]
    [InlineData("Promotions__Actions__RestorePrice", "Execute"), InlineData("Forecasts__Suppliers__NAME__Pack", "1")]
    public void Defaults_are_those_of_the_options(string name, string value) =>
        Assert.Equal(value, All.Single(s => s.Name == name).Default);

    private static void None(IEnumerable<string> found)
    {
        var all = found.ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }

    /// <summary>Has the app's readers read an example of every setting.</summary>
    private static (HashSet<string> Asked, IReadOnlyList<string> Mistakes) Read()
    {
        var asked = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(
                All.Where(static s => s.CheckedAtStart && s.Example.Length > 0)
                    .Select(static s => new KeyValuePair<string, string?>(KeyOf(s), s.Example))
            )
            .Build();
        return (asked, SettingsCheck.MistakesIn(settings, asked));
    }

    private static string KeyOf(SettingDescription setting) =>
        string.Join(':', setting.Name.Split("__").Select(static part => Placeholders.GetValueOrDefault(part, part)));
}
