using System.Text.Json.Serialization;

namespace Stockgate.Domain.Operations;

/// <summary>How bad an exception is.</summary>
[JsonConverter(typeof(NamedEnumConverter<ExceptionSeverity>))]
public enum ExceptionSeverity
{
    /// <summary>It can wait for its turn.</summary>
    Normal,

    /// <summary>A hundred units, a thousand of any currency, or the same failure a hundred times.</summary>
    High,

    /// <summary>Ten times that.</summary>
    Critical,
}

/// <summary>
/// Weighs exceptions by what is at stake: units, money, and how often the same failure came, the worst of the three. Money counts by its
/// figure whatever the currency: it is for sorting, and sums of two currencies there are none.
/// </summary>
public static class ExceptionSeverities
{
    private const decimal Units = 100,
        Money = 1_000,
        Times = 100;

    public static ExceptionSeverity Of(OperationException exception)
    {
        var worst = Math.Max(exception.Count / Times, Math.Max(exception.ExposedUnits / Units, Math.Abs(exception.ExposedMoney) / Money));
        return worst switch
        {
            >= 10 => ExceptionSeverity.Critical,
            >= 1 => ExceptionSeverity.High,
            _ => ExceptionSeverity.Normal,
        };
    }
}
