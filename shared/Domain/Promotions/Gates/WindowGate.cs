namespace Stockgate.Domain.Promotions.Gates;

/// <summary>The time a channel needs between being given a promotion and launching it.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="LeadTime">0 or more.</param>
/// <param name="GivenAt">
/// When the channel was given this promotion; null if it was not yet. What was given in time stays in time however near the start comes.
/// </param>
public readonly record struct ChannelLead(SalesChannelId Channel, TimeSpan LeadTime, DateTimeOffset? GivenAt = null);

/// <summary>A period without promotions, such as stocktaking or a peak freeze.</summary>
public sealed record Blackout(string Name, DateTimeOffset From, DateTimeOffset To, string Source);

/// <param name="Now">The moment to judge by.</param>
/// <param name="Start">The first moment of the promotion.</param>
/// <param name="End">The first moment after the promotion.</param>
/// <param name="Channels">Every channel that takes part.</param>
/// <param name="Blackouts">Those that concern this promotion.</param>
/// <param name="Warning">A channel that was not given the promotion and has less than this left beyond its lead time is amber; 0 or
/// more.</param>
public sealed record WindowInput(
    DateTimeOffset Now,
    DateTimeOffset Start,
    DateTimeOffset End,
    ChannelLead[] Channels,
    Blackout[] Blackouts,
    TimeSpan Warning = default
);

/// <summary>Every channel has its lead time before the start, no blackout overlaps, and the window is not over.</summary>
public static class WindowGate
{
    public static GateVerdict Judge(WindowInput input)
    {
        var findings = new Judgement(
            GateNames.Window,
            "Each channel has its lead time before the start; no blackout period overlaps; the window is not over."
        );
        findings.See("window", $"{Figures.Moment(input.Start)} to {Figures.Moment(input.End)}", null, "the request");
        if (input.End <= input.Start)
            findings.Red(
                $"The window ends at {Figures.Moment(input.End)}, which is not after its start.",
                "Set an end that is after the start.",
                "the merchandiser"
            );
        else if (input.Now >= input.End)
            findings.Red($"The window ended at {Figures.Moment(input.End)}.", "Set a window that ends in the future.", "the merchandiser");
        Leads(input, findings);
        foreach (var blackout in input.Blackouts)
        {
            // Both are half-open: a promotion may begin at the moment a blackout ends.
            if (blackout.From >= input.End || blackout.To <= input.Start)
                continue;
            var period = $"{Figures.Moment(blackout.From)} to {Figures.Moment(blackout.To)}";
            findings.See($"blackout {blackout.Name}", period, null, blackout.Source);
            findings.Red(
                $"The window overlaps the blackout {blackout.Name} ({period}).",
                $"Move the window out of {blackout.Name}.",
                "the merchandiser"
            );
        }
        return findings.Verdict(
            $"The start at {Figures.Moment(input.Start)} leaves {Figures.Count(input.Channels.Length, "channel")} the lead time needed."
        );
    }

    private static void Leads(WindowInput input, Judgement findings)
    {
        var channels = input.Channels;
        Worst late = new(),
            tight = new();
        for (var i = 0; i < channels.Length; i++)
        {
            var slack = Left(i) - channels[i].LeadTime;
            if (slack < TimeSpan.Zero)
                late.Add(i, -slack.Ticks);
            else if (channels[i].GivenAt is null && slack < input.Warning)
                tight.Add(i, -slack.Ticks);
        }
        foreach (var i in late.Indexes)
            findings.See(
                $"time for {channels[i].Channel}",
                $"{Figures.Hours(Left(i))} of {Figures.Hours(channels[i].LeadTime)}",
                null,
                "the calendar"
            );
        if (late.Count > 0)
        {
            var earliest = input.Now + Longest(channels);
            findings.Red(
                $"{Figures.Count(late.Count, "channel")} can't be ready in time: {late.Names(i => $"{channels[i].Channel} needs {Figures.Hours(channels[i].LeadTime)} and has {(Left(i) > TimeSpan.Zero ? Figures.Hours(Left(i)) : "none")} left")}.",
                $"Start at {Figures.Moment(earliest)} or later, or remove {late.Names(i => channels[i].Channel.Value)}.",
                "the merchandiser"
            );
        }
        if (tight.Count > 0)
            findings.Amber(
                $"Little time is left for {tight.Names(i => $"{channels[i].Channel} ({Figures.Hours(Left(i) - channels[i].LeadTime)} beyond its lead time)")}.",
                "Send the promotion to these channels now.",
                "the merchandiser"
            );

        TimeSpan Left(int i) => input.Start - (channels[i].GivenAt ?? input.Now);
    }

    private static TimeSpan Longest(ChannelLead[] channels)
    {
        var longest = TimeSpan.Zero;
        foreach (var channel in channels)
            if (channel.LeadTime > longest)
                longest = channel.LeadTime;
        return longest;
    }
}
