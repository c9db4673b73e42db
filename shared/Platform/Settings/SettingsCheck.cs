using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Stockgate.Domain;

namespace Stockgate.Platform.Settings;

/// <summary>
/// Validates every options class before the app starts and lists every mistake: in values, in names, in roles. A secret is in no message.
/// </summary>
public static class SettingsCheck
{
    /// <returns>A line for each mistake; none where everything can be used.</returns>
    public static IReadOnlyList<string> MistakesIn(IServiceProvider services, IConfiguration configuration)
    {
        var known = SettingSection.NamesBelow("", services.GetServices<SettingSection>());
        return [.. Invalid(services).Concat(MistypedSections(configuration, known)).Distinct()];
    }

    private static IEnumerable<string> Invalid(IServiceProvider services)
    {
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException one)
        {
            return one.Failures;
        }
        catch (AggregateException all) when (all.InnerExceptions.All(static e => e is OptionsValidationException))
        {
            return all.InnerExceptions.Cast<OptionsValidationException>().SelectMany(static e => e.Failures);
        }
    }

    // Names of environment variables with two underscores are many; one that is nearly ours is a typing mistake.
    private static IEnumerable<string> MistypedSections(IConfiguration configuration, IReadOnlyList<string> known) =>
        from section in configuration.GetChildren()
        where section.Value is null && !known.Contains(section.Key, StringComparer.OrdinalIgnoreCase)
        let meant = NearestName.To(section.Key, known)
        where meant is not null
        select $"The settings {section.Key}__… are unknown; did you mean '{meant}__…'?";
}
