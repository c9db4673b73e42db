namespace Stockgate.Domain.Ingest;

/// <summary>Something that was said, by whom and when.</summary>
public sealed record Fact<T>(ChannelId Channel, LevelVersion Version, T Said)
{
    public DateTimeOffset At => Version.OccurredAt;
}
