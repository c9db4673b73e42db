using Stockgate.Platform.Operations;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Forecasting;

/// <summary>Runs of the forecast: <c>forecast-20261121-023000</c>, in the table <c>ForecastRuns</c>.</summary>
public sealed class ForecastRuns(StateTables tables, TimeProvider time) : RunLog(tables.ForecastRuns, time, "forecast");
