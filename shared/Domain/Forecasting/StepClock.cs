using System.Diagnostics;
using Stockgate.Domain.Forecasting.Runs;

namespace Stockgate.Domain.Forecasting;

/// <summary>Reports a run's progress and measures the duration of each step.</summary>
internal sealed class StepClock(IProgress<(string Step, double Share)>? progress)
{
    private readonly List<StepTime> steps = [];
    private long began = Stopwatch.GetTimestamp();
    private string? current;

    /// <summary>Starts a step and ends the previous one.</summary>
    /// <param name="step">What is done.</param>
    /// <param name="from">The share of the run that is done by now.</param>
    /// <param name="length">The share that the step is.</param>
    /// <returns>To be told the share of the step.</returns>
    public IProgress<double> Step(string step, double from, double length)
    {
        End();
        (current, began) = (step, Stopwatch.GetTimestamp());
        progress?.Report((step, from));
        return new Part(progress, step, from, length);
    }

    public IReadOnlyList<StepTime> Steps()
    {
        End();
        return steps;
    }

    private void End()
    {
        if (current is not null)
            steps.Add(new StepTime(current, Stopwatch.GetElapsedTime(began).TotalSeconds));
        current = null;
    }

    private sealed class Part(IProgress<(string Step, double Share)>? progress, string step, double from, double length) : IProgress<double>
    {
        public void Report(double value) => progress?.Report((step, from + length * value));
    }
}
