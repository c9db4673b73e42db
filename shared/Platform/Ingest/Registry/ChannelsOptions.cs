using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Stockgate.Platform.Settings;

namespace Stockgate.Platform.Ingest.Registry;

/// <summary>The channels of the settings that can be used, by name.</summary>
public sealed class ChannelsOptions() : Dictionary<string, ChannelOptions>(StringComparer.OrdinalIgnoreCase)
{
    internal const string Section = "Channels";

    /// <summary>What is wrong with the other ones, by name.</summary>
    public IDictionary<string, IReadOnlyList<string>> Mistakes { get; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads each channel by itself: a mistake in one must not stop the others.</summary>
    internal static ChannelsOptions Read(IConfiguration configuration, IReadOnlyCollection<SettingSection> sections)
    {
        var channels = new ChannelsOptions();
        foreach (var entry in configuration.GetSection(Section).GetChildren())
        {
            var options = new ChannelOptions();
            try
            {
                SettingReader.Bind(options, new SettingSection(entry.Path, typeof(ChannelOptions)), configuration, sections);
                channels[entry.Key] = options;
            }
            catch (OptionsValidationException wrong)
            {
                channels.Mistakes[entry.Key] = [.. wrong.Failures];
            }
        }
        return channels;
    }
}
