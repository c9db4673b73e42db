using System.Globalization;
using System.IO.Compression;

namespace Stockgate.Domain.Tests.Forecasting;

/// <summary>A brand of orange juice in a store in a week; prices are those of all eleven brands, per ounce.</summary>
internal sealed record JuiceWeek(int Store, int Brand, int Week, double LogUnits, double[] Prices, double Deal, double Feature);

/// <summary>Series of others, read from <c>../shared/data</c>.</summary>
internal static class SharedSeries
{
    public const string OrangeJuiceFile = "dominicks-orange-juice/orange-juice.csv.gz";

    /// <summary>Dominick's refrigerated orange juice: 83 stores, 11 brands, up to 121 weeks.</summary>
    public static List<JuiceWeek> OrangeJuice()
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(SharedData.Find(OrangeJuiceFile)!), CompressionMode.Decompress));
        reader.ReadLine();
        var weeks = new List<JuiceWeek>();
        while (reader.ReadLine() is { } line)
        {
            var f = line.Split(',').Select(static x => double.Parse(x, CultureInfo.InvariantCulture)).ToArray();
            weeks.Add(new JuiceWeek((int)f[0], (int)f[1], (int)f[2], f[3], f[5..16], f[16], f[17]));
        }
        return weeks;
    }
}
