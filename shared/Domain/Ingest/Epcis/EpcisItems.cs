namespace Stockgate.Domain.Ingest.Epcis;

/// <summary>The trade items of an EPCIS event: each GTIN once, with its units. Instances count one each, classes by their quantity.</summary>
internal static class EpcisItems
{
    /// <summary>Of an object, aggregation, association or transaction event.</summary>
    public static IEnumerable<(string Gtin, decimal Units)> Of(JsonFields said) =>
        Sum([
            .. Instances(said, "epcList"),
            .. Instances(said, "childEPCs"),
            .. Classes(said, "quantityList"),
            .. Classes(said, "childQuantityList"),
        ]);

    /// <summary>What goes into a transformation.</summary>
    public static IEnumerable<(string Gtin, decimal Units)> Inputs(JsonFields said) =>
        Sum([.. Instances(said, "inputEPCList"), .. Classes(said, "inputQuantityList")]);

    /// <summary>What comes out of a transformation.</summary>
    public static IEnumerable<(string Gtin, decimal Units)> Outputs(JsonFields said) =>
        Sum([.. Instances(said, "outputEPCList"), .. Classes(said, "outputQuantityList")]);

    private static IEnumerable<(string? Epc, decimal Units)> Instances(JsonFields said, string name) =>
        said.Texts(name).Select(static epc => ((string?)epc, 1m));

    private static IEnumerable<(string? Epc, decimal Units)> Classes(JsonFields said, string name) =>
        said.List(name).Select(static one => (one.OptionalText("epcClass"), one.OptionalNumber("quantity") ?? Missing(one)));

    private static decimal Missing(JsonFields one) =>
        throw new FieldException(one.PathOf("quantity"), "is missing: how much of the class it is, is not known");

    // A pallet or a box has no GTIN; what is in it is named beside it.
    private static IEnumerable<(string, decimal)> Sum(IReadOnlyList<(string? Epc, decimal Units)> items) =>
        items
            .Select(static item => (Gtin: item.Epc is null ? null : Gs1Keys.Gtin(item.Epc), item.Units))
            .Where(static item => item.Gtin is not null && item.Units != 0)
            .GroupBy(static item => item.Gtin!, StringComparer.Ordinal)
            .OrderBy(static item => item.Key, StringComparer.Ordinal)
            .Select(static item => (item.Key, item.Sum(static i => i.Units)));
}
