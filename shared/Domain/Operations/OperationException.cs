using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Stockgate.Domain.Operations;

/// <summary>A failure that needs a person. Repeated failures are one exception with a count.</summary>
public sealed record OperationException
{
    /// <summary>The kind of failure: <c>record-quarantined</c>, <c>message-dead-lettered</c>.</summary>
    public required string Type { get; init; }

    /// <summary>What is affected: <c>channel web</c>, <c>order 1001</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>What failed, where.</summary>
    public required string Failure { get; init; }

    /// <summary>What a person should do.</summary>
    public required string RecommendedAction { get; init; }

    /// <summary>The role that it waits for.</summary>
    public required string Owner { get; init; }

    /// <summary>How long its owner has from the first time it was seen.</summary>
    public required TimeSpan Sla { get; init; }

    /// <summary>Units at stake, summed over every time.</summary>
    public decimal ExposedUnits { get; init; }

    /// <summary>Money at stake, summed over every time, in <see cref="Currency"/>.</summary>
    public decimal ExposedMoney { get; init; }

    public Currency? Currency { get; init; }

    public int Count { get; init; } = 1;

    public required DateTimeOffset FirstSeenAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>When a person closed it; null while it is open. The same failure after that opens it again.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>Who works on it; null if nobody said so.</summary>
    public string? AssignedTo { get; init; }

    /// <summary>When a person said that it is seen; null if nobody did.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    public DateTimeOffset DueAt => FirstSeenAt + Sla;

    /// <summary>In addresses: <see cref="Fingerprint"/>.</summary>
    public string Id => Fingerprint;

    /// <summary>How bad it is, by what is at stake.</summary>
    public ExceptionSeverity Severity => ExceptionSeverities.Of(this);

    /// <summary>What makes two failures the same one: type, subject and failure. In hex.</summary>
    [JsonIgnore]
    public string Fingerprint =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Type}\n{Subject}\n{Failure}")).AsSpan(0, 16));

    /// <summary>This failure added to an earlier one of the same fingerprint.</summary>
    public OperationException AddedTo(OperationException? earlier) =>
        earlier switch
        {
            null => this,
            // Closed before: it counts from one again, and its owner has the whole time again.
            { ResolvedAt: not null } => this,
            _ => this with
            {
                FirstSeenAt = earlier.FirstSeenAt < FirstSeenAt ? earlier.FirstSeenAt : FirstSeenAt,
                LastSeenAt = earlier.LastSeenAt > LastSeenAt ? earlier.LastSeenAt : LastSeenAt,
                Count = earlier.Count + Count,
                ExposedUnits = earlier.ExposedUnits + ExposedUnits,
                // Amounts of two currencies can't be summed; the later amount replaces the earlier one. An occurrence without an amount
                // keeps it.
                ExposedMoney =
                    earlier.Currency is null || Currency is null || earlier.Currency == Currency
                        ? earlier.ExposedMoney + ExposedMoney
                        : ExposedMoney,
                Currency = Currency ?? earlier.Currency,
                AssignedTo = earlier.AssignedTo,
                AcknowledgedAt = earlier.AcknowledgedAt,
            },
        };
}
