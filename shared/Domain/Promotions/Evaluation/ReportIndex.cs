using Stockgate.Domain.Events;

namespace Stockgate.Domain.Promotions.Evaluation;

/// <summary>Reports by topic. Of several systems that report on one topic the newest report wins, unless a system is specified.</summary>
public sealed class ReportIndex
{
    private readonly Dictionary<string, List<Fact<PromotionReport>>> byTopic = new(StringComparer.Ordinal);

    public ReportIndex(PromotionFacts facts)
        : this(facts.Reports) { }

    public ReportIndex(IEnumerable<Fact<PromotionReport>> reports)
    {
        foreach (var report in reports)
        {
            var key = KeyOf([.. report.Said.Topic]);
            if (!byTopic.TryGetValue(key, out var words))
                byTopic[key] = words = [];
            words.Add(report);
        }
    }

    public Fact<T>? Find<T>(params ReadOnlySpan<string> topic)
        where T : PromotionReport => Newest<T>(byTopic.GetValueOrDefault(KeyOf(topic)));

    /// <summary>The word of one system: about a channel nobody else is heard.</summary>
    public Fact<T>? FindFrom<T>(ChannelId channel, params ReadOnlySpan<string> topic)
        where T : PromotionReport =>
        Newest<T>(
            byTopic
                .GetValueOrDefault(KeyOf(topic))
                ?.Where(word => string.Equals(word.Channel.Value, channel.Value, StringComparison.OrdinalIgnoreCase))
        );

    private static Fact<T>? Newest<T>(IEnumerable<Fact<PromotionReport>>? words)
        where T : PromotionReport
    {
        Fact<PromotionReport>? newest = null;
        foreach (var word in words ?? [])
            if (word.Version.IsNewerThan(newest?.Version))
                newest = word;
        return newest is { Said: T said } ? new Fact<T>(newest.Channel, newest.Version, said) : null;
    }

    // A newline can't stand in an id, so that no two topics have one key.
    private static string KeyOf(ReadOnlySpan<string> topic) => string.Join('\n', topic);
}
