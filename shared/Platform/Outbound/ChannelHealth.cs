using System.Collections.Concurrent;
using Azure;
using Microsoft.Extensions.Logging;
using Stockgate.Domain;
using Stockgate.Domain.Operations;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Outbound;

/// <summary>
/// Tracks the health of channels. Each is asked at <c>GET {Url}/health</c>, past its circuit breaker, and every real call counts too. Two
/// failures in a row open the exception <c>channel-down</c>; the next answer closes it.
/// </summary>
public sealed class ChannelHealth(
    OutboundChannels channels,
    OutboundHttp http,
    StateTables tables,
    ExceptionLog exceptions,
    TimeProvider time,
    ILogger<ChannelHealth> logger
)
{
    public const string DownType = "channel-down",
        DownOwner = "operations";

    /// <summary>For an answer to a probe.</summary>
    public static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The time within which a person has to handle a channel outage.</summary>
    public static readonly TimeSpan DownSla = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan LongestBookkeeping = TimeSpan.FromSeconds(10);

    private readonly ChannelStates states = new(tables);

    // The last state written by this instance, so that repeated successes are not written again.
    private readonly ConcurrentDictionary<SalesChannelId, ChannelState> known = new();

    /// <summary>
    /// Asks every channel once, all at the same time; ends when each has answered or been given up, and the outcome is written.
    /// </summary>
    public Task ProbeAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(channels.All.Select(channel => ProbeAsync(channel, cancellationToken)));

    /// <summary>The state of every configured channel; <see cref="ChannelCondition.Unknown"/> before its first probe.</summary>
    public async Task<IReadOnlyList<ChannelState>> ReadAsync(CancellationToken cancellationToken)
    {
        var found = await states.ReadAsync(cancellationToken);
        return [.. channels.All.Select(channel => found.GetValueOrDefault(channel.Id) ?? ChannelState.New(channel.Id, time.GetUtcNow()))];
    }

    /// <summary>Records the result of a call. A status of 500 and above is left to the probe.</summary>
    /// <param name="status">Null if there was no answer.</param>
    internal async Task SawAsync(OutboundChannel channel, int? status, string detail, CancellationToken cancellationToken)
    {
        if (status >= 500)
            return;
        try
        {
            using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            bounded.CancelAfter(LongestBookkeeping);
            await SawAsync(
                channel,
                answered: status is not null,
                status is { } code ? $"answered a call with {code}" : detail,
                fromProbe: false,
                bounded.Token
            );
        }
        catch (Exception lost)
            when (lost is RequestFailedException or AggregateException
                || (lost is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            // The call's outcome must reach its caller; the next probe writes the state.
            logger.LogWarning("The health of channel {Channel} could not be written: {Reason}", channel.Id, lost.Message.Split('\n')[0]);
        }
    }

    private async Task ProbeAsync(OutboundChannel channel, CancellationToken cancellationToken)
    {
        var (answered, detail) = await AskAsync(channel, cancellationToken);
        await SawAsync(channel, answered, detail, fromProbe: true, cancellationToken);
    }

    private async Task<(bool Answered, string Detail)> AskAsync(OutboundChannel channel, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(ProbeTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, channel.Below("health"));
            using var response = await http.SendAsync(request, either.Token);
            return ((int)response.StatusCode < 500, $"answered a probe with {(int)response.StatusCode}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (false, $"did not answer a probe within {ProbeTimeout.TotalSeconds} s");
        }
        catch (HttpRequestException none)
        {
            return (
                false,
                none.InnerException is PrivateAddressException refused ? refused.Message : $"is unreachable: {Excerpt.Of(none.Message)}"
            );
        }
    }

    private async Task SawAsync(OutboundChannel channel, bool answered, string detail, bool fromProbe, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        ChannelState After(ChannelState before) => answered ? before.Answered(now, detail) : before.Failed(now, detail);

        // A probe always looks at the row, since another instance may have written it.
        if (!fromProbe && known.TryGetValue(channel.Id, out var last) && ReferenceEquals(After(last), last))
            return;
        while (true)
        {
            var (before, version) = await states.FindAsync(channel.Id, now, cancellationToken);
            var after = After(before);
            if (!ReferenceEquals(after, before))
            {
                // The exception is opened first, so that a crash in between can't leave an outage unreported.
                if (after.Condition == ChannelCondition.Down)
                    await exceptions.RaiseAsync(Down(channel, now), cancellationToken);
                else if (before.Condition == ChannelCondition.Down)
                    await exceptions.ResolveAsync(DownType, SubjectOf(channel), now, cancellationToken);
                if (!await states.TryWriteAsync(after, version, cancellationToken))
                    continue;
                if (after.Condition != before.Condition)
                    logger.LogWarning(
                        "Channel {Channel} was {Before} and is {After}: {Detail}",
                        channel.Id,
                        before.Condition,
                        after.Condition,
                        detail
                    );
            }
            known[channel.Id] = after;
            return;
        }
    }

    private static string SubjectOf(OutboundChannel channel) => $"channel {channel.Id}";

    // The same words for the whole of an outage, whatever each attempt met: it is one exception, not one for each way to fail.
    private static OperationException Down(OutboundChannel channel, DateTimeOffset now) =>
        new()
        {
            Type = DownType,
            Subject = SubjectOf(channel),
            Failure = $"Channel {channel.Id} ({channel.Kind}) does not answer.",
            RecommendedAction =
                $"Find out why {channel.Id} does not answer and restore it; GET /api/v1/outbound shows its last answer. Until then promotions in this channel can't launch. Waiting messages are sent automatically when it answers again.",
            Owner = DownOwner,
            Sla = DownSla,
            FirstSeenAt = now,
            LastSeenAt = now,
        };
}
