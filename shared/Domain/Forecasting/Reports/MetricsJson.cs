using System.Text.Json;

namespace Stockgate.Domain.Forecasting.Reports;

/// <summary>The data and quality figures of a run, as JSON. Unavailable figures are omitted.</summary>
public static class MetricsJson
{
    public static byte[] Of(ReportModel model)
    {
        var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("run", model.Run);
            json.WriteString("day", Day(model.Day));
            json.WriteString("madeAt", model.MadeAt);
            json.WriteString("fingerprint", model.Result.Fingerprint);
            json.WriteStartObject("history");
            json.WriteString("first", Day(model.History.First));
            json.WriteString("last", Day(model.History.Last));
            json.WriteNumber("series", model.History.Series.Count);
            json.WriteEndObject();
            json.WriteNumber("horizon", model.History.Horizon);
            List(
                json,
                "backtest",
                model.Result.Backtest,
                static (json, s) =>
                {
                    json.WriteString("segment", s.Segment);
                    json.WriteString("method", s.Method);
                    json.WriteNumber("series", s.Series);
                    Number(json, "wrmsse", s.Wrmsse);
                    Number(json, "wape", s.Wape);
                    Number(json, "bias", s.Bias);
                }
            );
            List(
                json,
                "quantiles",
                model.Result.Quantiles,
                static (json, q) =>
                {
                    Number(json, "level", q.Level);
                    Number(json, "pinball", q.Pinball);
                    Number(json, "below", q.Below);
                    Number(json, "atMost", q.AtMost);
                }
            );
            List(
                json,
                "choices",
                model.Result.Choices,
                static (json, c) =>
                {
                    json.WriteString("segment", c.Segment);
                    json.WriteString("champion", c.Champion);
                    List(
                        json,
                        "weights",
                        c.Weights,
                        static (json, w) =>
                        {
                            json.WriteString("method", w.Method);
                            Number(json, "weight", w.Weight);
                        }
                    );
                    json.WriteString("why", c.Words);
                }
            );
            List(
                json,
                "importance",
                model.Result.Importance,
                static (json, f) =>
                {
                    json.WriteString("feature", f.Feature);
                    Number(json, "share", f.Share);
                }
            );
            List(
                json,
                "steps",
                model.Result.Steps,
                static (json, s) =>
                {
                    json.WriteString("step", s.Step);
                    Number(json, "seconds", s.Seconds);
                }
            );
            json.WriteStartArray("remarks");
            foreach (var remark in model.Remarks.Concat(model.Result.Remarks))
                json.WriteStringValue(remark);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }

    private static void List<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    // JSON has no NaN.
    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, Math.Round(value, 6));
    }

    private static string Day(DateOnly day) => Files.CsvLines.Day(day);
}
