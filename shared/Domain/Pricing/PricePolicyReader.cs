namespace Stockgate.Domain.Pricing;

internal static class PricePolicyReader
{
    public static PricePolicy Default => throw new NotImplementedException();

    public static string DefaultJson => throw new NotImplementedException();

    public static string SchemaJson => throw new NotImplementedException();

    public static PricePolicyReading Read(ReadOnlySpan<byte> utf8) => throw new NotImplementedException();
}
