using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Stockgate.Platform.Settings;

/// <summary>
/// Settings that remember which of them were requested. What stands there and was requested by no reader is a name that nobody knows; the
/// readers themselves are the list of names, so that there is no second one to forget.
/// </summary>
internal sealed class ReadSettings(IConfiguration settings, ISet<string> asked) : IConfiguration
{
    public string? this[string key]
    {
        get
        {
            asked.Add(key);
            return settings[key];
        }
        set => throw new NotSupportedException("These settings are read-only.");
    }

    public IConfigurationSection GetSection(string key) => new Section(settings.GetSection(key), asked);

    public IEnumerable<IConfigurationSection> GetChildren() => settings.GetChildren().Select(child => new Section(child, asked));

    public IChangeToken GetReloadToken() => settings.GetReloadToken();

    private sealed class Section(IConfigurationSection section, ISet<string> asked) : IConfigurationSection
    {
        public string Key => section.Key;

        public string Path => section.Path;

        public string? Value
        {
            get
            {
                asked.Add(section.Path);
                return section.Value;
            }
            set => throw new NotSupportedException("These settings are read-only.");
        }

        public string? this[string key]
        {
            get
            {
                asked.Add(ConfigurationPath.Combine(section.Path, key));
                return section[key];
            }
            set => throw new NotSupportedException("These settings are read-only.");
        }

        public IConfigurationSection GetSection(string key) => new Section(section.GetSection(key), asked);

        public IEnumerable<IConfigurationSection> GetChildren() => section.GetChildren().Select(child => new Section(child, asked));

        public IChangeToken GetReloadToken() => section.GetReloadToken();
    }
}
