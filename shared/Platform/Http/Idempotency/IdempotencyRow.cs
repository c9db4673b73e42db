using Azure.Data.Tables;

namespace Stockgate.Platform.Http.Idempotency;

/// <summary>Maps a request under a key, and its answer, to a table row.</summary>
internal sealed class IdempotencyRow(TableEntity row)
{
    private const string DigestOf = "Digest",
        OwnerOf = "Owner",
        ExpiresAt = "ExpiresAt",
        LeasedUntil = "LeasedUntil",
        Status = "Status",
        ContentType = "ContentType",
        Location = "Location",
        Body = "Body";

    public string Digest => row.GetString(DigestOf);

    /// <summary>Of the request that is in flight: whoever wrote the row knows it by this.</summary>
    public Guid? Owner => row.GetGuid(OwnerOf);

    /// <summary>Null while the request is in flight.</summary>
    public KeptAnswer? Answer =>
        row.GetInt32(Status) is { } status ? new(status, row.GetString(ContentType), row.GetString(Location), row.GetBinary(Body)) : null;

    public bool IsOver(DateTimeOffset now) => row.GetDateTimeOffset(ExpiresAt) <= now;

    public bool IsLeased(DateTimeOffset now) => row.GetDateTimeOffset(LeasedUntil) > now;

    public static TableEntity InFlight(IdempotentRequest request, Guid owner, DateTimeOffset expiresAt, DateTimeOffset leasedUntil) =>
        new(request.Partition, request.Row)
        {
            [DigestOf] = request.Digest,
            [OwnerOf] = owner,
            [ExpiresAt] = expiresAt,
            [LeasedUntil] = leasedUntil,
        };

    public static TableEntity Answered(IdempotentRequest request, DateTimeOffset expiresAt, KeptAnswer answer) =>
        new(request.Partition, request.Row)
        {
            [DigestOf] = request.Digest,
            [ExpiresAt] = expiresAt,
            [Status] = answer.Status,
            [ContentType] = answer.ContentType,
            [Location] = answer.Location,
            [Body] = answer.Body,
        };

    public static string FilterOver(DateTimeOffset now) => TableClient.CreateQueryFilter($"ExpiresAt le {now}");
}
