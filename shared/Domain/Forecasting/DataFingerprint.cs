using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Forecasting;

/// <summary>A digest of a history: equal exactly for equal days, series, units, prices, marks and calendars.</summary>
public static class DataFingerprint
{
    public static string Of(SalesHistory history)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Text(string text)
        {
            var utf8 = Encoding.UTF8.GetBytes(text);
            digest.AppendData(BitConverter.GetBytes(utf8.Length));
            digest.AppendData(utf8);
        }
        Text($"{history.First:O}|{history.Days}|{history.Horizon}|{history.Series.Count}");
        var all = history.Days + history.Horizon;
        for (var day = 0; day < all; day++)
            Text($"{string.Join(';', history.Calendar[day].Events)}|{string.Join(';', history.Calendar[day].Tags)}");
        foreach (var series in history.Series)
        {
            Text($"{series.Key.Sku.Value}\n{series.Key.Location.Value}\n{series.Category}\n{series.Region}");
            digest.AppendData(MemoryMarshal.AsBytes(series.Units.AsSpan(0, history.Days)));
            digest.AppendData(MemoryMarshal.AsBytes(series.Prices.AsSpan(0, all)));
            digest.AppendData(MemoryMarshal.AsBytes(series.Marks.AsSpan(0, all)));
        }
        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }
}
