using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Stockgate.Domain;
using Stockgate.Domain.Ingest;
using Stockgate.Functions.Access;
using Stockgate.Platform;
using Stockgate.Platform.Http;
using Stockgate.Platform.Ingest.Quarantine;
using Stockgate.Platform.Ingest.Registry;

namespace Stockgate.Functions.Ingest;

/// <summary>The body that starts a sweep: its decision, and the filters of the list.</summary>
internal sealed record SweepRequest(
    SweepDecision? Decision,
    string? Field,
    string? Reason,
    string? Note,
    QuarantineReason? Code,
    DateTimeOffset? From,
    DateTimeOffset? To,
    decimal? MinUnits,
    decimal? MinMoney,
    Currency? Currency
)
{
    private const int LongestFilter = 200;

    private static readonly string Form =
        """Send {"decision": "Replay" or "Discard", "field": "lines[].description", "reason": "a part of the reason"}; field, reason """
        + $"(at most {LongestFilter} characters each), code, from, to, minUnits, minMoney and currency are optional filters; "
        + "a discard needs a note.";

    /// <exception cref="ProblemException">It can't be understood, or lacks what its decision needs.</exception>
    public static async Task<QuarantineSweep> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = await RequestBody.ReadAsync(request, cancellationToken);
        var asked = JsonBody.Read(
            body.Memory,
            (JsonTypeInfo<SweepRequest>)Answer.Json.GetTypeInfo(typeof(SweepRequest)),
            static mistake => Unfit(mistake.Field, $"{mistake.Field} {mistake.Reason}. ")
        );
        return asked.SweepOf(new ChannelId(request.Whole((string)request.RouteValues["channel"]!)), request.Caller().Name);
    }

    private QuarantineSweep SweepOf(ChannelId channel, string person)
    {
        if (Field?.Length > LongestFilter || Reason?.Length > LongestFilter)
            throw Unfit(Field?.Length > LongestFilter ? "field" : "reason", "");
        var atStake = new ExposureFilter(MinUnits, MinMoney, Currency);
        if (atStake.Mistake() is { } mistake)
            throw Unfit(mistake.Field, $"{mistake.Field} {mistake.Reason}. ");
        return new QuarantineSweep(
            channel,
            Decision ?? throw Unfit("decision", ""),
            Field,
            Reason,
            person,
            Decision == SweepDecision.Discard ? QuarantineNote.Required(Note) : null,
            Code,
            From,
            To
        )
        {
            AtStake = atStake,
        };
    }

    private static ProblemException Unfit(string field, string mistake) =>
        new(StatusCodes.Status400BadRequest, "sweep-decision", "Invalid decision", mistake + Form, field);
}
