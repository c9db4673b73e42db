namespace Stockgate.Domain.Ingest.Epcis;

/// <summary>
/// Reads GS1 keys of EPCs: as URNs (EPC Tag Data Standard 2.0, https://ref.gs1.org/standards/tds/) and as Digital Links
/// (https://ref.gs1.org/standards/digital-link/).
/// </summary>
internal static class Gs1Keys
{
    private const int GtinDigits = 14,
        GlnDigits = 13;

    // A company prefix and what follows it: twelve digits of a GLN, thirteen of a GTIN without its check digit.
    private static readonly string[] TradeItems = ["urn:epc:id:sgtin:", "urn:epc:idpat:sgtin:", "urn:epc:class:lgtin:"];

    private const string Places = "urn:epc:id:sgln:";

    /// <summary>The GTIN of a trade item in 14 digits; null where the EPC is of something else, such as a pallet.</summary>
    public static string? Gtin(string epc)
    {
        if (InLink(epc, "/01/") is { } linked)
            return linked.Length is 8 or 12 or 13 or GtinDigits ? linked.PadLeft(GtinDigits, '0') : null;
        if (Array.Find(TradeItems, known => epc.StartsWith(known, StringComparison.Ordinal)) is not { } scheme)
            return null;
        var parts = epc[scheme.Length..].Split('.');
        if (parts.Length < 3 || !Digits(parts[0]) || !Digits(parts[1]) || parts[0].Length + parts[1].Length != GtinDigits - 1)
            return null;
        // The first digit behind the company prefix is the indicator, which leads the GTIN.
        return Checked($"{parts[1][0]}{parts[0]}{parts[1][1..]}");
    }

    /// <summary>The GLN of a place; what is none is its own name.</summary>
    public static string Place(string id)
    {
        if (InLink(id, "/414/") is { Length: GlnDigits } linked)
            return linked;
        if (!id.StartsWith(Places, StringComparison.Ordinal))
            return id;
        var parts = id[Places.Length..].Split('.');
        return parts.Length >= 2 && Digits(parts[0]) && Digits(parts[1]) && parts[0].Length + parts[1].Length == GlnDigits - 1
            ? Checked(parts[0] + parts[1])
            : id;
    }

    private static string? InLink(string id, string key)
    {
        if (!id.StartsWith("http", StringComparison.Ordinal) || id.IndexOf(key, StringComparison.Ordinal) is not (> 0 and var at))
            return null;
        var digits = id[(at + key.Length)..];
        var end = digits.AsSpan().IndexOfAny('/', '?', '#');
        digits = end < 0 ? digits : digits[..end];
        return Digits(digits) ? digits : null;
    }

    private static bool Digits(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    // Weights 3 and 1 from the right (GS1 General Specifications, 7.9).
    private static string Checked(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
            sum += (digits[^(i + 1)] - '0') * (i % 2 == 0 ? 3 : 1);
        return digits + (char)('0' + (10 - sum % 10) % 10);
    }
}
