using Azure;

namespace Stockgate.Emulator.Tables.Entities;

/// <summary>The answer of a get that found nothing.</summary>
internal sealed class NoEntity<T>(Response response) : NullableResponse<T>
{
    public override bool HasValue => false;

    public override T Value => throw new InvalidOperationException("There is no such entity; look at HasValue first.");

    public override Response GetRawResponse() => response;
}
