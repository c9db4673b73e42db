using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Functions.Api;
using Stockgate.Platform.Outbound;

namespace Stockgate.Functions.Outbound;

/// <summary>API of the outbound channels and their health.</summary>
public sealed class GetChannels(OutboundChannels channels, ChannelHealth health, ChannelClient client)
{
    [Function("GetOutboundChannels")]
    [Summary("Shows the outbound channels and their health")]
    [Answers(200)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/outbound")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var states = await health.ReadAsync(cancellationToken);
        return Results.Json(
            channels.All.Zip(
                states,
                (channel, state) =>
                    new
                    {
                        // The host alone: some systems hide a key in the path.
                        channel = channel.Id,
                        channel.Kind,
                        host = channel.Url.GetLeftPart(UriPartial.Authority),
                        channel.Confirm,
                        channel.AnswersFrom,
                        channel.AlwaysTakesPart,
                        channel.LeadTime,
                        channel.Needs,
                        channel.AsksReadiness,
                        channel.ReadyMaxAge,
                        // A channel that was never probed has no since.
                        state = state.Condition,
                        since = state.Condition == ChannelCondition.Unknown ? (DateTimeOffset?)null : state.Since,
                        state.LastOkAt,
                        state.Failures,
                        state.LastFailureAt,
                        // This instance's circuit breaker; other instances have their own.
                        circuit = client.CircuitOf(channel),
                        state.Detail,
                    }
            ),
            Answer.Json
        );
    }
}
