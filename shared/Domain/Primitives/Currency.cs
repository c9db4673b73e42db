using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stockgate.Domain;

/// <summary>An ISO 4217 currency code in use.</summary>
[JsonConverter(typeof(CurrencyConverter))]
public readonly record struct Currency
{
    // ISO 4217 list one, without funds codes, precious metals and test codes.
    private static readonly FrozenSet<string> Known = (
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD "
        + "EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR "
        + "LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR "
        + "SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG"
    )
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    // ISO 4217 list one, column "minor unit", where it is not 2. Ariary and ouguiya stand there with 2, though their coins are fifths.
    private static readonly FrozenSet<string> WithoutMinorUnit = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> OfThousandths = "BHD IQD JOD KWD LYD OMR TND".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private Currency(string code) => Code = code;

    /// <summary>Three capital letters.</summary>
    public string Code { get; }

    /// <summary>Decimals of an amount that can be paid: 0 to 3, 2 for most (ISO 4217).</summary>
    public int MinorUnits =>
        Code is null || WithoutMinorUnit.Contains(Code) ? 0
        : OfThousandths.Contains(Code) ? 3
        : 2;

    public static bool TryParse(string? code, out Currency currency)
    {
        var known = code is not null && Known.TryGetValue(code, out code);
        currency = known ? new Currency(code!) : default;
        return known;
    }

    /// <exception cref="FormatException">The code is not in ISO 4217.</exception>
    public static Currency Parse(string code) =>
        TryParse(code, out var currency) ? currency : throw new FormatException($"'{code}' is not an ISO 4217 currency code such as GBP.");

    public override string ToString() => Code;
}

/// <summary>A currency as its code in JSON.</summary>
public sealed class CurrencyConverter : JsonConverter<Currency>
{
    public override Currency Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : throw new JsonException("must be a text such as GBP");
        return Currency.TryParse(text, out var currency)
            ? currency
            : throw new JsonException("is not an ISO 4217 currency code such as GBP");
    }

    public override void Write(Utf8JsonWriter writer, Currency value, JsonSerializerOptions options) => writer.WriteStringValue(value.Code);
}
