using System.ComponentModel.DataAnnotations;
using Stockgate.Domain;

namespace Stockgate.Platform.Access;

/// <summary>How many requests a credential may send.</summary>
public sealed class ApiOptions
{
    private const int Most = 1_000_000;

    [Setting("", "most requests of one credential per minute and instance; more are answered 429"), Range(1, Most)]
    public int RequestsPerMinute { get; set; } = 600;

    [Setting("", "the same of a credential with the role `agent`"), Range(1, Most)]
    public int AgentRequestsPerMinute { get; set; } = 120;

    [Setting("", "the same of a credential with the role `sales-channel`, which asks at every sale"), Range(1, Most)]
    public int SalesChannelRequestsPerMinute { get; set; } = 6000;
}
