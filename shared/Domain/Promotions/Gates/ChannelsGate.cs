using Stockgate.Domain.Events;

namespace Stockgate.Domain.Promotions.Gates;

/// <summary>One channel's readiness.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Needs">What being ready means there: <c>waves and labour planned</c>, <c>content staged</c>, <c>prices loaded</c>.</param>
/// <param name="Answer">What it said last.</param>
/// <param name="SaidAt">When it answered; null if it never did.</param>
/// <param name="MaxAge">How long its word is good for.</param>
/// <param name="Source">The system that said it.</param>
/// <param name="Detail">Its own words, where it gave any.</param>
public readonly record struct ChannelReadiness(
    SalesChannelId Channel,
    string Needs,
    ChannelAnswer Answer,
    DateTimeOffset? SaidAt,
    TimeSpan MaxAge,
    string Source,
    string? Detail = null
);

public sealed record ChannelsInput(DateTimeOffset Now, ChannelReadiness[] Channels);

/// <summary>Every channel has confirmed readiness within its time limit.</summary>
public static class ChannelsGate
{
    public static GateVerdict Judge(ChannelsInput input)
    {
        var findings = new Judgement(GateNames.Channels, "Every channel has confirmed that it is ready, within its time limit.");
        if (input.Channels.Length == 0)
            findings.Red("The promotion names no channel.", "Name at least one channel.", "the merchandiser");
        foreach (var channel in input.Channels)
        {
            TimeSpan? age = channel.SaidAt is { } at ? Figures.Age(input.Now, at) : null;
            var answer = age is null ? ChannelAnswer.None : channel.Answer;
            var ago = age is { } a ? $"{Figures.Hours(a)} ago" : "never";
            findings.See(
                $"{channel.Channel}: {channel.Needs}",
                answer == ChannelAnswer.None ? "no answer" : answer.ToString().ToLowerInvariant(),
                age,
                channel.Source
            );
            if (answer == ChannelAnswer.None)
                findings.Red(
                    $"{channel.Channel} has never confirmed {channel.Needs}.",
                    $"Have {channel.Channel} confirm {channel.Needs}.",
                    channel.Channel.Value
                );
            else if (answer == ChannelAnswer.Refused)
                findings.Red(
                    $"{channel.Channel} reported {ago} that it is not ready{(channel.Detail is null ? "" : $": {channel.Detail}")}.",
                    $"Have {channel.Channel} confirm {channel.Needs}, or remove it.",
                    channel.Channel.Value
                );
            else if (answer == ChannelAnswer.Preparing)
                findings.Amber(
                    $"{channel.Channel} is still preparing ({channel.Needs}), as of {ago}.",
                    $"Have {channel.Channel} confirm {channel.Needs}.",
                    channel.Channel.Value
                );
            else if (age > channel.MaxAge)
                findings.Amber(
                    $"{channel.Channel} confirmed {channel.Needs} {ago}; a confirmation is valid for {Figures.Hours(channel.MaxAge)}.",
                    $"Have {channel.Channel} confirm again.",
                    channel.Channel.Value
                );
        }
        return findings.Verdict($"All {Figures.Count(input.Channels.Length, "channel")} confirmed that they are ready.");
    }
}
